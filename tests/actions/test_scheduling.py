"""Texts that appear later: they wait, are taken back, become posts, or drafts again."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from forum.actions import scheduling
from forum.actions.drafts import OpenForm, save_draft
from forum.actions.moderation import lock_thread
from forum.actions.posts import add_reply
from forum.actions.rules import change_rules
from forum.actions.scheduling import publish_text, schedule_text, take_back_text
from forum.actions.settling import settle_due
from forum.actions.threads import create_thread
from forum.models import Draft, Notification, Poll, Post, Thread
from forum.permissions.verdicts import Forbidden
from tests.races import together
from tests.world import World

HOUR = timedelta(hours=1)


def _waiting(place: Any, **fields: Any) -> Draft:
    words = {"body": "By the river.", "appears_at": timezone.now() + HOUR, "submission": uuid4()}
    return schedule_text(place, **(words | fields))


def test_reply_appears_when_its_time_has_come_and_not_before(world: World) -> None:
    draft = _waiting(world.thread, by=world.dan, to=2, title="Later", source="A book", sending={"is_repost": True})
    assert settle_due() == 0
    assert settle_due(timezone.now() + 2 * HOUR) == 1
    post = Post.objects.get(thread=world.thread, number=3)
    assert (post.author, post.body, post.title, post.addressed_number) == (world.dan, "By the river.", "Later", 2)
    assert (post.submission, post.is_repost, post.source) == (draft.submission, True, "A book")
    assert post.created_at > draft.appears_at  # type: ignore[operator]
    assert not Draft.objects.exists()
    assert settle_due(timezone.now() + 2 * HOUR) == 0


def test_thread_appears_with_its_poll(world: World) -> None:
    closes_at = timezone.now() + timedelta(days=3)
    poll = {"question": "Which plank?", "options": ["one", "two"], "closes_at": closes_at, "method": "single"}
    _waiting(world.letters, by=world.coco, title="A letter", sending={"poll": poll, "office": ""})
    settle_due(timezone.now() + 2 * HOUR)
    thread = Thread.objects.get(board=world.letters)
    assert (thread.title, thread.author) == ("A letter", world.coco)
    assert abs(Poll.objects.get(thread=thread).closes_at - closes_at) < timedelta(seconds=1)  # type: ignore[operator]


def test_the_same_form_waits_once(world: World) -> None:
    mark = uuid4()
    first, second = (_waiting(world.thread, by=world.dan, submission=mark) for _twice in range(2))
    assert first.pk == second.pk
    other = _waiting(world.thread, by=world.dan, submission=mark, body="Other words.")
    assert other.pk != first.pk
    settle_due(timezone.now() + 2 * HOUR)
    assert Post.objects.filter(author=world.dan).count() == 2


def test_what_was_sent_by_hand_meanwhile_does_not_appear_twice(world: World) -> None:
    draft = _waiting(world.letters, by=world.coco, title="A letter")
    create_thread(world.letters, by=world.coco, title="A letter", body=draft.body, submission=draft.submission)
    settle_due(timezone.now() + 2 * HOUR)
    assert Thread.objects.filter(board=world.letters).count() == 1
    assert not Draft.objects.exists()


def test_rights_are_asked_again_and_what_fails_comes_back_with_the_reason(
    world: World, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    draft = _waiting(world.thread, by=world.coco)
    lock_thread(world.thread, by=world.mei)
    with django_capture_on_commit_callbacks(execute=True):
        assert settle_due(timezone.now() + 2 * HOUR) == 1
    draft.refresh_from_db()
    assert (draft.appears_at, draft.body) == (None, "By the river.")
    assert "This thread is locked" in draft.problem
    assert Notification.objects.get(user=world.coco, kind="returned").event.data == {"draft": draft.pk}
    assert settle_due(timezone.now() + 2 * HOUR) == 0


def test_the_reason_is_told_in_the_language_of_the_author(world: World) -> None:
    world.coco.language = "zh-hant"
    world.coco.save()
    draft = _waiting(world.thread, by=world.coco)
    lock_thread(world.thread, by=world.mei)
    publish_text(draft, at=timezone.now() + 2 * HOUR)
    draft.refresh_from_db()
    assert "鎖" in draft.problem


def test_an_account_that_is_no_longer_active_says_nothing(world: World) -> None:
    _waiting(world.thread, by=world.coco)
    world.coco.is_active = False
    world.coco.save()
    settle_due(timezone.now() + 2 * HOUR)
    assert Post.objects.filter(thread=world.thread).count() == 2


def test_rules_and_holds_are_asked_when_it_appears(world: World) -> None:
    _waiting(world.thread, by=world.coco, body="Buy planks of gold.")
    change_rules(world.stoneferry, by=world.mei, held_words="planks of gold")
    settle_due(timezone.now() + 2 * HOUR)
    assert Post.objects.get(thread=world.thread, number=3).is_held


def test_only_what_may_be_sent_now_may_wait(world: World) -> None:
    with pytest.raises(Forbidden):
        _waiting(world.thread, by=world.rita)
    with pytest.raises(ValidationError, match="Write something"):
        _waiting(world.thread, by=world.coco, body=" ")
    with pytest.raises(ValidationError, match="a title"):
        _waiting(world.letters, by=world.coco)
    for wrong in (-HOUR, timedelta(days=500)):
        with pytest.raises(ValidationError, match="Choose a time to come"):
            _waiting(world.thread, by=world.coco, appears_at=timezone.now() + wrong)
    assert not Draft.objects.exists()


def test_so_many_wait_and_no_more(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheduling, "MOST", 1)
    _waiting(world.thread, by=world.coco)
    with pytest.raises(ValidationError, match="1 texts of yours wait"):
        _waiting(world.thread, by=world.coco, body="Another.")
    _waiting(world.thread, by=world.cai)


def test_what_was_taken_back_is_a_draft_and_does_not_appear(world: World) -> None:
    draft = _waiting(world.thread, by=world.coco)
    with pytest.raises(Forbidden):
        take_back_text(draft, by=world.mei)
    for _twice in range(2):
        assert take_back_text(draft, by=world.coco).appears_at is None
    assert settle_due(timezone.now() + 2 * HOUR) == 0
    assert Draft.objects.get().body == "By the river."


def test_an_open_form_does_not_write_into_what_waits(world: World) -> None:
    mark = uuid4()
    draft = _waiting(world.thread, by=world.coco, submission=mark)
    form = OpenForm(uuid4())
    assert save_draft(world.thread, by=world.coco, body=draft.body, submission=mark, typed_in=form) is None
    later = save_draft(world.thread, by=world.coco, body="Half a", submission=mark, typed_in=form)
    assert later
    assert later.pk != draft.pk
    draft.refresh_from_db()
    assert draft.body == "By the river."


@pytest.mark.django_db(transaction=True)
def test_several_who_settle_while_it_is_sent_by_hand_make_one_post(transactional_db: None, world: World) -> None:
    draft, later = _waiting(world.thread, by=world.coco), timezone.now() + 2 * HOUR
    by_hand = partial(add_reply, world.thread, by=world.coco, body=draft.body, submission=draft.submission)
    together([partial(publish_text, draft, at=later), by_hand, partial(publish_text, draft, at=later), by_hand])
    assert Post.objects.filter(thread=world.thread, body=draft.body).count() == 1
    assert not Draft.objects.exists()
