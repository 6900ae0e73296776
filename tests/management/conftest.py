"""A site of its own for tests that serve one: a port, an empty database, and what starts it."""

import os
import signal
import socket
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from tests.management.serving import Serve


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def database_url(tmp_path: Path) -> Iterator[str]:
    """An empty database of its own, of the kind that the suite runs on."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path / 'serve.sqlite3'}"
        return
    at = {key: connection.settings_dict[key.upper()] for key in ("host", "port", "user", "password")}
    name = f"serve_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(dbname="postgres", autocommit=True, **at) as server:
        server.execute(f'CREATE DATABASE "{name}"'.encode())
        yield f"postgres://{at['user']}:{at['password']}@{at['host']}:{at['port']}/{name}"
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


@pytest.fixture
def serve(tmp_path: Path, port: int, database_url: str) -> Iterator[Serve]:
    """Give a function that starts the site as somebody would who runs it for others."""
    started: list[subprocess.Popen[str]] = []
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "forum.settings",
        "DEVELOPMENT": "0",
        "SECURE": "0",
        "SECRET_KEY": "x" * 60,
        "ALLOWED_HOSTS": "127.0.0.1",
        "VAR_DIR": str(tmp_path / "var"),
        "PORT": str(port),
        "WORKERS": "1",
        "DATABASE_URL": database_url,
    }

    def start(**changes: str) -> subprocess.Popen[str]:
        command = [sys.executable, "manage.py", "serve"]
        pipe = subprocess.PIPE
        # A group of its own, so that a signal reaches it as Ctrl-C does: every process of it.
        process = subprocess.Popen(
            command,
            cwd=settings.BASE_DIR,
            env=environment | changes,
            stdout=pipe,
            stderr=pipe,
            text=True,
            start_new_session=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
