# shellcheck shell=bash
# What the other scripts share: where the project is, a Python that runs, and an environment that fits.
#
# Exit codes of all scripts: 0 good, 1 something failed, 3 no Python that fits, 6 a system program is missing;
# of the site itself: 4 port taken, 5 database away, 6 VAR_DIR cannot be written.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
VENV=$ROOT/.venv
PYTHON=$VENV/bin/python
cd "$ROOT" || exit 1

say() { printf '%s\n' "$*"; }

fail() { # fail CODE MESSAGE…
    local code=$1
    shift
    printf '%s\n' "$@" >&2
    exit "$code"
}

# Whether it is a Python ≥ 3.12 that really runs: a pyenv shim may exist and yet refuse.
fits() { "$1" -c 'import sys, venv; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1; }

# Print a Python ≥ 3.12: on the path, else one that only pyenv has.
find_python() {
    local name candidate
    for name in python3.14 python3.13 python3.12 python3 python; do
        candidate=$(command -v "$name") && fits "$candidate" && say "$candidate" && return
    done
    local -a kept=()
    for candidate in "${PYENV_ROOT:-$HOME/.pyenv}"/versions/*/bin/python "$HOME"/.local/share/uv/python/*/bin/python; do
        [[ -x $candidate ]] && kept+=("$candidate")
    done
    while read -r candidate; do
        fits "$candidate" && say "$candidate" && return
    done < <(((${#kept[@]})) && printf '%s\n' "${kept[@]}" | sort -rV)
    return 1
}

checksum() { # checksum FILE…: one line over the contents
    "$PYTHON" - "$@" <<'END'
import hashlib, pathlib, sys
print(hashlib.sha256(b"".join(pathlib.Path(name).read_bytes() for name in sys.argv[1:])).hexdigest())
END
}

# Run a command while nobody else who uses this checkout runs one here.
alone() {
    mkdir -p build
    if command -v flock >/dev/null; then
        (
            flock 9
            "$@" 9>&-
        ) 9>build/environment.lock
    else
        "$@"
    fi
}

# Make sure that .venv holds what requirements/<set>.txt pins: `ensure_environment base` or `dev`.
ensure_environment() { alone _ensure_environment "$1"; }

_ensure_environment() {
    local set=$1 stamp=$VENV/installed.$1 python wanted
    if ! fits "$PYTHON"; then
        python=$(find_python) || fail 3 "Cityboards needs Python 3.12 or newer, and none was found." \
            "Install it (on Debian 13: apt install python3 python3-venv; elsewhere for example: pyenv install 3.13)" \
            "and run this again."
        say "Making the environment .venv with $("$python" --version) …"
        rm -rf "$VENV"
        "$python" -m venv "$VENV" ||
            fail 3 "$python cannot make an environment. On Debian: apt install python3-venv"
    fi
    wanted=$(checksum "requirements/$set.txt")
    [[ -f $stamp && $(<"$stamp") == "$wanted" ]] && return
    # What dev.txt pins includes all of base.txt (tests/house checks it).
    if [[ $set == base && -f $VENV/installed.dev && $(<"$VENV/installed.dev") == $(checksum requirements/dev.txt) ]]; then
        return
    fi
    say "Installing the libraries of requirements/$set.txt …"
    rm -f "$VENV"/installed.*
    if uv --version >/dev/null 2>&1; then
        uv pip install --quiet --require-hashes --python "$PYTHON" -r "requirements/$set.txt"
    else
        "$PYTHON" -m pip --version >/dev/null 2>&1 || "$PYTHON" -m ensurepip >/dev/null
        "$PYTHON" -m pip install -qq --disable-pip-version-check --no-input --require-hashes -r "requirements/$set.txt"
    fi
    say "$wanted" >"$stamp"
}

# Run apt when we may: `apt_install PACKAGE…`; returns 1 where this is no Debian or we are not root.
apt_install() {
    command -v apt-get >/dev/null && [[ $(id -u) == 0 ]] || return 1
    say "Installing $* …"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq >/dev/null 2>&1 || true
    apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}
