"""How an office passes on: a new mayor, elected deputies, and an officer who loses the office."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from forum import events
from forum.actions.proclaiming import proclaim
from forum.models import City, Grant, Handover, Membership
from forum.permissions.records import rules_of
from forum.permissions.roles import TABLE
from forum.text.escapes import escape_markdown

if TYPE_CHECKING:
    from accounts.models import User

MONTH = timedelta(days=365.25 / 12)


def give_role(membership: Membership, role: str, *, at: datetime) -> None:
    """Change the role of a citizen; a new deputy has every ability that can be granted, any other role no grants."""
    membership.role, membership.role_since = role, at
    membership.save(update_fields=["role", "role_since"])
    membership.grants.all().delete()
    if role == Membership.Role.DEPUTY:
        Grant.objects.bulk_create(Grant(membership=membership, ability=one.name) for one in TABLE if one.granted)


def make_mayor(
    city: City, person: "User", *, why: str, at: datetime, by: "User | None" = None, reason: str = ""
) -> Membership:
    """Make a citizen mayor of a locked city and return the membership; the one before becomes a citizen.

    `why` is elected, handed, followed or appointed. A new term begins; open offers of the office are withdrawn. It is
    recorded, and told in a notice. For actions that have decided that it must be.
    """
    rows = Membership.objects.select_for_update().filter(city=city)
    membership = rows.get(user=person)
    begin_term(city, at=at)
    if membership.role == Membership.Role.MAYOR:
        return membership
    earlier = rows.filter(role=Membership.Role.MAYOR).first()
    if earlier:  # first, for a city has one mayor at any time
        give_role(earlier, Membership.Role.CITIZEN, at=at)
    give_role(membership, Membership.Role.MAYOR, at=at)
    Handover.objects.filter(city=city, state=Handover.State.OFFERED).update(
        state=Handover.State.WITHDRAWN, decided_at=at
    )
    events.record(f"mayor.{why}", by=by, city=city, person=person, reason=reason, at=at)
    if why != "elected":  # of which the result of the election tells
        name = escape_markdown(person.name)
        proclaim(
            city,
            lambda: _("A new mayor: %(name)s") % {"name": person.name},
            lambda: _("%(name)s is the mayor of this city now.") % {"name": name},
            at=at,
        )
    return membership


def begin_term(city: City, *, at: datetime) -> None:
    """Let the term of the mayor begin anew, as long as the city's rules say; without a term there is no end."""
    months = rules_of(city).term_months
    city.term_ends_at = at + months * MONTH if months else None
    city.save(update_fields=["term_ends_at"])


def seat_deputies(city: City, people: Collection["User"], *, at: datetime) -> None:
    """Make the elected the deputies of a locked city; earlier ones who were not elected become citizens."""
    elected = {person.pk for person in people}
    rows = Membership.objects.select_for_update().filter(city=city).select_related("user").order_by("pk")
    for membership in rows.filter(role=Membership.Role.DEPUTY).exclude(user__in=elected):
        give_role(membership, Membership.Role.CITIZEN, at=at)
        events.record("deputy.ended", by=None, city=city, person=membership.user, at=at)
    for membership in rows.filter(user__in=elected, role=Membership.Role.CITIZEN):
        give_role(membership, Membership.Role.DEPUTY, at=at)
        events.record("deputy.elected", by=None, city=city, person=membership.user, at=at)
