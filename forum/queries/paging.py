"""Keyset paging: pages that neither skip nor repeat while people write; and numbered pages of what is counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.core.paginator import EmptyPage, Page, Paginator
from django.db.models import BooleanField, DateTimeField, F, Func, Model, OuterRef, Q, QuerySet, Value
from django.db.models.lookups import GreaterThan, LessThan
from django.http import Http404

PAGE_SIZE = 20
MOST_BITS = 62  # of a number that every database knows


class _Pair(Func):
    """Two values that are compared as one."""

    template = "(%(expressions)s)"
    output_field = BooleanField()  # never asked for: a pair stands in comparisons only


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


def place_in(model: type[Model], field: str, mark: str) -> tuple[datetime | int, int]:
    """Return value and id of a mark in the order by `field`; raise Http404 for anything that is none there."""
    value, pk = read_mark(mark)
    if isinstance(value, datetime) != isinstance(model._meta.get_field(field), DateTimeField):
        raise Http404(f"No page at {mark!r}")  # a number where a time belongs, or the other way about
    if max(pk.bit_length(), 0 if isinstance(value, datetime) else value.bit_length()) > MOST_BITS:
        raise Http404(f"No page at {mark!r}")
    return value, pk


def beyond(model: type[Model], field: str, mark: str, *, newer: bool) -> Q:
    """Return the condition for what stands beyond the mark in the order by `field` and id."""
    value, pk = place_in(model, field, mark)
    return beyond_place(field, Value(value), Value(pk), above=newer)


def beyond_place(field: str, value: Value | OuterRef, pk: Value | OuterRef, *, above: bool) -> Q:
    """Return the condition for what stands above a place in the order by `field` and id, or below it.

    Both at once, as a pair: that begins within an index right at the place. "Less, or equal and with a lower id" would
    walk all rows of an equal value, and hardly any thread is recommended.
    """
    compare = GreaterThan if above else LessThan
    return Q(compare(_Pair(F(field), F("pk")), _Pair(value, pk)))


def keyset[M: Model](
    rows: QuerySet[M],
    *,
    field: str,
    marks: Mapping[str, Any],
    size: int = PAGE_SIZE,
) -> Slice[M]:
    """Return one page of `rows`, highest `field` first; `marks` may hold `after` or `before` from an address.

    One query. Raises Http404 for what is no mark.
    """
    after, before = str(marks.get("after") or ""), str(marks.get("before") or "")
    try:
        if before and not after:
            cut = rows.filter(beyond(rows.model, field, before, newer=True)).order_by(field, "pk")[: size + 1]
            return page_of(list(cut), field, size=size, after=after, before=before)
        if after:
            rows = rows.filter(beyond(rows.model, field, after, newer=False))
        found = list(rows.order_by(f"-{field}", "-pk")[: size + 1])
    except (TypeError, ValueError, OverflowError) as problem:  # a number that no database knows
        raise Http404("No such page") from problem
    return page_of(found, field, size=size, after=after, before=before)


def page_of[M: Model](found: list[M], field: str, *, size: int, after: str, before: str) -> Slice[M]:
    """Return the page of what was found beyond a mark, with one more where there is more; without `after`, what was
    found before a mark runs from low to high.
    """
    if before and not after:
        return _slice(found[:size][::-1], field, has_older=True, has_newer=len(found) > size)
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
