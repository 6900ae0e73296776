"""Kept parts: a page made of them is what would be written now, whoever reads it and whatever was done."""

import re
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.lasting import lasting, lasts_until
from accounts.models import User
from forum.actions.blocks import block_person
from forum.actions.drafts import save_draft
from forum.actions.posts import add_reply
from forum.actions.recommendations import recommend_post
from forum.actions.rules import change_rules
from forum.actions.threads import create_thread
from forum.caching import pieces
from forum.models import Membership, Recommendation, Thread
from forum.queries import posts, thread_faces
from forum.queries.recommendations import FIRST
from tests.caching.deeds import DEEDS
from tests.caching.unkept import both, nothing_kept, page_at, reader
from tests.permissions.places import STATES, Places
from tests.world import ROLES, World, make_person

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@pytest.mark.parametrize("family", DEEDS)
def test_after_each_deed_everybody_finds_what_is_there_now(world: World, family: str) -> None:
    here = {"other": create_thread(world.letters, by=world.cai, title="Another thread", body="Of something else.")}
    Membership.objects.update(joined_at=timezone.now() - timedelta(days=400))  # who may call a vote
    path = f"/t/{world.thread.pk}/"
    readers = [reader(world.person(role)) for role in ROLES]
    for client in readers:
        page_at(client, path)
    for number, deed in enumerate(DEEDS[family]):
        with transaction.atomic():
            deed.do(world, here)
        # Two each time, so that many a page was kept several deeds ago.
        for turn in (2 * number % len(ROLES), (2 * number + 1) % len(ROLES)):
            kept, now = both(readers[turn], path)
            assert kept == now, (deed.name, ROLES[turn])


class Undone(Exception):
    """Ends a state of the world."""


def _compare(world: World, places: Places, state: str) -> None:
    path = f"/t/{world.thread.pk}/"
    readers = {role: reader(world.person(role)) for role in ROLES}
    for client in readers.values():
        page_at(client, path)
    STATES[state](places)
    for role, client in readers.items():
        kept, now = both(client, path)
        assert kept == now, (state, role)
    raise Undone


def test_in_each_state_each_role_finds_its_own_page(world: World) -> None:
    places = Places(world)
    for state in STATES:
        for key in [one for one in pieces.shelf._pages if one[0] == "face"]:  # type: ignore[index]
            pieces.shelf.drop(key)  # what is undone counts no generation
        with pytest.raises(Undone), transaction.atomic():
            _compare(world, places, state)


def test_what_somebody_does_alone_shows_on_their_page_alone(world: World) -> None:
    path = f"/t/{world.thread.pk}/"
    coco, dan = reader(world.coco), reader(world.dan)
    before = page_at(coco, path), page_at(dan, path)
    save_draft(world.thread, by=world.dan, body="Perhaps")
    block_person(world.cai, by=world.dan)
    type(world.dan).objects.filter(pk=world.dan.pk).update(shows_signatures=False, theme="dark", folded_words="planks")
    kept, now = both(dan, path)
    assert kept == now != before[1]
    assert page_at(coco, path) == before[0]


def test_a_kept_form_carries_the_token_of_its_reader(world: World) -> None:
    path, address = f"/t/{world.thread.pk}/", f"/p/{world.reply.pk}/recommend/"
    tokens = []
    for person in (world.dan, world.cai):
        client = Client(enforce_csrf_checks=True)
        client.force_login(person)
        client.get(path)
        [token] = set(TOKEN.findall(client.get(path).content.decode()))
        assert client.post(address, {"csrfmiddlewaretoken": token}).status_code == 302
        tokens.append((client, token))
    assert tokens[0][0].post(address, {"csrfmiddlewaretoken": tokens[1][1]}).status_code == 403
    assert Recommendation.objects.filter(post=world.reply).count() == 2


def test_a_kept_form_has_marks_of_its_own_each_time(world: World) -> None:
    coco = reader(world.coco)
    found = [re.findall(r'name="(submission|desk)" value="([^"]+)"', _text(coco, world)) for _turn in range(3)]
    assert len({mark for marks in found for _name, mark in marks}) == 6


def _text(client: Client, world: World, query: str = "") -> str:
    return client.get(f"/t/{world.thread.pk}/{query}").content.decode()


def test_a_part_leads_back_to_the_page_it_stands_on(world: World) -> None:
    dan = reader(world.dan)
    for query in ("", "?from=new", "?from=views"):
        whole = f"/t/{world.thread.pk}/{query}"
        assert f'name="next" value="{whole}"' in _text(dan, world, query)
        assert f'/block/?next={whole.replace("/", "%2F").replace("?", "%3F").replace("=", "%3D")}"' in _text(
            dan, world, query
        )


def test_a_reply_leaves_the_other_posts_kept(world: World) -> None:
    coco = reader(world.coco)
    page_at(coco, f"/t/{world.thread.pk}/")
    known = {key for key in pieces.shelf._pages if key[0] == "step"}  # type: ignore[index]
    recommend_post(world.opener, by=world.dan)
    add_reply(world.thread, by=world.cai, body="Again.")
    page_at(coco, f"/t/{world.thread.pk}/")
    new = {key for key in pieces.shelf._pages if key[0] == "step"} - known  # type: ignore[index]
    assert len(known) == 2 and len(new) == 2  # the new one, and the one that was recommended


