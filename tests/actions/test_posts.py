"""Replying and editing."""

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from forum.actions.posts import add_reply, edit_post
from forum.actions.problems import Conflict
from forum.events.chain import revision_hash
from forum.models import Event, Post, Revision, Thread
from forum.permissions.verdicts import Forbidden
from tests.world import World


def _hashes(revisions: list[Revision]) -> list[str]:
    return [revision.chain_hash for revision in revisions]


def test_reply_gets_the_next_number_and_is_counted(world: World) -> None:
    post = add_reply(world.thread, by=world.dan, body="Me too.")
    thread = Thread.objects.get(pk=world.thread.pk)
    assert (post.number, thread.last_number, thread.replies_count, thread.posts_count) == (3, 3, 2, 3)
    assert thread.last_author == world.dan


def test_reply_to_a_person_marks_the_addressed_post(world: World) -> None:
    assert world.reply.addressed == world.opener


def test_reply_to_a_post_that_is_not_there_is_refused_at_its_field(world: World) -> None:
    with pytest.raises(ValidationError) as problem:
        add_reply(world.thread, by=world.dan, body="Hello", to=99)
    assert "to" in problem.value.message_dict


def test_sending_a_reply_twice_makes_one_post(world: World) -> None:
    submission = uuid4()
    posts = {add_reply(world.thread, by=world.dan, body="Once.", submission=submission).pk for _ in range(3)}
    assert len(posts) == 1
    assert Post.objects.filter(thread=world.thread).count() == 3


def test_form_sent_again_with_other_words_makes_another_post(world: World) -> None:
    submission = uuid4()
    first, second = (
        add_reply(world.thread, by=world.dan, body=body, submission=submission) for body in ("One.", "Two.")
    )
    assert (first.body, second.body) == ("One.", "Two.")
    assert add_reply(world.thread, by=world.dan, body="One.", submission=submission) == first


def test_reply_in_a_locked_thread_is_forbidden_with_a_reason(world: World) -> None:
    Thread.objects.filter(pk=world.thread.pk).update(is_locked=True)
    with pytest.raises(Forbidden, match="locked"):
        add_reply(world.thread, by=world.coco, body="Too late.")


def test_member_who_is_no_citizen_is_told_to_join(world: World) -> None:
    with pytest.raises(Forbidden, match="Join the city"):
        add_reply(world.thread, by=world.rita, body="Hello")


def test_each_edit_is_a_revision_chained_to_the_one_before(world: World) -> None:
    post = edit_post(world.reply, by=world.coco, base=1, body="I crossed it twice.", reason="counted again")
    post = edit_post(post, by=world.coco, base=2, body="I crossed it thrice.")
    revisions = list(post.revisions.order_by("number"))
    before = ["", *_hashes(revisions)[:-1]]
    assert _hashes(revisions) == [revision_hash(*link) for link in zip(before, revisions, strict=True)]
    assert [revision.number for revision in revisions] == [1, 2, 3]
    assert revisions[1].reason == "counted again"
    assert post.edits == 2
    assert post.edited_at is not None


def test_edit_that_changes_nothing_makes_no_revision(world: World) -> None:
    post = edit_post(world.reply, by=world.coco, base=1, body=world.reply.body)
    assert post.revision_number == 1
    assert not Event.objects.filter(kind="post.edited").exists()


def test_edit_based_on_an_older_revision_is_a_conflict_that_loses_nothing(world: World) -> None:
    edit_post(world.reply, by=world.coco, base=1, body="First window.")
    with pytest.raises(Conflict) as conflict:
        edit_post(world.reply, by=world.coco, base=1, body="Second window.")
    assert conflict.value.post.body == "First window."


def test_editing_the_opener_renames_the_thread_and_its_excerpt(world: World) -> None:
    edit_post(world.opener, by=world.cai, base=1, title="The old bridge", body="Four planks now.")
    thread = Thread.objects.get(pk=world.thread.pk)
    assert (thread.title, thread.excerpt) == ("The old bridge", "Four planks now.")


def test_nobody_but_the_author_edits_a_post_not_even_the_mayor(world: World) -> None:
    with pytest.raises(Forbidden):
        edit_post(world.reply, by=world.mei, base=1, body="Nicer words.")
