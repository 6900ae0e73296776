# shellcheck shell=bash
# Programs from npm that tests and measures run: pinned with hashes in requirements/npm/, installed into build/npm/.

# npm_install NAME: bring build/npm/NAME up to what requirements/npm/NAME pins.
npm_install() { alone _npm_install "$1"; }

_npm_install() {
    local wants=requirements/npm/$1.json pins=requirements/npm/$1.pins.json folder=build/npm/$1 wanted
    wanted=$(checksum "$wants" "$pins")
    [[ -f $folder/installed && $(<"$folder/installed") == "$wanted" ]] && return
    command -v npm >/dev/null || apt_install nodejs npm ||
        fail 6 "npm is missing. Install Node.js with npm (on Debian: apt install nodejs npm)."
    say "Installing what $pins pins …"
    rm -rf "$folder"
    mkdir -p "$folder"
    cp "$wants" "$folder/package.json"
    cp "$pins" "$folder/package-lock.json"
    npm ci --prefix "$folder" --ignore-scripts --no-audit --no-fund --loglevel=error
    say "$wanted" >"$folder/installed"
}
