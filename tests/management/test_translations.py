"""Catalogues are compiled when they are newer than what was compiled of them."""

import gettext
import os
from pathlib import Path

import pytest

from forum.management.translations import compile_catalogues

SOURCE = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

msgid "Reply"
msgstr "回應"

#, fuzzy
msgid "Print"
msgstr "也許是列印"
"""


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    source = tmp_path / "zh_Hant" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(SOURCE)
    return source


def compiled(catalogue: Path) -> gettext.GNUTranslations:
    with catalogue.with_suffix(".mo").open("rb") as stream:
        return gettext.GNUTranslations(stream)


def test_a_new_catalogue_is_compiled(catalogue: Path, tmp_path: Path) -> None:
    assert compile_catalogues([tmp_path]) == [catalogue.with_suffix(".mo")]
    assert compiled(catalogue).gettext("Reply") == "回應"


def test_a_guess_is_not_shown(catalogue: Path, tmp_path: Path) -> None:
    compile_catalogues([tmp_path])
    assert compiled(catalogue).gettext("Print") == "Print"


def test_a_catalogue_that_did_not_change_is_left_alone(catalogue: Path, tmp_path: Path) -> None:
    compile_catalogues([tmp_path])
    assert compile_catalogues([tmp_path]) == []


def test_a_changed_catalogue_is_compiled_again(catalogue: Path, tmp_path: Path) -> None:
    compile_catalogues([tmp_path])
    catalogue.write_text(SOURCE.replace("回應", "回覆"))
    later = catalogue.with_suffix(".mo").stat().st_mtime + 5
    os.utime(catalogue, (later, later))
    compile_catalogues([tmp_path])
    assert compiled(catalogue).gettext("Reply") == "回覆"
    assert [path.name for path in sorted(catalogue.parent.iterdir())] == ["django.mo", "django.po"]


def test_a_folder_without_catalogues_is_no_trouble(tmp_path: Path) -> None:
    assert compile_catalogues([tmp_path, tmp_path / "nowhere"]) == []
