"""Keyset paging: pages that neither skip nor repeat while people write; and numbered pages of what is counted."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.core.paginator import EmptyPage, Page, Paginator
from django.db.models import Model, Q, QuerySet
from django.http import Http404

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class Slice[T]:
    """One page of a list: its items, and the marks that lead on (empty at an end)."""

    items: list[T]
    older: str = ""
    newer: str = ""


def _mark(item: Model, field: str) -> str:
    """Return the place of an item in the order, as it stands in an address: value~id."""
    value = getattr(item, field)
    return f"{value.isoformat() if isinstance(value, datetime) else value}~{item.pk}"


def read_mark(mark: str) -> tuple[datetime | int, int]:
    """Return value and id of a mark; raise Http404 for anything that is none."""
    text, _sign, pk = mark.rpartition("~")
    try:
        return int(text) if text.isascii() and text.isdigit() else read_moment(text), int(pk)
    except ValueError as problem:
        raise Http404(f"No page at {mark!r}") from problem


def read_moment(text: str) -> datetime:
    """Return the time as it stands in a mark, in UTC; raise ValueError for anything that is none."""
    try:
        return datetime.fromisoformat(text.replace(" ", "+")).astimezone(UTC)
    except OverflowError as problem:  # its offset leads out of the calendar
        raise ValueError(text) from problem


def beyond(field: str, mark: str, *, newer: bool) -> Q:
    """Return the condition for what stands beyond the mark in the order by `field` and id."""
    value, pk = read_mark(mark)
    side = "gt" if newer else "lt"
    # The first part lets the database walk one index; the second settles equal values.
    return Q(**{f"{field}__{side}e": value}) & (Q(**{f"{field}__{side}": value}) | Q(**{f"pk__{side}": pk}))


def keyset[M: Model](
    rows: QuerySet[M],
    *,
    field: str,
    marks: Mapping[str, Any],
    size: int = PAGE_SIZE,
    dressed: Callable[[QuerySet[M]], Iterable[M]] = iter,
) -> Slice[M]:
    """Return one page of `rows`, highest `field` first; `marks` may hold `after` or `before` from an address.

    `dressed` may add to the rows when they are in order and cut. One query. Raises Http404 for what is no mark.
    """
    after, before = str(marks.get("after") or ""), str(marks.get("before") or "")
    try:
        if before and not after:
            cut = rows.filter(beyond(field, before, newer=True)).order_by(field, "pk")[: size + 1]
            found = list(dressed(cut))
            items = found[:size][::-1]
            return _slice(items, field, has_older=True, has_newer=len(found) > size)
        if after:
            rows = rows.filter(beyond(field, after, newer=False))
        found = list(dressed(rows.order_by(f"-{field}", "-pk")[: size + 1]))
    except (TypeError, ValueError, OverflowError) as problem:  # a number where a time belongs
        raise Http404("No such page") from problem
    return _slice(found[:size], field, has_older=len(found) > size, has_newer=bool(after))


def _slice[M: Model](items: list[M], field: str, *, has_older: bool, has_newer: bool) -> Slice[M]:
    return Slice(
        items,
        older=_mark(items[-1], field) if items and has_older else "",
        newer=_mark(items[0], field) if items and has_newer else "",
    )


class _Counted(Paginator):
    """A paginator that knows how many there are."""

    def __init__(self, rows: QuerySet[Any], size: int, count: int) -> None:
        super().__init__(rows, size)
        self.count = count


def numbered[M: Model](rows: QuerySet[M], number: int, *, size: int, count: int) -> Page[M]:
    """Return page `number` of ordered `rows`, of which there are `count`: a stored number that costs no query.

    Raises Http404 when there is no such page.
    """
    try:
        return _Counted(rows, size, count).page(number)
    except EmptyPage as problem:
        raise Http404("No such page") from problem
