"""How a person stands in all cities: roles, grants of deputies and sanctions in force, from one query."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import CharField, DateTimeField, F, Value
from django.db.models.functions import Cast

from forum.models import Grant, Membership, Sanction

if TYPE_CHECKING:
    from accounts.models import User

SITE = 0  # stands for the site where a city's id stands otherwise


class InForce(NamedTuple):
    """Of a sanction in force: why, and until when (None for good)."""

    reason: str
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Standing:
    """City id → role, since when a citizen, abilities granted, and kind of sanction → why and until when.

    SITE stands for the site.
    """

    roles: dict[int, str] = field(default_factory=dict)
    since: dict[int, datetime] = field(default_factory=dict)
    grants: dict[int, set[str]] = field(default_factory=dict)
    sanctions: dict[int, dict[str, InForce]] = field(default_factory=dict)

    def has(self, kind: str, city_id: int = SITE) -> bool:
        """Return whether a sanction of the kind is in force there."""
        return kind in self.sanctions.get(city_id, ())

    def in_force(self, kind: str, city_id: int = SITE) -> InForce | None:
        """Return the sanction of the kind that is in force there, None when there is none."""
        return self.sanctions.get(city_id, {}).get(kind)


NOWHERE = Standing()


def standing_of(user: "User") -> Standing:
    """Return how the person stands now. One query. Who is banned from a city holds no role and no grant in it."""
    never, nothing = Cast(Value(None), DateTimeField()), Value("", CharField())
    roles = Membership.objects.filter(user=user).values_list(
        F("city_id"), Value("role", CharField()), Cast("role", CharField()), F("joined_at"), nothing
    )
    grants = Grant.objects.filter(membership__user=user).values_list(
        F("membership__city_id"), Value("grant", CharField()), Cast("ability", CharField()), never, nothing
    )
    sanctions = (
        Sanction.objects.in_force()
        .filter(person=user)
        .exclude(kind=Sanction.Kind.WARNING)
        .values_list(F("city_id"), Value("sanction", CharField()), Cast("kind", CharField()), F("ends_at"), F("reason"))
    )
    standing = Standing()
    for city_id, what, detail, moment, reason in roles.union(grants, sanctions, all=True):
        if what == "role":
            standing.roles[city_id], standing.since[city_id] = detail, moment
        elif what == "grant":
            standing.grants.setdefault(city_id, set()).add(detail)
        else:
            held = standing.sanctions.setdefault(city_id or SITE, {})
            earlier = held.get(detail)
            # Of two at once the longer one counts.
            if earlier is None or (earlier.until and (moment is None or moment > earlier.until)):
                held[detail] = InForce(reason, moment)
    for city_id, held in standing.sanctions.items():
        if Sanction.Kind.BAN in held:
            standing.roles.pop(city_id, None)
            standing.grants.pop(city_id, None)
    return standing
