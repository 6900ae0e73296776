"""Joining and leaving a city; naming and dismissing deputy mayors."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forum import events
from forum.actions import counters
from forum.models import Application, City, Grant, Membership, Sanction
from forum.permissions.memberships import can_appoint_deputies, can_join_city, can_leave_city
from forum.permissions.records import record_of
from forum.permissions.roles import TABLE, Viewer
from forum.permissions.rules import may_come
from forum.permissions.verdicts import require

if TYPE_CHECKING:
    from accounts.models import User


def add_citizen(city: City, user: "User", *, at: datetime) -> Membership:
    """Make the person a citizen (for actions that have checked that they may)."""
    membership = Membership.objects.create(city=city, user=user, joined_at=at)
    counters.citizen_changed(city, change=1)
    return membership


@transaction.atomic
def join_city(city: City, *, by: "User", at: datetime | None = None) -> Membership:
    """Become a citizen of an open city; joining twice changes nothing. Raises Forbidden.

    An application that still waits, from when the city asked for one, is closed.
    """
    city = City.objects.select_for_update(no_key=True).get(pk=city.pk)
    viewer = Viewer.of(by)
    membership = Membership.objects.filter(city=city, user=by).first()
    if membership and viewer.is_citizen(city):
        return membership
    require(can_join_city(viewer, city))  # of a citizen who is banned it says so
    now = at or timezone.now()
    require(may_come(viewer, city, record_of(viewer, city, now), now))
    membership = add_citizen(city, by, at=now)
    Application.objects.filter(city=city, user=by, state=Application.State.WAITING).update(
        state=Application.State.WITHDRAWN, decided_at=now
    )
    events.record("membership.joined", by=by, city=city, at=now)
    return membership


def remove_citizen(city: City, user: "User", *, at: datetime | None = None) -> None:
    """Let the person be a citizen of a locked city no longer (for actions that have checked that they may go)."""
    deleted, _rows = Membership.objects.filter(city=city, user=user).delete()
    if deleted:
        counters.citizen_changed(city, change=-1)
        events.record("membership.left", by=user, city=city, at=at)


@transaction.atomic
def leave_city(city: City, *, by: "User") -> City:
    """Stop being a citizen; leaving twice changes nothing. What one wrote stays. Raises Forbidden."""
    city = City.objects.select_for_update(no_key=True).get(pk=city.pk)
    if Membership.objects.filter(city=city, user=by).exists():
        require(can_leave_city(Viewer.of(by), city))
        remove_citizen(city, by)
    return city


def _set_role(city: City, person: "User", role: str, *, at: datetime) -> tuple[Membership, bool]:
    """Return the membership in its new role, and whether that is a change. Raises ValidationError for `person`.

    A new deputy has every ability that can be granted, until the mayor takes some away. The city must be locked.
    """
    membership = Membership.objects.select_for_update().filter(city=city, user=person).first()
    if membership is None:
        raise ValidationError({"person": _("%(name)s is not a citizen of this city.") % {"name": person.name}})
    if role == Membership.Role.DEPUTY and Viewer.of(person).standing.has(Sanction.Kind.BAN, city.pk):
        raise ValidationError({"person": _("%(name)s is banned from this city at present.") % {"name": person.name}})
    if membership.role == Membership.Role.MAYOR:
        raise ValidationError({"person": _("%(name)s is the mayor.") % {"name": person.name}})
    changed = membership.role != role
    if changed:
        membership.role, membership.role_since = role, at
        membership.save(update_fields=["role", "role_since"])
        membership.grants.all().delete()
        if role == Membership.Role.DEPUTY:
            Grant.objects.bulk_create(Grant(membership=membership, ability=one.name) for one in TABLE if one.granted)
    return membership, changed


@transaction.atomic
def name_deputy(city: City, *, by: "User", person: "User", reason: str = "", at: datetime | None = None) -> Membership:
    """Name a citizen deputy mayor; naming twice changes nothing. Raises Forbidden, and ValidationError for `person`."""
    city = City.objects.select_for_update(no_key=True).get(pk=city.pk)  # as an election does that gives the office
    require(can_appoint_deputies(Viewer.of(by), city))
    membership, changed = _set_role(city, person, Membership.Role.DEPUTY, at=at or timezone.now())
    if changed:
        events.record("deputy.named", by=by, city=city, person=person, reason=reason.strip(), at=at)
    return membership


@transaction.atomic
def dismiss_deputy(
    city: City, *, by: "User", person: "User", reason: str = "", at: datetime | None = None
) -> Membership:
    """Make a deputy a citizen again; twice changes nothing. Raises Forbidden, and ValidationError for `person`."""
    city = City.objects.select_for_update(no_key=True).get(pk=city.pk)  # as an election does that gives the office
    require(can_appoint_deputies(Viewer.of(by), city))
    membership, changed = _set_role(city, person, Membership.Role.CITIZEN, at=at or timezone.now())
    if changed:
        events.record("deputy.dismissed", by=by, city=city, person=person, reason=reason.strip(), at=at)
    return membership
