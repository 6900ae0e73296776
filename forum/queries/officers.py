"""The officers of a city, and exactly what each of them may do."""

from dataclasses import dataclass

from forum.models import City, Grant, Membership
from forum.permissions.roles import TABLE, Ability, Viewer

GRANTED = tuple(ability for ability in TABLE if ability.granted)


@dataclass(frozen=True, slots=True)
class Officer:
    """A mayor or deputy, and the abilities that can be granted which they have."""

    membership: Membership
    abilities: frozenset[str]

    @property
    def cells(self) -> list[tuple[Ability, bool]]:
        """Every ability that can be granted, and whether this officer has it."""
        return [(ability, ability.name in self.abilities) for ability in GRANTED]

    @property
    def may(self) -> list[Ability]:
        """The abilities this officer has, in the order of the table."""
        return [ability for ability, has in self.cells if has]


def officers_of_city(viewer: Viewer, city: City) -> list[Officer]:
    """Return the mayor, then the deputies by how long they hold office; two queries. Who is banned is not there."""
    rows = Membership.objects.present().filter(city=city).by_office().select_related("user")
    granted: dict[int, set[str]] = {}
    for membership_id, ability in Grant.objects.filter(membership__city=city).values_list("membership", "ability"):
        granted.setdefault(membership_id, set()).add(ability)
    every = frozenset(ability.name for ability in GRANTED)
    return [
        Officer(row, every if row.role == Membership.Role.MAYOR else every & granted.get(row.pk, set())) for row in rows
    ]


def deputies_with_abilities(viewer: Viewer, city: City) -> list[Officer]:
    """Return the deputies with what they may do; two queries."""
    return [one for one in officers_of_city(viewer, city) if one.membership.role == Membership.Role.DEPUTY]
