"""Handing over the office of mayor, and naming a mayor where a city cannot find one."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forum import events
from forum.actions.elections import running_election
from forum.actions.offices import make_mayor
from forum.models import City, Election, Handover, Membership
from forum.permissions.elections import still_citizens
from forum.permissions.roles import Viewer
from forum.permissions.succession import can_answer_handover, can_appoint_mayor, can_hand_over
from forum.permissions.verdicts import require

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def offer_office(city: City, *, by: "User", person: "User", at: datetime | None = None) -> Handover:
    """Offer the office of mayor to a citizen and return the offer; the same again changes nothing.

    Raises Forbidden, and ValidationError for `person`.
    """
    city, now = City.objects.select_for_update(no_key=True).get(pk=city.pk), at or timezone.now()
    require(can_hand_over(Viewer.of(by), city))
    earlier = Handover.objects.filter(city=city, state=Handover.State.OFFERED).first()
    if earlier and earlier.person_id == person.pk:
        return earlier
    if earlier:
        raise ValidationError({"person": _("The office is offered to somebody already. Withdraw that offer first.")})
    if person.pk == by.pk or not still_citizens(city, now).filter(pk=person.pk).exists():
        raise ValidationError({"person": _("Choose another citizen of this city, who is not banned.")})
    if running_election(city, Election.Office.MAYOR):
        raise ValidationError({"person": _("The citizens are electing a mayor at present.")})
    handover = Handover.objects.create(city=city, offered_by=by, person=person, created_at=now)
    events.record("handover.offered", by=by, city=city, person=person, at=now)
    return handover


@transaction.atomic
def withdraw_offer(handover: Handover, *, by: "User", at: datetime | None = None) -> Handover:
    """Take the offer back and return it; a closed one stays as it is. Raises Forbidden."""
    handover, now = _locked(handover), at or timezone.now()
    if handover.state == Handover.State.OFFERED:
        require(can_hand_over(Viewer.of(by), handover.city))
        _close(handover, Handover.State.WITHDRAWN, "handover.withdrawn", by=by, at=now)
    return handover


@transaction.atomic
def answer_offer(handover: Handover, *, by: "User", accept: bool, at: datetime | None = None) -> Handover:
    """Accept the office, or decline, and return the offer; a closed one stays as it is.

    Raises Forbidden, and ValidationError when the offer cannot be accepted any more.
    """
    handover, now = _locked(handover), at or timezone.now()
    if handover.state != Handover.State.OFFERED and handover.person_id == by.pk:
        return handover
    require(can_answer_handover(Viewer.of(by), handover))
    if not accept:
        _close(handover, Handover.State.DECLINED, "handover.declined", by=by, at=now)
        return handover
    city = handover.city
    offering = Membership.objects.filter(city=city, user=handover.offered_by, role=Membership.Role.MAYOR)
    if not offering.exists() or not still_citizens(city, now).filter(pk=by.pk).exists():
        raise ValidationError(_("This offer does not hold any more."))
    if running_election(city, Election.Office.MAYOR):
        raise ValidationError(_("The citizens are electing a mayor at present."))
    _close(handover, Handover.State.ACCEPTED, "handover.accepted", by=by, at=now)
    make_mayor(city, by, why="handed", by=handover.offered_by, at=now)
    return handover


def _close(handover: Handover, state: str, kind: str, *, by: "User", at: datetime) -> None:
    handover.state, handover.decided_at = state, at
    handover.save(update_fields=["state", "decided_at"])
    other = handover.offered_by if by.pk == handover.person_id else handover.person
    events.record(kind, by=by, city=handover.city, person=other, at=at)


@transaction.atomic
def appoint_mayor(city: City, *, by: "User", person: "User", reason: str, at: datetime | None = None) -> Membership:
    """Name a citizen mayor in place of one who is gone, and return the membership; twice changes nothing.

    Raises Forbidden, and ValidationError for person or reason.
    """
    city, now = City.objects.select_for_update(no_key=True).get(pk=city.pk), at or timezone.now()
    require(can_appoint_mayor(Viewer.of(by), city))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    if not still_citizens(city, now).filter(pk=person.pk).exists():
        raise ValidationError({"person": _("Choose another citizen of this city, who is not banned.")})
    return make_mayor(city, person, why="appointed", by=by, reason=reason.strip(), at=now)


def _locked(handover: Handover) -> Handover:
    """Return the offer with its row locked, after that of its city."""
    city = City.objects.select_for_update(no_key=True).get(pk=handover.city_id)
    rows = Handover.objects.select_for_update(of=("self",)).select_related("person", "offered_by")
    handover = rows.get(pk=handover.pk)
    handover.city = city
    return handover
