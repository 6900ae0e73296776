"""How a person stands: roles, grants of deputies and sanctions in all cities, blocks, and what is read; one query."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings
from django.db import connection
from django.utils import timezone

from accounts.statements import execute
from forum.models import City, Sanction
from forum.permissions.unread import UNREAD, values_of_unread

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

    `closed` are those of these cities that only their citizens read. SITE stands for the site. `blocks` holds the ids
    of those whom the person has blocked; `read_before` is when they last marked everything as read; `has_factor`
    whether a second factor is there, where officers need one; `unread` counts notifications up to COUNTED, None where
    they were not counted.
    """

    roles: dict[int, str] = field(default_factory=dict)
    since: dict[int, datetime] = field(default_factory=dict)
    closed: set[int] = field(default_factory=set)
    grants: dict[int, set[str]] = field(default_factory=dict)
    sanctions: dict[int, dict[str, InForce]] = field(default_factory=dict)
    blocks: frozenset[int] = frozenset()
    read_before: datetime | None = None
    has_factor: bool = False
    unread: int | None = None

    def has(self, kind: str, city_id: int = SITE) -> bool:
        """Return whether a sanction of the kind is in force there."""
        return kind in self.sanctions.get(city_id, ())

    def in_force(self, kind: str, city_id: int = SITE) -> InForce | None:
        """Return the sanction of the kind that is in force there, None when there is none."""
        return self.sanctions.get(city_id, {}).get(kind)


NOWHERE = Standing()


# In plain SQL, because it is asked on every page of a member: having Django write it costs four times what the
# database takes to answer. Roles come first: they tell PostgreSQL the types of the columns.
_ASKED = """
SELECT m.city_id, 'role', m.role, m.joined_at, c.visibility FROM forum_membership m
JOIN forum_city c ON c.id = m.city_id WHERE m.user_id = %s
UNION ALL
SELECT m.city_id, 'grant', g.ability, NULL, '' FROM forum_grant g
JOIN forum_membership m ON m.id = g.membership_id WHERE m.user_id = %s
UNION ALL
SELECT city_id, 'sanction', kind, ends_at, reason FROM forum_sanction
WHERE person_id = %s AND kind <> 'warning' AND lifted_at IS NULL AND (ends_at IS NULL OR ends_at > %s)
UNION ALL
SELECT blocked_id, 'block', '', NULL, '' FROM forum_block WHERE user_id = %s
UNION ALL
SELECT NULL, 'read', '', read_before, '' FROM forum_boardmark WHERE user_id = %s AND board_id IS NULL
"""
# Only asked where the site wants to know it.
_ASKED_FACTOR = """
UNION ALL
SELECT NULL, 'factor', type, NULL, '' FROM mfa_authenticator WHERE user_id = %s AND type IN ('totp', 'webauthn')
"""


def _rows(user: "User", *, counts: bool) -> Iterator[tuple[int | None, str, str, datetime | None, str]]:
    """Yield (city id, what, detail, moment, reason) of every role, grant and sanction in force.

    Of a block the id is that of the person; of a role the reason is who may read the city.
    """
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    asked, values = _ASKED, [user.pk, user.pk, user.pk, now, user.pk, user.pk]
    if counts:
        asked, values = f"{asked}UNION ALL{UNREAD}", [*values, *values_of_unread(user, now)]
    if settings.REQUIRE_SECOND_FACTOR_FOR_OFFICERS:
        asked, values = asked + _ASKED_FACTOR, [*values, user.pk]
    for city_id, what, detail, moment, reason in execute(asked, values):
        # SQLite keeps moments in UTC without saying so, and those of a union as text.
        known = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
        yield city_id, what, detail, known and (known if known.tzinfo else known.replace(tzinfo=UTC)), reason


def unread_of(user: "User") -> int:
    """Return how many notifications are unread, as `standing_of` counts them with the rest; one query."""
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    return int(execute(UNREAD, values_of_unread(user, now))[0][2])


def standing_of(user: "User", *, counts: bool = True) -> Standing:
    """Return how the person stands now; one query, which also `counts` what is unread, or leaves that out.

    Who is banned from a city holds no role and no grant in it.
    """
    rows = list(_rows(user, counts=counts))
    standing = Standing(
        blocks=frozenset(pk for pk, what, *_rest in rows if what == "block" and pk),
        read_before=next((moment for _pk, what, _detail, moment, _why in rows if what == "read"), None),
        has_factor=any(what == "factor" for _pk, what, *_rest in rows),
        unread=next((int(detail) for _pk, what, detail, *_rest in rows if what == "unread"), None),
    )
    for city_id, what, detail, moment, reason in rows:
        if what == "role" and city_id and moment:
            standing.roles[city_id], standing.since[city_id] = detail, moment
            if reason == City.Visibility.CITIZENS:
                standing.closed.add(city_id)
        elif what == "grant" and city_id:
            standing.grants.setdefault(city_id, set()).add(detail)
        elif what == "sanction":
            held = standing.sanctions.setdefault(city_id or SITE, {})
            earlier = held.get(detail)
            # Of two at once the longer one counts.
            if earlier is None or (earlier.until and (moment is None or moment > earlier.until)):
                held[detail] = InForce(reason, moment)
    for city_id, held in standing.sanctions.items():
        if Sanction.Kind.BAN in held:
            standing.roles.pop(city_id, None)
            standing.grants.pop(city_id, None)
            standing.closed.discard(city_id)
    return standing