@pytest.mark.parametrize("who", [None, "coco"])
def test_later_pages_tell_of_the_opening_post_what_is_there_now(
    world: World, monkeypatch: pytest.MonkeyPatch, who: str | None
) -> None:
    for room in (posts, thread_faces):
        monkeypatch.setattr(room, "POSTS_PER_PAGE", 1)
    client, path = reader(getattr(world, who) if who else None), f"/t/{world.thread.pk}/?page=2"
    page_at(client, path)
    for rows, field in ((User.objects.filter(pk=world.cai.pk), "display_name"), (Thread.objects.all(), "excerpt")):
        rows.update(**{field: "Said anew"})
        kept, now = both(client, path)
        assert kept == now and "Said anew" in kept[1]
        rows.update(**{field: "And again"})


def test_what_changes_around_the_posts_has_none_of_them_read_again(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client, path = reader(None), f"/t/{world.thread.pk}/"
    page_at(client, path)
    for change in ({"excerpt": "Said anew"}, {"recommendations_count": 7}, {"title": "A new title"}):
        Thread.objects.filter(pk=world.thread.pk).update(**change)
        with django_assert_num_queries(2):  # the generation, and the thread with its neighbours
            kept = page_at(client, path)
        with nothing_kept():
            assert page_at(client, path) == kept
        assert str(next(iter(change.values()))) in kept[1]


def test_a_part_counts_with_its_key() -> None:
    small = pieces.keep_piece(("name", 1), lambda: "x" * 1_000)
    large = pieces.keep_piece(("name", ("y" * 5_000, "橋" * 500)), lambda: "x" * 1_000)
    assert 1_000 < small.size < 3_000 and 6_000 < large.size - small.size < 7_000


def test_what_is_kept_is_bounded(world: World) -> None:
    coco, room = reader(world.coco), pieces.shelf.room
    pieces.shelf.room = 60_000
    try:
        for number in range(12):
            assert coco.get(f"/t/{world.thread.pk}/?from=new.{number}~1").status_code == 200
            assert pieces.shelf.taken <= 60_000
    finally:
        pieces.shelf.room = room


def test_a_part_that_speaks_of_time_is_written_anew_when_that_has_come() -> None:
    now = timezone.now()

    def write() -> str:
        lasts_until(now + timedelta(minutes=-1 if "old" in written else 1))
        written.append("old")
        return "3 minutes ago"

    written: list[str] = []
    pieces.keep_piece("young", write)
    assert pieces.kept_piece("young") is not None
    pieces.keep_piece("old", write)
    assert pieces.kept_piece("old") is None


def test_what_is_made_of_kept_things_holds_no_longer_than_they_do() -> None:
    end = timezone.now() + timedelta(minutes=1)

    def make() -> str:
        lasts_until(end)
        return "3 minutes ago"

    for _round in range(2):
        with lasting() as held:
            pieces.kept_piece("inner") or pieces.keep_piece("inner", make)
        assert held.until == end
        with lasting() as held:
            pieces.kept_face("face", 1, make, len)
        assert held.until == end


def test_one_more_who_recommends_is_counted_where_the_names_are_full(world: World) -> None:
    path, readers = f"/t/{world.thread.pk}/", [reader(world.coco), reader(world.rita), reader(None)]
    for number in range(FIRST + 2):
        recommend_post(world.reply, by=make_person(f"fan{number}"))
        if number >= FIRST - 1:
            for client in readers:
                kept, now = both(client, path)
                assert kept == now, number


def test_a_face_holds_while_its_generation_and_its_time_do() -> None:
    made: list[int] = []

    def face(generation: int, until: timedelta | None = None) -> int:
        def make() -> int:
            made.append(generation)
            lasts_until(timezone.now() + until if until else None)
            return len(made)

        return pieces.kept_face("face", generation, make, lambda _value: 10)

    assert [face(1), face(1), face(2), face(2)] == [1, 1, 2, 2]
    assert [face(3, -timedelta(minutes=1)), face(3)] == [3, 4]


def test_held_posts_stand_among_kept_ones_for_who_sees_them_alone(world: World) -> None:
    path = f"/t/{world.thread.pk}/"
    readers = {name: reader(getattr(world, name)) for name in ("mei", "coco", "cai")}
    for client in readers.values():
        page_at(client, path)
    change_rules(world.stoneferry, by=world.mei, held_words="varnish")
    assert add_reply(world.thread, by=world.coco, body="Buy varnish.").is_held
    shown = {name: "Buy varnish." in both(client, path)[0][1] for name, client in readers.items()}
    assert shown == {"mei": True, "coco": True, "cai": False}
    for client in readers.values():
        kept, now = both(client, path)
        assert kept == now


def test_the_head_names_the_next_page_as_soon_as_there_is_one(world: World) -> None:
    path, thread = f"/t/{world.thread.pk}/", Thread.objects.filter(pk=world.thread.pk)
    dan, visitor = reader(world.dan), reader(None)
    for client in (dan, visitor):
        page_at(client, path)
    thread.update(posts_count=21, last_number=21)  # as a recount mends it
    for client in (dan, visitor):
        kept, now = both(client, path)
        assert kept == now
        assert '<link rel="next"' in kept[1]
