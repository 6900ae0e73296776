"""Whole pages that many members share: each gets what would be written for them alone, nothing of another."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import product

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from forum.actions.blocks import block_person, fold_words, unblock_person
from forum.actions.drafts import save_draft
from forum.actions.marks import mark_board_read, mark_thread_read
from forum.actions.moderation import hide_post, restore_post
from forum.actions.posts import add_reply
from forum.actions.recommendations import recommend_post, withdraw_recommendation
from forum.actions.watches import unwatch_place, watch_place
from forum.caching import pieces
from forum.caching.pieces import Whole
from forum.models import Membership, Thread
from forum.queries import posts, thread_faces
from forum.views import thread_wholes
from tests.caching.test_random import Forgotten
from tests.caching.unkept import page_at, reader
from tests.permissions.places import STATES, Places
from tests.world import ROLES, World, make_person


@contextmanager
def _alone() -> Iterator[None]:
    """Have each page written for its reader alone within."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(thread_wholes, "is_shared", lambda _page: False)
        yield


def _same(client: Client, path: str, what: object = "") -> str:
    """Return the page, having compared what is put together with what is written for its reader alone."""
    together = page_at(client, path)
    with _alone():
        alone = page_at(client, path)
    # The first line that differs, and all of them only where that says nothing.
    lines = [pair for pair in zip(together[1].splitlines(), alone[1].splitlines(), strict=False) if pair[0] != pair[1]]
    assert not lines[:1], what
    assert together == alone, what
    return together[1]


def _wholes() -> list[Whole]:
    return [one for one in pieces.shelf._pages.values() if isinstance(one, Whole)]


def _path(world: World, query: str = "") -> str:
    return f"/t/{world.thread.pk}/{query}"


def test_members_of_the_same_rights_share_one_page_without_a_word_of_each_other(world: World) -> None:
    pieces.shelf.clear()
    others = [make_person(f"stranger{number}", f"Stranger <{number}>") for number in range(3)]
    for one in others:
        text = _same(reader(one), _path(world))
        assert f'data-reader="{one.pk}"' in text and f"/u/{one.username}/" in text
        assert f"Stranger &lt;{one.username[-1]}&gt;" in text
        assert not [two for two in others if two != one and (two.username in text or f'data-reader="{two.pk}"' in text)]
    [whole] = _wholes()
    words = b"".join(part for part in whole.parts if isinstance(part, bytes)).decode()
    assert not [one for one in others if one.username in words]


def test_in_each_state_roles_by_turns_find_their_own_pages(world: World) -> None:
    places, roles = Places(world), [role for role in ROLES if role != "visitor"]
    clients = [reader(world.person(role)) for role in roles]
    for number, (state, change) in enumerate(STATES.items()):
        with suppress(Forgotten), transaction.atomic():
            change(places)
            pieces.shelf.clear()  # what is undone counts no generation
            for turn in (2 * number % len(roles), (2 * number + 1) % len(roles)):
                _same(clients[turn], _path(world), (state, roles[turn]))
            raise Forgotten
    pieces.shelf.clear()


def test_each_finds_a_page_in_their_settings(world: World) -> None:
    rows = User.objects.filter(pk__in=[world.coco.pk, world.rita.pk])
    clients = [reader(world.coco), reader(world.rita)]
    ways = product(("zh-hant", "zh-hans", "en"), ("auto", "dark"), ("medium", "large"), ("western", "roc"))
    for language, theme, size, calendar in ways:
        rows.update(language=language, theme=theme, text_size=size, calendar=calendar)
        for client in clients:
            assert f'lang="{language[:2]}' in _same(client, _path(world))
    for fields in ({"time_zone": "Asia/Tokyo"}, {"writing": "vertical"}, {"shows_signatures": False}):
        User.objects.filter(pk=world.cai.pk).update(signature="Ferryman")
        rows.update(**fields)
        for client in clients:
            assert ("Ferryman" in _same(client, _path(world), fields)) != (fields == {"shows_signatures": False})


