"""Conduct: what a city knows of a person's past in it, for those who decide about them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import CharField, Count, F, Value
from django.db.models.functions import Coalesce

from forum.models import Application, Case, City, Membership, Post, Sanction
from forum.permissions.sanctions import RANKS


@dataclass(frozen=True, slots=True)
class Conduct:
    """How many posts the person has in the city, how many are hidden, what was decided about them; their office."""

    posts: int = 0
    hidden: int = 0
    sanctions: int = 0
    cases: int = 0
    refusals: int = 0
    is_deputy: int = 0
    is_mayor: int = 0

    @property
    def rank(self) -> int:
        """How high their office in the city stands (see forum/permissions/sanctions.py)."""
        role = Membership.Role.MAYOR if self.is_mayor else Membership.Role.DEPUTY if self.is_deputy else ""
        return RANKS.get(role, 0)


def conduct_in(city: City, people: Iterable[int]) -> dict[int, Conduct]:
    """Return the conduct of the people in the city by their ids; one query.

    Counted are posts (hidden ones by themselves, held ones not at all), sanctions that were not lifted, reports of
    them that were upheld, and applications refused.
    """
    known = set(people)
    if not known:
        return {}
    posts = Post.objects.filter(thread__city=city, author__in=known, is_held=False).annotate(who=F("author_id"))
    sanctions = Sanction.objects.filter(city=city, person__in=known, lifted_at=None).annotate(who=F("person_id"))
    cases = Case.objects.filter(city=city, state=Case.State.UPHELD).annotate(
        who=Coalesce("post__author", "thread__author", "person")
    )
    refused = Application.objects.filter(city=city, user__in=known, state=Application.State.REFUSED)
    officers = Membership.objects.filter(city=city, user__in=known).annotate(who=F("user_id"))
    parts = [
        (what, rows.order_by().annotate(what=Value(what, CharField())).values_list("who", "what"))
        for what, rows in (
            ("posts", posts.filter(is_hidden=False)),
            ("hidden", posts.filter(is_hidden=True)),
            ("sanctions", sanctions),
            ("cases", cases.filter(who__in=known)),
            ("refusals", refused.annotate(who=F("user_id"))),
            ("is_deputy", officers.filter(role=Membership.Role.DEPUTY)),
            ("is_mayor", officers.filter(role=Membership.Role.MAYOR)),
        )
    ]
    first, *others = [rows.annotate(number=Count("pk")) for _what, rows in parts]
    found: dict[int, dict[str, int]] = {}
    for who, what, number in first.union(*others, all=True):
        found.setdefault(who, {})[what] = number
    return {who: Conduct(**numbers) for who, numbers in found.items()}
