"""Finding the files, in whatever they are packed."""

import json
import shutil
from pathlib import Path

import pytest

from forum.models import City
from forum.transfer import sources
from forum.transfer.sources import Source
from tests.transfer.archive import a_topic, bring, pack, write_folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = {"b.json": {"b": 1}, "deep/er/a.JSON": {"a": 1}, "._b.json": "companion", "notes.txt": "none of ours"}
    return write_folder(tmp_path / "archive", files)


def found(path: Path) -> list[object]:
    problems: list[str] = []
    source = Source(path, lambda file, why: problems.append(why))
    contents = [json.loads(content) for _, content in source.files()]
    assert (problems, source.done) == ([], 1.0)
    return sorted(contents, key=str)


def test_folder_is_searched_to_its_bottom(folder: Path) -> None:
    assert found(folder) == [{"a": 1}, {"b": 1}]


@pytest.mark.parametrize("packing", ["zst", "gz", "bz2", "xz"])
def test_packed_tar_is_read_without_unpacking_it(folder: Path, packing: str) -> None:
    assert found(pack(folder, packing)) == [{"a": 1}, {"b": 1}]


def test_zip_is_read(folder: Path, tmp_path: Path) -> None:
    assert found(Path(shutil.make_archive(str(tmp_path / "packed"), "zip", folder))) == [{"a": 1}, {"b": 1}]


def test_file_that_is_far_too_large_is_said(city: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "MAX_FILE", 5000)
    files = {"a.json": a_topic(5), "b.json": "[" + " " * 6000 + "]"}
    report = bring(pack(write_folder(tmp_path / "archive", files), "zst"), city)
    assert report.problems == ["json/b.json: is larger than 0 MB"]
    assert report.counts["threads"] == 1


def test_nothing_is_left_in_the_temporary_folder(
    folder: Path, city: City, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    bring(folder, city)
    assert list(temporary.iterdir()) == []
