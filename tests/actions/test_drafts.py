"""Keeping what is not sent yet, and letting it go when it is."""

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from forum.actions import drafts
from forum.actions.drafts import OpenForm, discard_draft, save_draft
from forum.actions.moderation import lock_thread
from forum.actions.posts import add_reply, edit_post
from forum.actions.problems import DraftConflict
from forum.actions.threads import create_thread
from forum.models import City, Draft, Event, Post
from forum.permissions.verdicts import Forbidden
from tests.world import World


def _kept(place: object, **fields: object) -> Draft:
    draft = save_draft(place, **fields)  # type: ignore[arg-type]
    assert draft is not None
    return draft


def test_draft_holds_all_of_the_form_and_makes_no_event(world: World) -> None:
    events = Event.objects.count()
    draft = _kept(world.thread, by=world.dan, body="Half a\r\nthought ", title="A title", source="A book", to=2)
    draft.refresh_from_db()
    assert (draft.kind, draft.thread, draft.addressed_number) == ("reply", world.thread, 2)
    assert (draft.title, draft.body, draft.source) == ("A title", "Half a\nthought", "A book")
    assert Event.objects.count() == events


def test_one_form_makes_one_draft(world: World) -> None:
    mark = uuid4()
    first = _kept(world.letters, by=world.dan, body="Dear", title="Letter", submission=mark)
    second = _kept(world.letters, by=world.dan, body="Dear all", title="A letter", submission=mark)
    assert first.pk == second.pk
    assert (second.kind, second.board, second.title) == ("thread", world.letters, "A letter")


def test_the_same_words_in_a_new_form_are_the_same_draft(world: World) -> None:
    first = _kept(world.thread, by=world.dan, body="Half a thought", submission=uuid4())
    mark = uuid4()
    second = _kept(world.thread, by=world.dan, body="Half a thought", submission=mark)
    assert (first.pk, second.submission) == (second.pk, mark)
    assert _kept(world.letters, by=world.dan, body="Half a thought").pk != first.pk


def test_each_post_has_one_draft_of_an_edit_that_knows_its_revision(world: World) -> None:
    first = _kept(world.reply, by=world.coco, body="I crossed it twi", base=1, reason="counted")
    second = _kept(world.reply, by=world.coco, body="I crossed it twice.", base=99)
    assert (first.pk, second.kind, second.base, second.submission) == (second.pk, "edit", 1, None)


def test_nothing_new_is_not_kept(world: World) -> None:
    assert save_draft(world.thread, by=world.dan, body=" \n ") is None
    assert save_draft(world.reply, by=world.coco, body=world.reply.body) is None
    assert not Draft.objects.exists()


def test_reply_takes_the_place_of_its_draft(world: World) -> None:
    mark = uuid4()
    _kept(world.thread, by=world.dan, body="Half", submission=mark)
    other = _kept(world.thread, by=world.dan, body="Something else")
    _kept(world.thread, by=world.cai, body="Half", submission=uuid4())
    add_reply(world.thread, by=world.dan, body="Half and half", submission=mark)
    assert list(Draft.objects.filter(user=world.dan)) == [other]
    assert Draft.objects.filter(user=world.cai).count() == 1


def test_words_that_were_sent_from_another_form_are_no_draft_any_more(world: World) -> None:
    _kept(world.thread, by=world.dan, body="Typed once")
    add_reply(world.thread, by=world.dan, body="Typed once", submission=uuid4())
    assert not Draft.objects.exists()


def test_thread_and_edit_take_the_place_of_their_drafts(world: World) -> None:
    mark = uuid4()
    _kept(world.letters, by=world.coco, body="Dear", submission=mark)
    _kept(world.reply, by=world.coco, body="I crossed it twice.")
    create_thread(world.letters, by=world.coco, title="Letter", body="Dear all", submission=mark)
    edit_post(world.reply, by=world.coco, base=1, body="I crossed it thrice.")
    assert not Draft.objects.exists()


def test_reply_that_is_refused_leaves_its_draft(world: World) -> None:
    mark = uuid4()
    _kept(world.thread, by=world.dan, body="Typed for an hour", submission=mark)
    lock_thread(world.thread, by=world.mei)
    with pytest.raises(Forbidden):
        add_reply(world.thread, by=world.dan, body="Typed for an hour", submission=mark)
    assert Draft.objects.count() == 1