@pytest.mark.parametrize("query", ["?hl=en", "?from=new", "?from=views", "?page=1", "?page=01", "?nonsense=1"])
def test_each_address_leads_back_to_itself(world: World, query: str) -> None:
    for who in (world.coco, world.rita):
        _same(reader(who), _path(world, query))


def test_what_is_said_once_is_said_once_and_to_nobody_else(world: World) -> None:
    coco, rita = reader(world.coco), reader(world.rita)
    for client in (coco, rita):
        page_at(client, _path(world))
    coco.post(f"/p/{world.opener.pk}/recommend/")
    said = [page_at(client, _path(world))[1] for client in (rita, coco, coco)]
    assert ['class="messages"' in text for text in said] == [False, True, False]


def _at(world: World, number: int) -> object:
    return world.thread.posts.select_related("thread__city", "author").get(number=number)


# Of `who`, and a number from 1 to 5.
DEEDS: dict[str, Callable[[World, User, int], object]] = {
    "recommend": lambda w, who, n: recommend_post(_at(w, n), by=who),  # type: ignore[arg-type]
    "withdraw": lambda w, who, n: withdraw_recommendation(_at(w, n), by=who),  # type: ignore[arg-type]
    "reply": lambda w, who, n: add_reply(Thread.objects.get(pk=w.thread.pk), by=who, body=f"Number {n}.", to=n),
    "read": lambda w, who, n: mark_thread_read(Thread.objects.get(pk=w.thread.pk), by=who, number=n),
    "read the board": lambda w, who, n: mark_board_read(w.general, by=who),
    "watch": lambda w, who, n: watch_place(w.thread, by=who, level="mentions" if n % 2 else "all"),
    "watch no longer": lambda w, who, n: unwatch_place(w.thread, by=who),
    "draft": lambda w, who, n: save_draft(w.thread, by=who, body=f"Perhaps {n}"),
    "block": lambda w, who, n: block_person(w.cai, by=who),
    "block no longer": lambda w, who, n: unblock_person(w.cai, by=who),
    "fold": lambda w, who, n: fold_words("planks" if n % 2 else "", by=who),
    "hide": lambda w, who, n: hide_post(_at(w, n), by=w.mei, reason="a test"),  # type: ignore[arg-type]
    "restore": lambda w, who, n: restore_post(_at(w, n), by=w.mei),  # type: ignore[arg-type]
    "role": lambda w, who, n: Membership.objects.filter(user=who, role="citizen").delete(),
    "name": lambda w, who, n: User.objects.filter(pk=who.pk).update(display_name=f"Named {n}"),
}
WHO = ("coco", "rita", "cai", "dan")
STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(sorted(DEEDS)), st.sampled_from(WHO), st.integers(1, 5)),
        st.tuples(st.just(""), st.sampled_from(WHO), st.integers(1, 2)),
    ),
    min_size=6,
    max_size=14,
)


def _live(world: World, steps: list[tuple[str, str, int]]) -> None:
    readers = {name: reader(getattr(world, name)) for name in WHO}
    for deed, who, number in steps:
        if deed:
            with suppress(Exception), transaction.atomic():  # what is refused changes nothing
                DEEDS[deed](world, getattr(world, who), number)
        else:
            _same(readers[who], _path(world, f"?page={number}"), steps)
    for name, client in readers.items():
        _same(client, _path(world), (name, steps))


@pytest.fixture
def _short_pages(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for room in (posts, thread_faces):
        monkeypatch.setattr(room, "POSTS_PER_PAGE", 4)
    for number in range(4):
        add_reply(world.thread, by=(world.cai, world.coco)[number % 2], body=f"Of the lamps, {number}.")


@pytest.mark.usefixtures("_short_pages")
@settings(max_examples=5, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_is_ones_own_shows_on_ones_own_page_alone(world: World, steps: list[tuple[str, str, int]]) -> None:
    with suppress(Forgotten), transaction.atomic():
        _live(world, steps)
        raise Forgotten
    pieces.shelf.clear()
