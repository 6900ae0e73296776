"""Blocking people and folding words."""

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from forum.actions import blocks
from forum.actions.blocks import block_person, fold_words, unblock_person
from forum.actions.posts import add_reply
from forum.models import Block, Event, Notification
from forum.permissions.blocks import blockers_of, is_blocked_by, people_reached_by
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import Forbidden
from forum.queries.folds import Fold, fold_of
from tests.notifying.news import tell_all
from tests.world import World


def test_blocking_twice_makes_one_block_and_no_event(world: World) -> None:
    before = Event.objects.count()
    assert block_person(world.stan, by=world.coco) == block_person(world.stan, by=world.coco)
    unblock_person(world.stan, by=world.coco)
    unblock_person(world.stan, by=world.coco)
    assert not Block.objects.exists()
    assert Event.objects.count() == before


def test_nobody_blocks_themselves(world: World) -> None:
    with pytest.raises(Forbidden):
        block_person(world.coco, by=world.coco)


def test_so_many_are_blocked_and_no_more(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "MOST_BLOCKED", 1)
    block_person(world.stan, by=world.coco)
    with pytest.raises(ValidationError):
        block_person(world.dan, by=world.coco)


def test_a_block_works_in_one_direction(world: World) -> None:
    block_person(world.stan, by=world.coco)
    assert is_blocked_by(world.stan, world.coco)
    assert not is_blocked_by(world.coco, world.stan)
    assert blockers_of(world.stan.pk, [world.coco.pk, world.cai.pk]) == {world.coco.pk}
    assert blockers_of(world.stan.pk, []) == set()
    reached = set(people_reached_by(world.stan.pk, User.objects.all()))
    assert reached == set(User.objects.exclude(pk=world.coco.pk))


def test_what_a_blocked_person_wrote_is_news_no_longer(world: World) -> None:
    add_reply(world.thread, by=world.dan, body="Mind the plank.", to=1)
    tell_all()
    unread = Notification.objects.filter(user=world.cai, event__actor=world.dan, read_at=None)
    assert unread.exists()
    block_person(world.dan, by=world.cai)
    assert not unread.exists()
    add_reply(world.thread, by=world.dan, body="Mind it, please.", to=1)
    tell_all()
    assert not unread.exists()


def test_words_are_kept_one_in_a_line_each_once(world: World) -> None:
    assert fold_words(" Spoiler \n\n劇透\nSpoiler\0", by=world.coco) == "Spoiler\n劇透"
    world.coco.refresh_from_db()
    assert world.coco.folded_words == "Spoiler\n劇透"


@pytest.mark.parametrize("words", ["\n".join(map(str, range(51))), "x" * 61])
def test_too_many_or_too_long_words_are_refused_with_a_reason(world: World, words: str) -> None:
    with pytest.raises(ValidationError) as problem:
        fold_words(words, by=world.coco)
    assert list(problem.value.message_dict) == ["words"]


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        ("劇透", "這裡有剧透。", "劇透"),
        ("spoiler", "A ＳＰＯＩＬＥＲ!", "spoiler"),
        ("cat", "Concatenate them.", ""),
        ("cat\nthem", "Concatenate them.", "them"),
        ("...", "What", ""),
    ],
)
def test_words_fold_as_search_finds(world: World, words: str, text: str, found: str) -> None:
    world.coco.folded_words = words
    fold = fold_of(Viewer.of(world.coco), world.cai.pk, "A title", text)
    assert fold == (Fold(found) if found else None)


def test_ones_own_texts_are_never_folded_and_blocked_peoples_always(world: World) -> None:
    world.coco.folded_words = "bridge"
    block_person(world.stan, by=world.coco)
    viewer = Viewer.of(world.coco)
    assert fold_of(viewer, world.coco.pk, "The bridge") is None
    assert fold_of(viewer, world.stan.pk, "The ferry") == Fold()
    assert fold_of(Viewer(), world.stan.pk, "The bridge") is None
