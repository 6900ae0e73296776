"""A broken file never stops the rest, never leaves half a thread, and has its line in the report."""

from pathlib import Path
from typing import Any

import pytest

from forum.models import City, Thread
from forum.transfer.drafting import Draft, Missing, draft
from tests.transfer.archive import a_post, a_post_file, a_topic, bring, pack, write_folder
from tests.transfer.conftest import Move


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("{ broken", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ({"about": "us"}, "is neither a topic nor a post"),
        ("7", "is neither a topic nor a post"),
        (a_topic(6, title=""), "has no title"),
        (a_topic(6, id="six"), "has no id"),
        (a_topic(6, post_stream={}), "has no posts"),
        (a_topic(6, a_post(1), a_post(2, username=None)), "post 2 has no author"),
        (a_topic(6, a_post(1), a_post(2, created_at="yesterday")), "post 2 has no date"),
        (a_topic(6, a_post(1), a_post(2, cooked=None)), "post 2 has no text"),
        (a_topic(6, a_post(1), a_post(-2)), "holds a post without a number"),
        (a_topic(6, a_post(2)), "topic 6 has no opening post"),
        (a_post_file(6, 2), "topic 6 has no opening post"),
        (a_post_file(6, 1) | {"topic_title": ""}, "none of its posts says the title"),
    ],
)
def test_broken_file_has_a_line_and_the_rest_comes_in(move: Move, content: Any, why: str) -> None:
    report = move(files={"a.json": content, "b.json": a_topic(5)})
    assert [line for line in report.problems if line.startswith("a.json: ") and why in line] == report.problems
    assert (len(report.problems), report.counts["threads"], Thread.objects.filter(source_id=6).exists()) == (
        1,
        1,
        False,
    )


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (a_topic(6, deleted_at="2016-01-01"), "was deleted"),
        (a_topic(6, archetype="private_message"), "is a private message"),
        (a_topic(5, a_post(1), a_post(2, user_deleted=True)), "post 2 was deleted"),
        (a_topic(5, a_post(1), a_post(2, post_type=4)), "post 2 was for staff only"),
        (a_topic(5, a_post(1), a_post(1, id=9)), "post 1 stands there twice; the first one was taken"),
    ],
)
def test_what_is_not_meant_to_be_seen_stays_out_and_is_said(move: Move, content: Any, why: str) -> None:
    report = move(files={"a.json": content})
    assert report.left_out == [f"a.json: {why}"]
    assert report.problems == []


def test_posts_that_a_topic_file_lacks_are_said(move: Move) -> None:
    topic = a_topic(5)
    topic["post_stream"]["stream"] += [8, 9]
    assert move(topic).left_out == ["topic.0.json: 2 of its posts are not in this file"]


def test_topic_that_fails_as_nobody_foresaw_keeps_no_other_out(move: Move, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(missing: Missing, *rest: Any) -> Draft:
        if missing.topic.source_id == 6:
            raise RuntimeError("a heron in the works")
        return draft(missing, *rest)

    monkeypatch.setattr("forum.transfer.moving_in.draft", failing)
    report = move(a_topic(5), a_topic(6), a_topic(7))
    assert set(Thread.objects.filter(source_id__isnull=False).values_list("source_id", flat=True)) == {5, 7}
    assert report.problems == ["topic.1.json: topic 6 was refused (RuntimeError: a heron in the works)"]
    assert report.counts["threads"] == 2


def test_archive_cut_off_in_the_middle_brings_what_comes_before(city: City, tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "archive", {f"{number:02}.json": a_topic(number) for number in range(1, 41)})
    archive = pack(folder, "zst")
    archive.write_bytes(archive.read_bytes()[: archive.stat().st_size // 2])
    report = bring(archive, city)
    assert len(report.problems) == 1
    assert "cannot be read on from here" in report.problems[0]


def test_what_is_no_archive_is_said(city: City, tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(b"\x89PNG and so on")
    assert "cannot be read on from here" in bring(path, city).problems[0]
