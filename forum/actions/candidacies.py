"""Standing in an election, proposing somebody, consenting and withdrawing."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forum import events
from forum.actions.elections import is_on_roll, locked_election
from forum.models import Candidacy, Election
from forum.permissions.elections import can_propose, can_stand, can_withdraw
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import require

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def propose_candidate(
    election: Election, *, by: "User", person: "User", statement: str = "", at: datetime | None = None
) -> Candidacy:
    """Propose somebody on the roll, or stand oneself, and return the candidacy; only oneself consents.

    Doing it twice changes nothing; who withdrew may stand again. Raises Forbidden, and ValidationError for `person`.
    """
    election, now, viewer = locked_election(election), at or timezone.now(), Viewer.of(by)
    stands = by.pk == person.pk
    may = can_stand if stands else can_propose
    require(may(viewer, election, is_on_roll=is_on_roll(election, by), at=now))
    if not stands:
        verdict = can_stand(Viewer.of(person), election, is_on_roll=is_on_roll(election, person), at=now)
        if not verdict:
            text = _("%(name)s cannot stand in this election.") % {"name": person.name}
            raise ValidationError({"person": text})
    candidacy = Candidacy.objects.filter(election=election, user=person).first()
    if candidacy is None:
        candidacy = Candidacy(election=election, user=person, proposed_by=by, created_at=now)
        if not stands:
            candidacy.save()
            events.record("candidate.proposed", by=by, city=election.city, person=person, at=now, election=election.pk)
    return _consent(candidacy, statement=statement, at=now) if stands else candidacy


def _consent(candidacy: Candidacy, *, statement: str, at: datetime) -> Candidacy:
    is_new = candidacy.consented_at is None or candidacy.withdrawn_at is not None
    candidacy.statement = statement.strip()
    if is_new:
        candidacy.consented_at, candidacy.withdrawn_at = at, None
    candidacy.save()
    if is_new:
        election = candidacy.election
        events.record("candidate.stood", by=candidacy.user, city=election.city, at=at, election=election.pk)
    return candidacy


@transaction.atomic
def withdraw_candidacy(candidacy: Candidacy, *, by: "User", at: datetime | None = None) -> Candidacy:
    """Withdraw, or decline to be proposed, and return the candidacy; twice changes nothing. Raises Forbidden."""
    now, election = at or timezone.now(), locked_election(candidacy.election)
    candidacy = Candidacy.objects.select_for_update(of=("self",)).select_related("user").get(pk=candidacy.pk)
    candidacy.election = election
    if candidacy.withdrawn_at:
        return candidacy
    require(can_withdraw(Viewer.of(by), candidacy, at=now))
    candidacy.withdrawn_at = now
    candidacy.save(update_fields=["withdrawn_at"])
    events.record("candidate.withdrew", by=by, city=election.city, at=now, election=election.pk)
    return candidacy
