"""Filters and scopes: conditions on the live rows of posts, threads and places, and hints for the index."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

from django.db.models import F, Model, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from forum.models import Board, City, DigestEntry, Post
from forum.permissions.roles import Viewer
from forum.search.documents import author_mark, city_mark, has_mark
from forum.search.language import Filters
from forum.search.results import Scope

_SIGNS = {"image": "<img ", "link": ' href="http', "code": "<pre"}
_IS = {
    "featured": Q(thread__is_featured=True),
    "pinned": Q(thread__is_pinned=True),
    "locked": Q(thread__is_locked=True),
    "opener": Q(number=1),
}
_FEW = ("featured", "pinned")  # so few threads that one begins with them
_MOST_IDS = 20_000
_MOST_NAMED = 1000  # boards of the same name in different cities
_MOST_MARKS = 20


type Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a filter by name means: the model, its two names, where it stands above a post, and its mark.

    By their names nobody finds those who are `nameless`.
    """

    model: type[Model]
    names: tuple[str, str]
    path: str
    mark: Callable[[int], str]
    marked: str = "pk"
    nameless: Q = field(default_factory=Q)

    def called(self, names: Iterable[str]) -> list[Row]:
        """Return id, what its mark is made of, and both names of all that go by one of the names."""
        either = Q()
        for name in dict.fromkeys(names):
            for field_name in self.names:
                either |= Q(**{f"{field_name}__iexact": name})
        rows = self.model._default_manager.filter(either).exclude(self.nameless).order_by("pk")
        return list(rows.values_list("pk", self.marked, *self.names)[:_MOST_NAMED])


# Who closes their account and takes the name along still has it in the table, for as long as they may come back.
_LEAVING = Q(farewell__in=(User.Farewell.FORMER, User.Farewell.BLANK), closed_at=None)
_KINDS = {
    "author": _Kind(User, ("username", "display_name"), "author__in", author_mark, nameless=_LEAVING),
    "city": _Kind(City, ("slug", "name"), "thread__city__in", city_mark),
    "board": _Kind(Board, ("slug", "name"), "thread__board__in", city_mark, "city_id"),
}


@dataclass
class Limits:
    """What posts must be beside their words: `rows` is the condition that decides, the rest only helps the index.

    `marks`, `low`, `high` and `only` are those of a Look. `nothing` means that no post can fit.
    """

    rows: Q = field(default_factory=Q)
    marks: list[tuple[str, ...]] = field(default_factory=list)
    low: int | None = None
    high: int | None = None
    only: QuerySet[Post] | None = None
    nothing: bool = False
    unknown: list[tuple[str, str]] = field(default_factory=list)

    def ids(self) -> tuple[int, ...] | None:
        """Return the posts among which to look, None when there are too many or all may do; one query at most."""
        if self.only is None:
            return None
        found = tuple(self.only.filter(self.rows).values_list("pk", flat=True)[: _MOST_IDS + 1])
        return found if len(found) <= _MOST_IDS else None


def limits(viewer: Viewer, filters: Filters, scope: Scope) -> Limits:
    """Return what filters and scope ask for; one query for each of author, city and board that a filter names."""
    found = Limits()
    _add_scope(found, viewer, scope)
    _add_names(found, filters)
    _add_dates(found, filters)
    for what in filters.has:
        found.rows &= Q(html__contains=_SIGNS[what])
        found.marks.append((has_mark(what),))
    for what in filters.has_not:
        found.rows &= ~Q(html__contains=_SIGNS[what])
    for what in filters.is_:
        found.rows &= _IS[what]
    for what in filters.is_not:
        found.rows &= ~_IS[what]
    if found.only is None and any(what in filters.is_ for what in _FEW):
        found.only = Post.objects.all()
    if filters.recommended.low:
        found.rows &= Q(recommendations_count__gte=filters.recommended.low - F("earlier_recommendations"))
    if filters.recommended.high is not None:
        found.rows &= Q(recommendations_count__lte=filters.recommended.high - F("earlier_recommendations"))
    return found


def _add_scope(found: Limits, viewer: Viewer, scope: Scope) -> None:
    if scope.city:
        found.rows &= Q(thread__city=scope.city)
        found.marks.append((city_mark(scope.city.pk),))
    if scope.board:
        found.rows &= Q(thread__board=scope.board)
        found.marks.append((city_mark(scope.board.city_id),))
    people = [scope.person] if scope.person else []
    if scope.own or scope.in_digests:
        if viewer.user is None:
            found.nothing = True
        elif scope.own:
            people.append(viewer.user)
    for person in people:
        found.rows &= Q(author=person)
        found.marks.append((author_mark(person.pk),))
    if scope.thread:
        found.only = Post.objects.filter(thread=scope.thread)
    if scope.in_digests and viewer.user:
        kept = DigestEntry.objects.filter(digest__owner=viewer.user).values("post")
        found.only = (found.only or Post.objects.all()).filter(pk__in=kept)


def _add_names(found: Limits, filters: Filters) -> None:
    """Add the conditions on author, city and board; a name that is nobody's is told in `unknown`."""
    for operator, kind in _KINDS.items():
        wanted: tuple[str, ...] = getattr(filters, operator)
        unwanted: tuple[str, ...] = getattr(filters, f"not_{operator}")
        if not (wanted or unwanted):
            continue
        rows = kind.called((*wanted, *unwanted))
        known = {name.casefold() for row in rows for name in row[2:]}
        found.unknown += [(operator, name) for name in (*wanted, *unwanted) if name.casefold() not in known]
        if wanted:
            these = _of(rows, wanted)
            found.rows &= Q(**{kind.path: [row[0] for row in these]})
            marks = {kind.mark(row[1]) for row in these}
            found.nothing |= not these
            found.marks += [tuple(sorted(marks))] if 0 < len(marks) <= _MOST_MARKS else []
        if others := _of(rows, unwanted):
            found.rows &= ~Q(**{kind.path: [row[0] for row in others]})


def _of(rows: list[Row], names: Iterable[str]) -> list[Row]:
    folded = {name.casefold() for name in names}
    return [row for row in rows if folded & {name.casefold() for name in row[2:]}]


def _add_dates(found: Limits, filters: Filters) -> None:
    """Add the condition on the day, as days are in the reader's time zone."""
    if filters.after:
        start = _midnight(filters.after)
        found.rows &= Q(created_at__gte=start)
        found.low = int(start.timestamp())
    if filters.before:
        end = _midnight(filters.before)
        found.rows &= Q(created_at__lt=end)
        found.high = int(end.timestamp()) + 1


def _midnight(day: date) -> datetime:
    try:
        return datetime.combine(day, time.min, timezone.get_current_timezone()).astimezone(UTC)
    except OverflowError:  # a day at the end of the calendar
        return datetime.combine(day, time.min, UTC)
