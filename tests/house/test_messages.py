"""The catalogue of Traditional Chinese is whole, and says the same as the code."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from tests.house.files import ROOT

CATALOGUE = Path("forum/locale/zh_Hant/LC_MESSAGES/django.po")
PLACES = re.compile(r"%\((\w+)\)[a-z]|{(\w*)}")
Key = tuple[str | None, str]


def read(path: Path) -> Catalog:
    with path.open("rb") as stream:
        return read_po(stream, locale="zh_Hant")


def messages(catalogue: Catalog) -> Iterator[tuple[Key, Message]]:
    """Return the messages by context and text, without the header."""
    for message in catalogue:
        if message.id:
            yield (message.context, "\0".join(_forms(message.id))), message


def _forms(text: str | list[str] | tuple[str, ...]) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


@pytest.fixture(scope="module")
def catalogue() -> dict[Key, Message]:
    return dict(messages(read(ROOT / CATALOGUE)))


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> dict[Key, Message]:
    """The messages that code and templates have today, found in a copy of them."""
    copy = tmp_path_factory.mktemp("copy")
    for folder in ("forum", "accounts", "templates", "tests"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__", "*.mo", "*.toml"))
    shutil.copy(ROOT / "manage.py", copy)
    (copy / CATALOGUE).unlink(missing_ok=True)
    (copy / CATALOGUE).parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "manage.py", "makemessages", "-l", "zh_Hant", "--no-location", "--ignore", "tests"]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "forum.settings", "VAR_DIR": str(copy / "var")}
    done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return dict(messages(read(copy / CATALOGUE)))


def test_the_catalogue_has_every_text(catalogue: dict[Key, Message], extracted: dict[Key, Message]) -> None:
    assert sorted(key[1] for key in extracted.keys() - catalogue.keys()) == []


def test_the_catalogue_has_no_text_that_is_gone(catalogue: dict[Key, Message], extracted: dict[Key, Message]) -> None:
    assert sorted(key[1] for key in catalogue.keys() - extracted.keys()) == []


def test_every_text_is_translated(catalogue: dict[Key, Message]) -> None:
    assert [key[1] for key, message in catalogue.items() if not all(_forms(message.string))] == []


def test_no_translation_is_a_guess(catalogue: dict[Key, Message]) -> None:
    assert [key[1] for key, message in catalogue.items() if message.fuzzy] == []


def test_translations_keep_their_places(catalogue: dict[Key, Message]) -> None:
    broken = {}
    for (_context, text), message in catalogue.items():
        wanted = {place for form in _forms(message.id) for place in PLACES.findall(form)}
        for form in _forms(message.string):
            if form and not set(PLACES.findall(form)) <= wanted:
                broken[text] = form
            # A plural needs its number only in one of its English forms; a single text needs all its places.
            if form and len(_forms(message.id)) == 1 and set(PLACES.findall(form)) != wanted:
                broken[text] = form
    assert broken == {}


def test_texts_are_marked_by_names_that_are_looked_for() -> None:
    renamed = re.compile(r"import \(?[^)\n]*\b(\w*gettext\w*) as (?!_\b)(\w+)")
    sources = [path for folder in ("forum", "accounts") for path in (ROOT / folder).rglob("*.py")]
    assert {path.name: match[0] for path in sources for match in renamed.finditer(path.read_text())} == {}
