"""The queue of city hall: what waits for a decision, page by page, of one city or for the site's moderators."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404

from forum.models import Case, City
from forum.permissions.decisions import TABLE
from forum.permissions.roles import Viewer
from forum.queries.paging import Slice
from forum.queries.queue_items import Item, items_at
from forum.queries.queue_order import (
    APPEAL,
    APPLICATION,
    HELD,
    KINDS,
    REPORT,
    Place,
    counts_of_queue,
    kinds_for,
    page_of_queue,
)

AT_ONCE = 100  # as many things as one may decide together


@dataclass(frozen=True, slots=True)
class HallQueue:
    """One page of the queue, and how many wait of each kind that the viewer may decide."""

    page: Slice[Item]
    kinds: list[str]
    counts: dict[str, int]

    @property
    def total(self) -> int:
        """How many wait in all."""
        return sum(self.counts.values())


def queue_of_city(viewer: Viewer, city: City, *, marks: Mapping[str, Any], kind: str = "") -> HallQueue:
    """Return one page of what waits in the city for this viewer, the most urgent first; `kind` leaves one kind.

    At most eight queries, however much waits. Raises Http404 for a mark that cannot be read.
    """
    kinds = kinds_for(viewer, city)
    chosen = [kind] if kind in kinds else kinds
    places = page_of_queue(viewer, chosen, city, marks=marks)
    page = Slice(items_at(viewer, city, places.items), places.older, places.newer)
    return HallQueue(page, kinds, counts_of_queue(viewer, kinds, city))


def site_queue(viewer: Viewer, *, marks: Mapping[str, Any]) -> HallQueue:
    """Return one page of what waits for the site's moderators from all cities; nothing for anybody else.

    Cases that were passed on, or are about a city or its mayor, and appeals for which a city has nobody else.
    """
    kinds = [REPORT, APPEAL] if viewer.is_moderator else []
    places = page_of_queue(viewer, kinds, None, marks=marks)
    page = Slice(items_at(viewer, None, places.items), places.older, places.newer)
    return HallQueue(page, kinds, counts_of_queue(viewer, kinds, None))


def item_in_queue(viewer: Viewer, city: City, kind: str, pk: int) -> Item:
    """Return one thing of the city, decided or not, with its context; raise Http404 when there is none.

    What is about the viewer is not there for them either, nor what they may not decide.
    """
    if kind not in kinds_for(viewer, city) or pk.bit_length() > 62:
        raise Http404("Nothing of this kind")
    items = items_at(viewer, city, [Place(city.created_at, kind, pk)])
    if not items or not _is_there_for(viewer, city, items[0]):
        raise Http404("No such thing in the queue")
    return items[0]


def _is_there_for(viewer: Viewer, city: City, item: Item) -> bool:
    """Return whether the thing is of the city, not about the viewer, and not one that went past its officers."""
    if item.thing.city_id != city.pk or (item.person and item.person == viewer.user):
        return False
    # Of a report about the city or its mayor only the site's moderators learn who made it.
    is_past = isinstance(item.thing, Case) and bool(item.thing.escalated_at) and item.thing.escalated_by_id is None
    return viewer.is_moderator or not is_past


def items_in_queue(viewer: Viewer, city: City, keys: Iterable[str]) -> list[Item]:
    """Return the things of the city named by their keys (report-12), as far as the viewer may decide their kind.

    What is about the viewer is left out.
    """
    places = []
    for key in list(dict.fromkeys(keys))[:AT_ONCE]:
        kind, _sign, pk = key.partition("-")
        if kind in kinds_for(viewer, city) and kind != APPEAL and pk.isascii() and pk.isdigit() and len(pk) < 18:
            places.append(Place(city.created_at, kind, int(pk)))
    items = items_at(viewer, city, places)
    return [item for item in items if _is_there_for(viewer, city, item)]


def decisions_together(viewer: Viewer, city: City) -> list[tuple[str, list[tuple[str, Any]]]]:
    """Return the decisions that the viewer may take about several things at once, as choices grouped by what waits."""
    groups: dict[str, list[tuple[str, Any]]] = {}
    for decision in TABLE:
        kind = HELD if HELD in decision.things else APPLICATION if APPLICATION in decision.things else REPORT
        if decision.together and viewer.may(decision.ability, city) and viewer.may(KINDS[kind][1], city):
            groups.setdefault(str(KINDS[kind][0]), []).append((decision.name, decision.label))
    return list(groups.items())
