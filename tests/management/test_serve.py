"""`manage.py serve` from an empty folder to an answer, and to a clean end."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection

Serve = Callable[..., subprocess.Popen[str]]


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


def said_until_ready(process: subprocess.Popen[str]) -> list[str]:
    """Return what the site says up to the line that ends its greeting."""
    assert process.stdout
    lines = []
    for line in process.stdout:
        lines.append(line.strip())
        if "Ctrl-C" in line:
            return lines
    raise AssertionError(f"It never got ready: {lines} {process.stderr.read() if process.stderr else ''}")


def stop(process: subprocess.Popen[str]) -> int:
    os.killpg(process.pid, signal.SIGINT)
    return process.wait(timeout=8)


def status_of(port: int, path: str) -> int:
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    asked.request("GET", path)
    return asked.getresponse().status


def test_a_site_starts_answers_stops_and_starts_faster(serve: Serve, port: int) -> None:
    first = serve()
    said = said_until_ready(first)
    assert f"Cityboards is at http://127.0.0.1:{port}/" in said
    assert any("Database brought up to date" in line for line in said)
    assert not any("Sign in as" in line for line in said)  # a site for others has no demo people
    assert status_of(port, "/healthz") == 200
    assert stop(first) == 0
    # Nothing is left to prepare, so nothing is said about it.
    assert said_until_ready(serve())[:2] == ["", f"Cityboards is at http://127.0.0.1:{port}/"]


def test_a_taken_port_ends_the_command_with_its_own_code(serve: Serve, port: int) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", port))
        listener.listen()
        process = serve()
        _said, complaint = process.communicate(timeout=20)
    assert process.returncode == 4
    assert f"Port {port} of 127.0.0.1 is taken" in complaint


def test_a_database_that_is_away_ends_the_command_with_its_own_code(serve: Serve) -> None:
    process = serve(DATABASE_URL="postgres://nobody@127.0.0.1:9/nothing")
    _said, complaint = process.communicate(timeout=20)
    assert process.returncode == 5
    assert "The database cannot be reached" in complaint
