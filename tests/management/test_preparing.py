"""A site that cannot start says why, and one that can does only what is left to do."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError
from pytest_django import Settings

from forum.management import preparing


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield listening


def test_a_taken_port_is_refused_with_its_own_code(listener: socket.socket) -> None:
    port = listener.getsockname()[1]
    with pytest.raises(CommandError, match=rf"Port {port} .* is taken.*PORT={port + 1}") as refusal:
        preparing.require_free_port("127.0.0.1", port)
    assert refusal.value.returncode == preparing.PORT_TAKEN


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(CommandError, match=r"Cannot listen on 192\.0\.2\.1 port 8000"):
        preparing.require_free_port("192.0.2.1", 8000)


def test_a_free_port_is_fine(listener: socket.socket) -> None:
    port = listener.getsockname()[1]
    listener.close()
    preparing.require_free_port("127.0.0.1", port)


def test_the_folder_is_made(tmp_path: Path) -> None:
    preparing.require_folder(tmp_path / "deep" / "var")
    assert list((tmp_path / "deep" / "var").iterdir()) == []


def test_a_folder_that_cannot_be_made_is_refused_with_its_own_code(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CommandError, match="VAR_DIR names the folder") as refusal:
        preparing.require_folder(tmp_path / "file" / "var")
    assert refusal.value.returncode == preparing.FOLDER_CLOSED


@pytest.mark.django_db
def test_a_database_that_is_up_to_date_is_left_alone() -> None:
    preparing.require_database()
    assert preparing.migrate_when_needed() == 0


@pytest.fixture
def site(tmp_path: Path, settings: Settings) -> Path:
    """A site with one static file of its own."""
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "a.css").write_text("a {}")
    settings.VAR_DIR = tmp_path / "var"
    settings.VAR_DIR.mkdir()
    settings.STATIC_ROOT = settings.VAR_DIR / "static"
    settings.STATICFILES_DIRS = [tmp_path / "source"]
    return tmp_path


def test_static_files_are_collected_once(site: Path) -> None:
    assert preparing.collect_when_changed()
    assert (site / "var" / "static" / "a.css").read_text() == "a {}"
    assert not preparing.collect_when_changed()


def test_static_files_are_collected_again_when_one_changed(site: Path) -> None:
    preparing.collect_when_changed()
    source = site / "source" / "a.css"
    source.write_text("b {}")
    later = source.stat().st_mtime + 5
    os.utime(source, (later, later))
    assert preparing.collect_when_changed()
    assert (site / "var" / "static" / "a.css").read_text() == "b {}"
