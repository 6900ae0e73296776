"""What is offered while one types: threads, cities and people; threads like the one whose title is being written."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from django.db.models import Q, Subquery, Value
from django.db.models.functions import Coalesce, Lower
from opencc import OpenCC

from accounts.models import User
from forum.models import City, Thread
from forum.permissions.roles import Viewer
from forum.permissions.threads import visible_threads
from forum.text.tokens import is_wide

THREADS, CITIES, PEOPLE = 5, 3, 3
LATELY = 10_000  # threads, of those that were written in last, whose titles are looked at
_EVER = datetime(1, 1, 1, tzinfo=UTC)
_LAST = chr(0x10FFFF)  # stands after all that people write


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What begins with, or contains, what is being typed."""

    threads: list[Thread]
    cities: list[City]
    people: list[User]

    def __bool__(self) -> bool:
        return bool(self.threads or self.cities or self.people)


NOTHING = Suggestions([], [], [])


def suggest(viewer: Viewer, text: str, *, city: City | None = None) -> Suggestions:
    """Return what to offer for the text, of the city if one is given; three queries, none for too little text.

    Threads the viewer may see, by a part of the title; cities, whose front doors everybody knows, by a part of the
    name; people by the beginning of a name.
    """
    text = " ".join(text.replace("\0", "").split())[:60]
    if len(text) < 2 and not any(map(is_wide, text)):
        return NOTHING
    there = Thread.objects.filter(city=city) if city else Thread.objects.all()
    times = there.order_by("-last_post_at").values("last_post_at")
    lately = Coalesce(Subquery(times[LATELY : LATELY + 1]), Value(_EVER))
    threads = visible_threads(viewer, there.filter(_like("title", text), last_post_at__gte=lately, is_hidden=False))
    cities = City.objects.filter(_like("name", text) | Q(slug__istartswith=text))
    return Suggestions(
        threads=list(threads.select_related("city").order_by("-last_post_at", "-pk")[:THREADS]),
        cities=list(cities.order_by("-state", "-citizens_count", "-pk")[:CITIES]),
        people=_people(text.casefold()),
    )


def _people(text: str) -> list[User]:
    """Return active people whose sign-in name or display name begins with the text, by two indexes.

    The database compares by its own rules, so what it finds is looked at again.
    """
    near = Q(lower_username__range=(text, text + _LAST)) | Q(lower_display_name__range=(text, text + _LAST))
    rows = User.objects.annotate(lower_username=Lower("username"), lower_display_name=Lower("display_name"))
    people = rows.filter(near, is_active=True, closes_at=None).order_by("username")[: 4 * PEOPLE]
    found: list[User] = [
        one for one in people if any(name.casefold().startswith(text) for name in (one.username, one.name))
    ]
    return found[:PEOPLE]


def _like(field: str, text: str) -> Q:
    """Return the condition that the field holds the text, in Traditional or Simplified characters."""
    found = Q()
    for writing in {text, *(converter.convert(text) for converter in _converters())}:
        found |= Q(**{f"{field}__icontains": writing})
    return found


@cache
def _converters() -> tuple[OpenCC, ...]:
    return OpenCC("s2tw"), OpenCC("t2s")
