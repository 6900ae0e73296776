"""Lists that are read once for everybody show each viewer what their own queryset would."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.utils import timezone

from forum.models import City, Thread
from forum.permissions.roles import Viewer
from forum.permissions.threads import visible_threads
from forum.queries.board_faces import PINNED_SHOWN, BoardHere, BoardPlace, board_face, board_here
from forum.queries.board_pages import BoardPage, board_page
from forum.queries.city_faces import THREADS_SHOWN, city_face
from forum.queries.city_pages import city_page
from forum.queries.paging import keyset
from forum.queries.site_pages import home_face, sight_of
from forum.queries.thread_lists import SORTS
from tests.world import ROLES, World

THREADS = 90
SEEING = ("visitor", "citizen", "author", "deputy", "moderator")  # each other threads than the rest


@pytest.fixture
def crowded(world: World) -> World:
    """Threads that are hidden in runs and by themselves, pinned, no longer pinned, merged; many with equal counts."""
    now = timezone.now()
    authors = [world.cai, world.coco, world.mei]
    pins = {7: None, 21: now + timedelta(days=1), 40: now - timedelta(days=1), 55: None, 70: now + timedelta(days=2)}
    Thread.objects.bulk_create(
        Thread(
            city=world.stoneferry,
            board=world.letters if number % 9 == 8 else world.general,
            author=authors[number % 3],
            last_author=world.coco,
            title=f"Thread {number}",
            created_at=now - timedelta(hours=number // 2),
            last_post_at=now - timedelta(minutes=7 * (number // 3)),
            recommendations_count=number % 4,
            views_count=number // 5,
            is_hidden=number in range(10, 45) or number % 11 == 5 or number == 30,
            is_pinned=number in pins,
            pinned_until=pins.get(number),
            merged_into=world.thread if number == 30 else None,
        )
        for number in range(THREADS)
    )
    return world


def _general() -> BoardHere:
    return board_here("stoneferry", "general")


def _walk(viewer: Viewer, sort: str) -> list[BoardPage]:
    """Return all pages of the board from the first to the last, each but the first found by its mark."""
    pages = [board_page(viewer, board_face(_general(), BoardPlace(sort)))]
    while older := pages[-1].threads.older:
        pages.append(board_page(viewer, board_face(_general(), BoardPlace(sort, after=older))))
    return pages


@pytest.mark.parametrize("sort", SORTS)
def test_a_board_shows_to_each_what_they_may_see_page_by_page(crowded: World, sort: str) -> None:
    for role in SEEING:
        viewer = Viewer.of(crowded.person(role))
        rows: Any = visible_threads(viewer, Thread.objects.filter(board=crowded.general))
        expected = list(rows.unpinned().order_by(f"-{SORTS[sort]}", "-pk"))
        pages = _walk(viewer, sort)
        assert [row.thread for page in pages for row in page.threads.items] == expected, role
        pinned = list(rows.pinned().order_by("-last_post_at", "-pk")[:PINNED_SHOWN])
        assert [[row.thread for row in page.pinned] for page in pages] == [pinned, *([[]] * (len(pages) - 1))], role
        for earlier, later in pairwise(pages):
            place = BoardPlace(sort, before=later.threads.newer)
            back = board_page(viewer, board_face(_general(), place)).threads
            assert [row.thread for row in back.items] == [row.thread for row in earlier.threads.items], role
            plain = keyset(rows.unpinned(), field=SORTS[sort], marks={"before": later.threads.newer})
            assert (back.older, back.newer) == (plain.older, plain.newer), role


def test_a_city_shows_to_each_what_they_may_see_pinned_threads_first(crowded: World) -> None:
    for role in ROLES:
        viewer = Viewer.of(crowded.person(role))
        rows = visible_threads(viewer, Thread.objects.filter(city=crowded.stoneferry))
        expected = sorted(rows, key=lambda row: (row.is_on_top, row.last_post_at, row.pk), reverse=True)
        page = city_page(viewer, city_face("stoneferry"))
        assert [row.thread for row in page.threads] == expected[:THREADS_SHOWN], role


@pytest.mark.parametrize("visibility", City.Visibility.values)
def test_the_home_page_shows_to_each_what_they_may_read(crowded: World, visibility: str) -> None:
    City.objects.filter(pk=crowded.stoneferry.pk).update(visibility=visibility)
    for role in ROLES:
        viewer = Viewer.of(crowded.person(role))
        rows = visible_threads(viewer, Thread.objects.filter(is_hidden=False))
        face = home_face(sight_of(viewer))
        assert [row.thread for row in face.newest] == list(rows.order_by("-last_post_at", "-pk")[:12]), role
        liked = rows.filter(recommendations_count__gt=0).order_by("-recommendations_count", "-pk")
        assert face.recommended == list(liked[:8]), role
        assert (crowded.stoneferry in face.cities) == rows.exists(), role


def test_most_people_share_what_they_read(crowded: World) -> None:
    sights = {role: sight_of(Viewer.of(crowded.person(role))) for role in ROLES}
    assert {role for role, sight in sights.items() if sight != sights["visitor"]} == {"moderator"}
    City.objects.filter(pk=crowded.stoneferry.pk).update(visibility=City.Visibility.CITIZENS)
    sights = {role: sight_of(Viewer.of(crowded.person(role))) for role in ROLES}
    assert {role for role, sight in sights.items() if sight == sights["visitor"]} == {
        *("visitor", "member", "stranger mayor")
    }
