"""Archiving a city, and opening it again. Nobody deletes one: what others wrote stays to be read and taken along."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forum import events
from forum.actions.elections import RUNNING, end_without_vote, running_election
from forum.models import City, Election, Handover, Petition
from forum.permissions.roles import Viewer
from forum.permissions.succession import can_archive_city
from forum.permissions.verdicts import require

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def archive_city(city: City, *, by: "User", reason: str, at: datetime | None = None) -> City:
    """Make the city read only and return it; twice changes nothing. Running votes, petitions and offers end.

    Raises Forbidden, and ValidationError for reason.
    """
    city, now = _locked(city, by), at or timezone.now()
    if city.is_archived:
        return city
    require(can_archive_city(Viewer.of(by), city, is_recalling=_is_recalling(city)))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    Petition.objects.filter(city=city, state=Petition.State.OPEN).update(state=Petition.State.LAPSED)
    Handover.objects.filter(city=city, state=Handover.State.OFFERED).update(
        state=Handover.State.WITHDRAWN, decided_at=now
    )
    # All rows are locked before the first event is linked.
    running = Election.objects.select_for_update(of=("self", "poll")).filter(city=city, state__in=RUNNING)
    for election in running.select_related("city", "poll").order_by("pk"):
        end_without_vote(election, by=by, reason=reason.strip(), at=now)
    _set(city, City.State.ARCHIVED)
    events.record("city.archived", by=by, city=city, reason=reason.strip(), at=now)
    return city


@transaction.atomic
def reopen_city(city: City, *, by: "User", reason: str = "", at: datetime | None = None) -> City:
    """Let people write in the city again and return it; twice changes nothing. Raises Forbidden."""
    city = _locked(city, by)
    if city.is_archived:
        _set(city, City.State.OPEN)
        events.record("city.reopened", by=by, city=city, reason=reason.strip(), at=at)
    return city


def _locked(city: City, by: "User") -> City:
    city = City.objects.select_for_update(no_key=True).get(pk=city.pk)
    require(can_archive_city(Viewer.of(by), city))
    return city


def _is_recalling(city: City) -> bool:
    recall = Election.Office.RECALL
    asked = Petition.objects.filter(city=city, office=recall, state=Petition.State.OPEN).exists()
    return asked or running_election(city, recall) is not None


def _set(city: City, state: str) -> None:
    city.state = state
    city.save(update_fields=["state"])
