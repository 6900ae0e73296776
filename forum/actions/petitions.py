"""Petitions: citizens ask for an election or a recall, and call it when enough of them have signed."""

from datetime import datetime, timedelta
from math import ceil
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forum import events
from forum.actions.counters import signature_changed
from forum.actions.election_news import record_call
from forum.actions.elections import MOST_SEATS, begin_election, running_election
from forum.actions.texts import cleaned
from forum.models import City, Election, Membership, Petition, Signature
from forum.permissions.elections import FEWEST_ON_ROLL, eligible_citizens
from forum.permissions.petitions import can_sign, can_start_petition
from forum.permissions.records import rules_of
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import require

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import User

OPEN_FOR = timedelta(days=30)


@transaction.atomic
def start_petition(
    city: City, *, by: "User", office: str, words: str, person: "User | None" = None, at: datetime | None = None
) -> Petition:
    """Start a petition for an election, or for the recall of `person`, sign it, and return it.

    One that is open for the same office is returned as it is. The number of signatures is fixed now. Raises
    Forbidden, and ValidationError for words or person, or for all when no vote can come of it.
    """
    city, now = City.objects.select_for_update(no_key=True).get(pk=city.pk), at or timezone.now()
    eligible = eligible_citizens(city, now)
    require(can_start_petition(Viewer.of(by), city, is_eligible=eligible.filter(pk=by.pk).exists()))
    earlier = Petition.objects.filter(city=city, office=office, state=Petition.State.OPEN, ends_at__gt=now).first()
    if earlier:
        return earlier
    count = eligible.count()
    _check(city, office, person, words, count)
    _lapse(Petition.objects.filter(city=city, office=office, state=Petition.State.OPEN), at=now)
    petition = Petition.objects.create(
        city=city,
        office=office,
        person=person if office == Election.Office.RECALL else None,
        author=by,
        words=cleaned(words),
        needed=max(1, ceil(count * rules_of(city).petition_percent / 100)),
        created_at=now,
        ends_at=now + OPEN_FOR,
    )
    events.record(
        "petition.started", by=by, city=city, person=petition.person, at=now, petition=petition.pk, office=office
    )
    return sign_petition(petition, by=by, at=now)


def _check(city: City, office: str, person: "User | None", words: str, eligible: int) -> None:
    """Raise ValidationError for what no petition can be about."""
    if not words.strip():
        raise ValidationError({"words": _("Say why.")})
    if eligible < FEWEST_ON_ROLL:
        raise ValidationError(_("An election needs at least three citizens who may vote."))
    if running_election(city, office):
        raise ValidationError(_("Such a vote is under way already."))
    officers = Membership.objects.officers().filter(city=city, user=person)
    if office == Election.Office.RECALL and not officers.exists():
        raise ValidationError({"person": _("Only the mayor or a deputy mayor can be recalled.")})


@transaction.atomic
def sign_petition(petition: Petition, *, by: "User", at: datetime | None = None) -> Petition:
    """Sign the petition and return it; twice changes nothing. The last signature needed calls the vote at once.

    Raises Forbidden.
    """
    petition, now = _locked(petition), at or timezone.now()
    if Signature.objects.filter(petition=petition, user=by).exists():
        return petition
    is_eligible = eligible_citizens(petition.city, now).filter(pk=by.pk).exists()
    require(can_sign(Viewer.of(by), petition, is_eligible=is_eligible, at=now))
    Signature.objects.create(petition=petition, user=by, created_at=now)
    signature_changed(petition, change=1)
    events.record("petition.signed", by=by, city=petition.city, at=now, petition=petition.pk)
    if petition.signatures_count >= petition.needed:
        _carry(petition, at=now)
    return petition


@transaction.atomic
def unsign_petition(petition: Petition, *, by: "User", at: datetime | None = None) -> Petition:
    """Take one's signature back and return the petition; twice changes nothing. Raises Forbidden once it is closed."""
    petition, now = _locked(petition), at or timezone.now()
    signature = Signature.objects.filter(petition=petition, user=by).first()
    if signature is None:
        return petition
    require(can_sign(Viewer.of(by), petition, is_eligible=True, at=now))
    signature.delete()
    signature_changed(petition, change=-1)
    events.record("petition.unsigned", by=by, city=petition.city, at=now, petition=petition.pk)
    return petition


def lapse_petitions(*, at: datetime) -> int:
    """Close the petitions whose time is over, each in a transaction of its own, and return how many."""
    due = Petition.objects.filter(state=Petition.State.OPEN, ends_at__lte=at).order_by("pk")
    return sum(_lapse_one(petition, at=at) for petition in due)


@transaction.atomic
def _lapse_one(petition: Petition, *, at: datetime) -> int:
    city = City.objects.select_for_update(no_key=True).get(pk=petition.city_id)
    return _lapse(Petition.objects.filter(pk=petition.pk, city=city, state=Petition.State.OPEN), at=at)


def _lapse(rows: "QuerySet[Petition]", *, at: datetime) -> int:
    petitions = list(rows.select_related("city").order_by("pk"))
    for petition in petitions:
        petition.state = Petition.State.LAPSED
        petition.save(update_fields=["state"])
        events.record("petition.lapsed", by=None, city=petition.city, at=at, petition=petition.pk)
    return len(petitions)


def _carry(petition: Petition, *, at: datetime) -> None:
    """Call the vote that enough citizens have asked for; who lost the office meanwhile cannot be recalled any more."""
    petition.state = Petition.State.CARRIED
    election = running_election(petition.city, petition.office)
    if election is None:
        seats = Membership.objects.filter(city=petition.city, role=Membership.Role.DEPUTY).count()
        try:
            election = begin_election(
                petition.city,
                office=petition.office,
                cause=Election.Cause.PETITION,
                person=petition.person,
                seats=min(max(seats, 1), MOST_SEATS) if petition.office == Election.Office.DEPUTY else 1,
                at=at,
            )
        except ValidationError:
            petition.state = Petition.State.LAPSED
    petition.election = election
    petition.save(update_fields=["state", "election"])
    kind = "petition.carried" if election else "petition.lapsed"
    events.record(kind, by=None, city=petition.city, at=at, petition=petition.pk, signatures=petition.signatures_count)
    if election:
        record_call(election, by=None, reason="", at=at)


def _locked(petition: Petition) -> Petition:
    """Return the petition with its row locked, after that of its city: a vote may be called."""
    city = City.objects.select_for_update(no_key=True).get(pk=petition.city_id)
    petition = Petition.objects.select_for_update(of=("self",)).select_related("person").get(pk=petition.pk)
    petition.city = city
    return petition
