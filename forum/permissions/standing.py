"""How a person stands in all cities: roles, grants of deputies and sanctions in force, from one query."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import CharField, DateTimeField, F, Value
from django.db.models.functions import Cast

from forum.models import Grant, Membership, Sanction

if TYPE_CHECKING:
    from accounts.models import User

SITE = 0  # stands for the site where a city's id stands otherwise


@dataclass(frozen=True, slots=True)
class Standing:
    """City id → role, abilities granted, and kind of sanction → until when (None for good); SITE for the site."""

    roles: dict[int, str] = field(default_factory=dict)
    grants: dict[int, set[str]] = field(default_factory=dict)
    sanctions: dict[int, dict[str, datetime | None]] = field(default_factory=dict)

    def has(self, kind: str, city_id: int = SITE) -> bool:
        """Return whether a sanction of the kind is in force there."""
        return kind in self.sanctions.get(city_id, ())

    def until(self, kind: str, city_id: int = SITE) -> datetime | None:
        """Return when the sanction ends, None when it holds for good or there is none."""
        return self.sanctions.get(city_id, {}).get(kind)


NOWHERE = Standing()


def standing_of(user: "User") -> Standing:
    """Return how the person stands now. One query. Who is banned from a city holds no role and no grant in it."""
    never = Cast(Value(None), DateTimeField())
    roles = Membership.objects.filter(user=user).values_list(
        F("city_id"), Value("role", CharField()), Cast("role", CharField()), never
    )
    grants = Grant.objects.filter(membership__user=user).values_list(
        F("membership__city_id"), Value("grant", CharField()), Cast("ability", CharField()), never
    )
    sanctions = (
        Sanction.objects.in_force()
        .filter(person=user)
        .exclude(kind=Sanction.Kind.WARNING)
        .values_list(F("city_id"), Value("sanction", CharField()), Cast("kind", CharField()), F("ends_at"))
    )
    standing = Standing()
    for city_id, what, detail, until in roles.union(grants, sanctions, all=True):
        if what == "role":
            standing.roles[city_id] = detail
        elif what == "grant":
            standing.grants.setdefault(city_id, set()).add(detail)
        else:
            held = standing.sanctions.setdefault(city_id or SITE, {})
            earlier = held.get(detail, until)
            # Of two at once the longer one counts.
            held[detail] = max(until, earlier) if until and earlier else None
    for city_id, held in standing.sanctions.items():
        if Sanction.Kind.BAN in held:
            standing.roles.pop(city_id, None)
            standing.grants.pop(city_id, None)
    return standing
