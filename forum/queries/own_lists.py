"""What lists and places are to one member: what is new in them, watched and recommended."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User
from accounts.prepared import Prepared
from forum.models import Application, Board, City, CityRecommendation, Thread, Watch
from forum.permissions.marks import read_before
from forum.permissions.roles import Viewer
from forum.permissions.standing import Standing
from forum.queries.applications import applications_of
from forum.queries.list_rows import Listed
from forum.queries.marks import with_news, with_unread
from forum.queries.queue_order import with_waiting
from forum.queries.watches import with_watch_level

_STEP: Final = 8  # lists of ids are filled up to a multiple of it, so that few forms of the query are compiled


def _stand_in(user: int, before: datetime, blocked: Collection[int]) -> Viewer:
    viewer = Viewer(User(pk=user, date_joined=before))
    viewer.standing = Standing(blocks=frozenset(blocked), read_before=before)
    return viewer


def _unread_rows(blocks: int, _threads: int, user: int, before: datetime, *ids: int) -> QuerySet[Any]:
    viewer = _stand_in(user, before, ids[:blocks])
    rows: Any = with_unread(viewer, Thread.objects.filter(pk__in=ids[blocks:]))
    return rows.values_list("pk", "unread", "is_unopened")


def _news_rows(_blocks: int, city: int, user: int, before: datetime, *blocked: int) -> QuerySet[Any]:
    rows: Any = with_news(_stand_in(user, before, blocked), Board.objects.filter(city=city), "board")
    return rows.order_by().values_list("pk", "news")


def _city_rows(city: int, user: int) -> QuerySet[Any]:
    given = CityRecommendation.objects.filter(city=OuterRef("pk"), user=user)
    rows = with_watch_level(Viewer(User(pk=user)), City.objects.filter(pk=city), "city")
    return rows.annotate(is_recommended=Exists(given)).values_list("watch_level", "is_recommended")


def _watch_rows(board: int, user: int) -> QuerySet[Any]:
    return Watch.objects.filter(board=board, user=user).values_list("level")


def _application_rows(city: int, user: int) -> QuerySet[Application]:
    return applications_of(user).filter(city=city)[:1]


_unread = Prepared(_unread_rows)
_news = Prepared(_news_rows)
_city = Prepared(_city_rows)
_watch = Prepared(_watch_rows)
_application = Prepared(_application_rows)


def with_marks(viewer: Viewer, rows: list[Listed]) -> list[Listed]:
    """Return the rows with what is new in each to the viewer; one query, none for a visitor."""
    if viewer.user is None or not rows:
        return rows
    blocked, ids = sorted(viewer.standing.blocks), [row.thread.pk for row in rows]
    ids += ids[-1:] * (-len(ids) % _STEP)
    found = _unread(viewer.user.pk, read_before(viewer), *blocked, *ids, shape=(len(blocked), len(ids)))
    new = {pk: {"unread": number, "is_unopened": is_unopened} for pk, number, is_unopened in found}
    return [row._replace(**new[row.thread.pk]) if row.thread.pk in new else row for row in rows]


def news_of_boards(viewer: Viewer, city: City) -> dict[int, int]:
    """Return by the id of each board in how many threads something is new; one query, none for a visitor."""
    if viewer.user is None:
        return {}
    blocked = sorted(viewer.standing.blocks)
    return dict(_news(city.pk, viewer.user.pk, read_before(viewer), *blocked, shape=(len(blocked),)))


def watch_of_board(viewer: Viewer, board: Board) -> str | None:
    """Return how much the viewer watches the board, None when they do not; one query, none for a visitor."""
    found = _watch(board.pk, viewer.user.pk) if viewer.user else []
    return str(found[0][0]) if found else None


def own_of_city(viewer: Viewer, city: City) -> tuple[str | None, bool]:
    """Return how much the viewer watches the city, and whether they recommend it; one query, none for a visitor."""
    found = _city(city.pk, viewer.user.pk) if viewer.user else []
    return (found[0][0], found[0][1]) if found else (None, False)


def waiting_in(viewer: Viewer, city: City) -> int:
    """Return how much waits in the city that the viewer may decide as its officer; no query for who is none."""
    if city.pk not in viewer.roles or not viewer.is_officer(city):
        return 0
    [found] = with_waiting(viewer, City.objects.filter(pk=city.pk))
    return int(found.waiting_count)  # type: ignore[attr-defined]


def own_application(viewer: Viewer, city: City) -> Application | None:
    """Return the viewer's own application to the city: the one that waits, else the last one refused.

    One query, none for a visitor, a citizen or an officer.
    """
    if viewer.user is None or viewer.is_citizen(city) or viewer.is_officer(city):
        return None
    found = _application(city.pk, viewer.user.pk)
    return found[0] if found else None
