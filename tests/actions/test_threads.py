"""Starting a thread, and counting who reads it."""

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from forum.actions.threads import count_view, create_thread, write_views
from forum.models import Board, City, Thread
from forum.permissions.verdicts import Forbidden
from tests.world import World


def test_thread_opens_with_post_1_and_its_first_revision(world: World) -> None:
    thread = create_thread(world.letters, by=world.cai, title=" 秋天的信 ", body="# 開頭\n\n你好。")
    post = thread.posts.get()
    assert (thread.title, post.number, post.language) == ("秋天的信", 1, "zh-Hant")
    assert "<h" in post.html
    assert post.revisions.get().body == "# 開頭\n\n你好。"


def test_sending_a_thread_twice_makes_one_thread(world: World) -> None:
    submission = uuid4()
    made = {
        create_thread(world.letters, by=world.cai, title="Once", body="Only once.", submission=submission).pk
        for _ in range(2)
    }
    assert len(made) == 1


@pytest.mark.parametrize(("title", "body", "field"), [("", "text", "title"), ("title", " \n ", "body")])
def test_thread_without_title_or_text_is_refused_at_its_field(world: World, title: str, body: str, field: str) -> None:
    with pytest.raises(ValidationError) as problem:
        create_thread(world.letters, by=world.cai, title=title, body=body)
    assert field in problem.value.message_dict


def test_board_limits_are_told_in_words(world: World) -> None:
    Board.objects.filter(pk=world.letters.pk).update(min_length=10, max_length=20)
    with pytest.raises(ValidationError, match="at least 10 characters; yours has 5"):
        create_thread(world.letters, by=world.cai, title="Short", body="short")
    with pytest.raises(ValidationError, match="at most 20 characters"):
        create_thread(world.letters, by=world.cai, title="Long", body="long " * 10)


def test_board_for_officers_is_closed_to_citizens(world: World) -> None:
    Board.objects.filter(pk=world.letters.pk).update(posting=Board.Posting.OFFICERS)
    with pytest.raises(Forbidden, match="only the mayor"):
        create_thread(world.letters, by=world.cai, title="Mine", body="text")
    assert create_thread(world.letters, by=world.dan, title="Official", body="text").pk


def test_nobody_writes_in_an_archived_city(world: World) -> None:
    City.objects.update(state=City.State.ARCHIVED)
    with pytest.raises(Forbidden, match="archived"):
        create_thread(world.letters, by=world.mei, title="Late", body="text")


def test_one_reader_counts_as_one_view(world: World) -> None:
    for reader in ("7", "7", "192.0.2.1"):
        count_view(world.thread.pk, reader=reader)
    assert write_views() == 2
    assert write_views() == 0
    assert Thread.objects.get(pk=world.thread.pk).views_count == 2