def test_preview_that_comes_after_the_reply_keeps_nothing_but_new_words(world: World) -> None:
    mark = uuid4()
    add_reply(world.thread, by=world.dan, body="Sent.", submission=mark)
    assert save_draft(world.thread, by=world.dan, body="Sent.", submission=mark) is None
    draft = _kept(world.thread, by=world.dan, body="Written after going back.", submission=mark)
    assert draft.pk == _kept(world.thread, by=world.dan, body="Written after it.", submission=mark).pk
    add_reply(world.thread, by=world.dan, body="Written after it.", submission=draft.submission)
    assert Post.objects.filter(author=world.dan).count() == 2


def test_draft_is_kept_where_one_cannot_send_but_not_where_one_cannot_look(world: World) -> None:
    _kept(world.thread, by=world.rita, body="I am no citizen yet.")
    City.objects.filter(pk=world.stoneferry.pk).update(visibility="citizens")
    world.thread.city.refresh_from_db()
    with pytest.raises(Forbidden):
        save_draft(world.thread, by=world.rita, body="Let me in.")
    with pytest.raises(Forbidden, match="Only the author"):
        save_draft(world.reply, by=world.cai, body="Other words.")


def test_one_draft_too_many_is_refused_in_words_and_the_others_may_still_change(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafts, "MOST", 2)
    marks = [uuid4(), uuid4()]
    for mark in marks:
        _kept(world.thread, by=world.dan, body=f"Draft {mark}", submission=mark)
    with pytest.raises(ValidationError, match="You have 2 drafts"):
        save_draft(world.thread, by=world.dan, body="One more")
    assert _kept(world.thread, by=world.dan, body="Changed", submission=marks[0]).body == "Changed"
    assert save_draft(world.thread, by=world.cai, body="Somebody else's")


def test_text_longer_than_a_post_is_refused(world: World) -> None:
    with pytest.raises(ValidationError, match="too long"):
        save_draft(world.thread, by=world.dan, body="長" * 40_001)


def test_only_its_author_discards_a_draft(world: World) -> None:
    draft = _kept(world.thread, by=world.dan, body="Mine")
    with pytest.raises(Forbidden):
        discard_draft(draft, by=world.mei)
    for _twice in range(2):
        discard_draft(draft, by=world.dan)
    assert not Draft.objects.exists()


def test_other_words_from_another_form_are_not_written_over(world: World) -> None:
    mark, here, there = uuid4(), uuid4(), uuid4()
    first = _kept(world.thread, by=world.dan, body="Begun here", submission=mark, typed_in=OpenForm(here))
    assert first.version == 1
    _kept(world.thread, by=world.dan, body="Begun here, and more", submission=mark, typed_in=OpenForm(here))
    _kept(world.thread, by=world.dan, body="Gone on with there", submission=mark, typed_in=OpenForm(there, version=2))
    with pytest.raises(DraftConflict) as conflict:
        save_draft(world.thread, by=world.dan, body="And here again", submission=mark, typed_in=OpenForm(here))
    assert (conflict.value.draft.body, conflict.value.draft.version) == ("Gone on with there", 3)
    chosen = OpenForm(here, version=3)
    assert _kept(world.thread, by=world.dan, body="And here again", submission=mark, typed_in=chosen).version == 4


def test_edits_in_two_windows_are_told_apart(world: World) -> None:
    _kept(world.reply, by=world.coco, body="On the train", typed_in=OpenForm(uuid4()))
    with pytest.raises(DraftConflict):
        save_draft(world.reply, by=world.coco, body="At the desk", typed_in=OpenForm(uuid4()))
    assert _kept(world.reply, by=world.coco, body="On the train", typed_in=OpenForm(uuid4())).version == 2


def test_what_another_window_wrote_stays_when_the_form_is_sent(world: World) -> None:
    mark, here, there = uuid4(), uuid4(), uuid4()
    _kept(world.thread, by=world.dan, body="Short", submission=mark, typed_in=OpenForm(here))
    longer = _kept(world.thread, by=world.dan, body="Much longer", submission=mark, typed_in=OpenForm(there, version=1))
    add_reply(world.thread, by=world.dan, body="Short.", submission=mark, typed_in=OpenForm(here))
    left = Draft.objects.get(user=world.dan)
    assert (left.pk, left.body) == (longer.pk, "Much longer")
    assert left.submission != mark


def test_what_was_chosen_beside_the_words_is_kept_within_bounds(world: World) -> None:
    draft = _kept(world.thread, by=world.dan, body="Half", beside={"question": "x" * 9000, "is_repost": "on"})
    assert (len(draft.beside["question"]), draft.beside["is_repost"]) == (5000, "on")
