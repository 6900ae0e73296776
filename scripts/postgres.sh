# shellcheck shell=bash
# A PostgreSQL for one test run: on a free port of the loopback, in a folder that goes away with it.

POSTGRES_DATA=

# Print the folder of PostgreSQL's programs: on the path, else where Debian keeps them, newest first.
find_postgres() {
    local folder on_path
    on_path=$(command -v pg_ctl || true)
    while read -r folder; do
        [[ -x $folder/initdb && -x $folder/pg_ctl ]] && say "$folder" && return
    done <<<"${on_path%/*}
$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -rV)"
    return 1
}

# PostgreSQL refuses to run as root, so there it runs as the user that Debian's package made.
# From the root, since the folder of the checkout may be closed to that user.
_as_postgres() { if [[ $(id -u) == 0 ]]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi; }

free_port() { "$PYTHON" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

# start_postgres FOLDER: sets POSTGRES_URL, and POSTGRES_SOCKET, the same by the shorter way within a machine. What such a server holds is thrown away, so nothing of it has to last.
start_postgres() {
    local port attempt
    POSTGRES_BIN=$(find_postgres)
    POSTGRES_DATA=$1
    mkdir -p "$POSTGRES_DATA"
    # The folder above was made for its owner only; the server's user needs a way through.
    chmod o+x "$(dirname "$POSTGRES_DATA")"
    if [[ $(id -u) == 0 ]]; then chown postgres "$POSTGRES_DATA"; fi
    _as_postgres "$POSTGRES_BIN/initdb" -D "$POSTGRES_DATA/data" -U cityboards -A trust -E UTF8 --no-locale --no-sync >/dev/null
    # Somebody may take the port between asking and starting.
    for attempt in 1 2 3 4 5; do
        port=$(free_port)
        if _as_postgres "$POSTGRES_BIN/pg_ctl" start -w -t 60 -s -D "$POSTGRES_DATA/data" -l "$POSTGRES_DATA/log" -o "\
            -p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$POSTGRES_DATA \
            -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c wal_level=minimal -c max_wal_senders=0 \
            -c autovacuum=off -c jit=off -c shared_buffers=256MB -c max_connections=100"; then
            export POSTGRES_URL=postgres://cityboards@127.0.0.1:$port/postgres
            export POSTGRES_SOCKET="postgres://cityboards@/postgres?host=$POSTGRES_DATA&port=$port"
            return
        fi
        say "PostgreSQL did not start on port $port (attempt $attempt)"
    done
    cat "$POSTGRES_DATA/log" >&2
    return 1
}

stop_postgres() {
    if [[ -n $POSTGRES_DATA && -f $POSTGRES_DATA/data/postmaster.pid ]]; then
        _as_postgres "$POSTGRES_BIN/pg_ctl" stop -m immediate -s -w -D "$POSTGRES_DATA/data" || true
    fi
}
