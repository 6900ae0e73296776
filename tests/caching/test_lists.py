"""Kept lists: a board, a city, the home page and the directory are what would be written now, whoever reads them."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.lasting import lasting
from accounts.models import User
from forum.actions.applications import apply_to_city
from forum.actions.blocks import block_person, unblock_person
from forum.actions.city_life import recommend_city
from forum.actions.marks import mark_board_read
from forum.actions.memberships import join_city
from forum.actions.moderation import hide_thread
from forum.actions.pinning import pin_thread
from forum.actions.posts import add_reply
from forum.actions.threads import create_thread
from forum.actions.watches import watch_place
from forum.caching import pieces
from forum.models import City, Membership, Thread
from forum.permissions.verdicts import Forbidden
from forum.queries.board_faces import BoardPlace, board_face, board_here
from forum.queries.city_faces import city_face
from tests.caching.deeds import DEEDS
from tests.caching.test_random import WRITES
from tests.caching.unkept import both, page_at, reader
from tests.permissions.places import STATES, Places
from tests.world import ROLES, World, make_person

BOARD, CITY, HOME, DIRECTORY = PAGES = ("/c/stoneferry/b/general/", "/c/stoneferry/", "/", "/cities/")


def _readers(world: World) -> list[Client]:
    """Return the browsers of everybody, who have looked at every list."""
    readers = [reader(world.person(role)) for role in ROLES]
    for client in readers:
        for path in PAGES:
            page_at(client, path)
    return readers


@pytest.mark.parametrize("family", DEEDS)
def test_after_each_deed_everybody_finds_the_lists_as_they_are_now(world: World, family: str) -> None:
    here = {"other": create_thread(world.letters, by=world.cai, title="Another thread", body="Of something else.")}
    Membership.objects.update(joined_at=timezone.now() - timedelta(days=400))  # who may call a vote
    readers = _readers(world)
    for number, deed in enumerate(DEEDS[family]):
        with transaction.atomic():
            deed.do(world, here)
        for turn, path in ((number, PAGES[number % 2]), (number + 3, PAGES[(number + 1) % len(PAGES)])):
            kept, now = both(readers[turn % len(ROLES)], path)
            assert kept == now, (deed.name, ROLES[turn % len(ROLES)], path)


class Undone(Exception):
    """Ends a state of the world, or a story."""


def test_in_each_state_each_role_finds_its_own_lists(world: World) -> None:
    places = Places(world)
    for number, state in enumerate(STATES):
        for key in [one for one in pieces.shelf._pages if one[0] == "face"]:  # type: ignore[index]
            pieces.shelf.drop(key)  # what is undone counts no generation
        with suppress(Undone), transaction.atomic():
            # Every second role, and in the next state the others; each finds another list.
            roles = ROLES[number % 2 :: 2]
            readers = {role: reader(world.person(role)) for role in roles}
            paths = {role: PAGES[(number // 2 + turn) % len(PAGES)] for turn, role in enumerate(roles)}
            for role, client in readers.items():
                page_at(client, paths[role])
            STATES[state](places)
            for role, client in readers.items():
                path = paths[role]
                kept, now = both(client, path)
                assert kept == now, (state, role, path)
            raise Undone


STEPS = st.lists(
    st.one_of(
        st.sampled_from(sorted(WRITES)),
        st.tuples(st.sampled_from((*PAGES, f"{BOARD}?sort=recommended")), st.sampled_from(range(len(ROLES)))),
    ),
    min_size=6,
    max_size=14,
)


@settings(max_examples=4, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_is_done_and_read_in_whatever_order(world: World, steps: list[str | tuple[str, int]]) -> None:
    readers = [reader(world.person(role)) for role in ROLES]
    with suppress(Undone), transaction.atomic():
        for step in steps:
            if isinstance(step, str):
                with suppress(Forbidden, ValidationError), transaction.atomic():
                    WRITES[step](world)
            else:
                kept, now = both(readers[step[1]], step[0])
                assert kept == now, (ROLES[step[1]], step[0])
        raise Undone


ALONE: dict[str, Callable[[World], object]] = {
    "block": lambda w: block_person(w.cai, by=w.dan),
    "unblock": lambda w: unblock_person(w.cai, by=w.dan),
    "fold words": lambda w: User.objects.filter(pk=w.dan.pk).update(folded_words="planks\nbridge"),
    "watch the city": lambda w: watch_place(w.stoneferry, by=w.dan),
    "watch the board": lambda w: watch_place(w.general, by=w.dan, level="mentions"),
    "read": lambda w: mark_board_read(w.general, by=w.dan),
}


def test_what_somebody_does_alone_shows_in_their_lists_alone(world: World) -> None:
    coco, dan = reader(world.coco), reader(world.dan)
    before = [(page_at(coco, path), page_at(dan, path)) for path in PAGES[:3]]
    for name, deed in ALONE.items():
        deed(world)
        for path, (cocos, _dans) in zip(PAGES[:3], before, strict=True):
            kept, now = both(dan, path)
            assert kept == now, (name, path)
            assert page_at(coco, path) == cocos, (name, path)
    assert all(page_at(dan, path) != dans for path, (_cocos, dans) in zip(PAGES[:3], before, strict=True))


def test_who_recommends_a_city_finds_it_said_and_nobody_else_does(world: World) -> None:
    recommend_city(world.stoneferry, by=world.cai)
    coco, cai = reader(world.coco), reader(world.cai)
    pages = [both(client, CITY) for client in (coco, cai, coco)]
    assert all(kept == now for kept, now in pages)
    assert ['aria-pressed="true" title="' in kept[1] for kept, _now in pages] == [False, True, False]


def test_who_asks_to_join_finds_their_own_words_and_nobody_else_does(world: World) -> None:
    City.objects.filter(pk=world.stoneferry.pk).update(joining=City.Joining.APPLICATION)
    rita, stan = reader(world.rita), reader(world.stan)
    for client in (rita, stan):
        page_at(client, CITY)
    apply_to_city(City.objects.get(pk=world.stoneferry.pk), by=world.rita, statement="I would like to row.")
    pages = [both(client, CITY) for client in (rita, stan)]
    assert all(kept == now for kept, now in pages)
    assert ["I would like to row." in kept[1] for kept, _now in pages] == [True, False]


def test_a_city_that_closes_leaves_the_lists_of_those_who_may_not_read_it(world: World) -> None:
    people = {"coco": True, "rita": False, "ada": True, "stan": False}
    readers = {name: reader(getattr(world, name)) for name in people}
    for client in readers.values():
        assert world.thread.title in page_at(client, HOME)[1]
    City.objects.filter(pk=world.stoneferry.pk).update(visibility=City.Visibility.CITIZENS)
    for name, client in readers.items():
        kept, now = both(client, HOME)
        assert kept == now, name
        assert (world.thread.title in kept[1]) == people[name], name
        assert page_at(client, BOARD)[0] == (200 if people[name] else 404), name
        kept, now = both(client, CITY)
        assert kept == now, name


def test_hidden_threads_stand_in_the_lists_of_who_sees_them(world: World) -> None:
    readers = {name: reader(getattr(world, name)) for name in ("mei", "coco", "cai", "ada")}
    readers["visitor"] = reader(None)
    for path in (BOARD, CITY):
        for client in readers.values():
            page_at(client, path)
    hide_thread(world.thread, by=world.mei, reason="a test")
    for path in (BOARD, CITY):
        pages = {name: both(client, path) for name, client in readers.items()}
        assert all(kept == now for kept, now in pages.values())
        shown = {name for name, (kept, _now) in pages.items() if "thread-row--hidden" in kept[1]}
        assert shown == {"mei", "cai", "ada"}, path


def test_one_changed_thread_costs_one_row(world: World) -> None:
    for number in range(5):
        create_thread(world.general, by=world.cai, title=f"Thread {number}", body="Some words.")
    coco, dan = reader(world.coco), reader(world.dan)
    page_at(coco, CITY)
    known = {key for key in pieces.shelf._pages if key[0] == "row"}  # type: ignore[index]
    add_reply(world.thread, by=world.mei, body="Again.")
    page_at(coco, CITY)
    page_at(dan, CITY)
    new = {key for key in pieces.shelf._pages if key[0] == "row"} - known  # type: ignore[index]
    assert len(known) == 6 and len(new) == 1


def test_members_of_the_same_rights_share_lists_in_which_nobody_is_named(world: World) -> None:
    def wholes() -> list[bytes]:
        kept = [one for one in pieces.shelf._pages.values() if isinstance(one, pieces.Whole)]
        return [b"".join([part for part in one.parts if isinstance(part, bytes)]) for one in kept]

    other = make_person("nobody-else", display_name="Somebody of the city")
    join_city(world.stoneferry, by=other)
    first, second = reader(other), reader(world.coco)
    for path in PAGES[:3]:
        assert other.name in page_at(first, path)[1]
    known = wholes()
    assert known and not any(other.name.encode() in text for text in known)
    for path in PAGES[:3]:
        assert other.name not in page_at(second, path)[1].partition("</header>")[0]
    assert len(wholes()) == len(known)


def test_what_is_said_once_stands_on_no_page_of_others(world: World) -> None:
    coco, dan = reader(world.coco), reader(world.dan)
    for client in (coco, dan):
        page_at(client, BOARD)
    coco.post("/c/stoneferry/b/general/read/", {"next": BOARD, "until": timezone.now().isoformat()})
    said = [page_at(client, BOARD)[1] for client in (coco, dan, coco)]
    assert ['class="message' in page for page in said] == [True, False, False]


def test_lists_hold_until_the_next_pin_ends(world: World) -> None:
    later, sooner = (timezone.now() + timedelta(hours=hours) for hours in (5, 2))
    other = create_thread(world.general, by=world.cai, title="Another", body="Some words.")
    pin_thread(world.thread, by=world.mei, until=later)
    pin_thread(other, by=world.mei, until=sooner)
    here = board_here("stoneferry", "general")
    further: dict[str, Any] = {"after": f"{timezone.now().isoformat()}~9"}
    for make in (
        lambda: board_face(here, BoardPlace()),
        lambda: board_face(here, BoardPlace(**further)),
        lambda: city_face("stoneferry"),
    ):
        with lasting() as held:
            make()
        assert held.until == sooner
    Thread.objects.filter(pk=other.pk).update(is_pinned=True, last_post_at=timezone.now() - timedelta(days=9))
    with lasting() as held:  # no thread stands there, until one is pinned no longer
        assert not board_face(here, BoardPlace(after=f"{(timezone.now() - timedelta(days=8)).isoformat()}~9")).rows
    assert held.until == sooner
