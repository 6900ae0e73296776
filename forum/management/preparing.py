"""What a site needs before it can serve: a free port, a folder, a database, translations, static files."""

import errno
import hashlib
import socket
from pathlib import Path

import psycopg
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from forum.caching.triggers import are_in_place

PORT_TAKEN = 4
DATABASE_AWAY = 5
FOLDER_CLOSED = 6


def require_free_port(host: str, port: int) -> None:
    """Raise CommandError (exit code 4) when something listens there already, or nothing can."""
    try:
        family, kind, _proto, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            message = f"Port {port} of {host} is taken. Stop what uses it, or take another: PORT={port + 1} make run"
        else:
            message = f"Cannot listen on {host} port {port}: {error.strerror or error}. HOST and PORT choose another."
        raise CommandError(message, returncode=PORT_TAKEN) from error


def require_folder(folder: Path) -> None:
    """Make the folder a running site writes to; raise CommandError (exit code 6) where that fails."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise CommandError(
            f"Cannot write to {folder}: {error.strerror}. VAR_DIR names the folder for all that the site writes.",
            returncode=FOLDER_CLOSED,
        ) from error


def require_database() -> None:
    """Raise CommandError (exit code 5) when the database does not answer within seconds."""
    try:
        if connection.vendor == "postgresql":
            # Without the pool, which would only say that it gave up waiting.
            parameters = connection.get_connection_params()
            parameters.pop("pool", None)
            psycopg.connect(**{"connect_timeout": 5, **parameters}).close()
        connection.ensure_connection()
    except (DatabaseError, psycopg.Error) as error:
        raise CommandError(
            f"The database cannot be reached: {str(error).strip()}\nDATABASE_URL names it; "
            "without DATABASE_URL the site keeps an SQLite file in VAR_DIR.",
            returncode=DATABASE_AWAY,
        ) from error


def migrate_when_needed() -> int:
    """Bring the database up to date; return how many migrations were applied."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan or not are_in_place():
        call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    return len(plan)


def collect_when_changed() -> bool:
    """Collect the static files when any of them changed; return whether they had."""
    stamp = Path(settings.VAR_DIR) / "static.stamp"
    now = _fingerprint()
    if stamp.exists() and stamp.read_text() == now and Path(settings.STATIC_ROOT).is_dir():
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(now)
    return True


def _fingerprint() -> str:
    """Return a hash over name, size and time of every static file and of what serves them."""
    storage = settings.STORAGES["staticfiles"]
    digest = hashlib.sha256(f"{storage} {settings.STATIC_ROOT}".encode())
    for finder in get_finders():
        for name, store in finder.list([]):
            status = Path(store.path(name)).stat()
            digest.update(f"{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
