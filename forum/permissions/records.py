"""Records: what the rules of a city ask about a person, read along with the city or thread they write in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, IntegerField, Model, OuterRef, Q, QuerySet, Subquery, When
from django.utils import timezone

from forum.models import City, Post, Rules
from forum.models.rules import POSTS
from forum.permissions.roles import Viewer

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Record:
    """How many posts somebody has on the site and in the city, and wrote in the city within a day since `first`.

    Counted only as far as a rule asks (else 0) and up to POSTS. Hidden posts and held ones count for the day alone.
    """

    posts: int = 0
    posts_here: int = 0
    posts_today: int = 0
    first: datetime | None = None


class _Counted(Subquery):
    """The number of rows of a (sliced) query: counting stops where the slice ends."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def rules_of(city: City) -> Rules:
    """Return the rules of the city, the defaults when it has made none; one query unless they came along with it."""
    try:
        return city.rules
    except Rules.DoesNotExist:
        return Rules(city=city)


def with_record[M: Model](viewer: Viewer, rows: QuerySet[M], city: str = "", at: datetime | None = None) -> QuerySet[M]:
    """Return the rows with rules and record of the viewer; `city` is their field of that name, empty for cities.

    Each number is counted only where the city's rules ask for it.
    """
    rules = f"{city}__rules" if city else "rules"
    rows = rows.select_related(rules)
    if viewer.user is None:
        return rows
    own = Post.objects.filter(author=viewer.user).order_by("-created_at", "-pk").values("pk")
    here = own.filter(thread__city=OuterRef(city or "pk"))
    # A post that waited counts for the day on which it was written.
    since = (at or timezone.now()) - DAY
    today = here.filter(Q(hold=None) | Q(hold__created_at__gt=since), created_at__gt=since)
    first = Subquery(today.order_by("created_at").values("created_at")[:1])
    counted: dict[str, tuple[tuple[str, ...], Any]] = {
        "wrote": (("join_posts", "post_posts"), _Counted(own.filter(is_hidden=False)[:POSTS])),
        "wrote_here": (("thread_posts", "probation_posts"), _Counted(here.filter(is_hidden=False)[:POSTS])),
        "wrote_today": (("posts_per_day",), _Counted(today[:POSTS])),
        "wrote_first": (("posts_per_day",), first),
    }
    return rows.annotate(**{name: _if_asked(rules, asking, number) for name, (asking, number) in counted.items()})


def _if_asked(rules: str, asking: tuple[str, ...], number: Any) -> Case:
    asked = Q()
    for rule in asking:
        asked |= Q(**{f"{rules}__{rule}__gt": 0})
    return Case(When(asked, then=number))


def record_in(row: Model) -> Record:
    """Return the record that came along with a row of `with_record`."""
    numbers = (getattr(row, name, None) or 0 for name in ("wrote", "wrote_here", "wrote_today"))
    posts, here, today = numbers
    return Record(posts, here, today, getattr(row, "wrote_first", None))


_COUNTING = ("join_posts", "post_posts", "thread_posts", "probation_posts", "posts_per_day")


def asks_for_record(city: City) -> bool:
    """Return whether the rules of the city ask for anything in a record; one query for them unless known."""
    rules = rules_of(city)
    return any(getattr(rules, rule) for rule in _COUNTING)


def record_of(viewer: Viewer, city: City, at: datetime | None = None) -> Record:
    """Return the record of the viewer in the city: one query for its rules unless known, one when they count."""
    if not asks_for_record(city):
        return Record()
    row = with_record(viewer, City.objects.filter(pk=city.pk), at=at).get()
    city.rules = rules_of(row)
    return record_in(row)
