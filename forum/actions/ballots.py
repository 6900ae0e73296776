"""Casting a ballot: once, for good, and in a secret poll without a row that says whose it is."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forum import events
from forum.actions.counters import ballot_came
from forum.actions.polls import locked
from forum.events.chain import ballot_hash
from forum.models import Ballot, Poll, Voter
from forum.permissions.polls import can_vote
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import require
from forum.voting.ballots import is_valid, receipt_of

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def cast_ballot(
    poll: Poll, *, by: "User", choices: Sequence[int], submission: UUID | None = None, at: datetime | None = None
) -> Ballot:
    """Cast a ballot with the chosen options by position (the first choice first), and return it.

    `submission` is the secret mark of the form: the receipt is made of it, and the same form sent twice returns the
    same ballot. A secret ballot names nobody, and neither its row nor its event says when it was cast but for the
    day. Raises Forbidden, and ValidationError for `choices`.
    """
    poll, now, viewer = locked(poll), at or timezone.now(), Viewer.of(by)
    receipt, voter = receipt_of(poll.pk, submission or uuid4()), Voter.objects.filter(poll=poll, user=by).first()
    if voter and voter.has_voted:
        earlier = poll.ballots.filter(receipt=receipt).first()
        if earlier is None:
            raise ValidationError({"choices": _("You have voted already. A ballot is final.")})
        return earlier
    require(can_vote(viewer, poll, is_on_roll=voter is not None, at=now))
    _check(poll, choices)
    ballot = Ballot(
        poll=poll,
        number=poll.ballots_count + 1,
        receipt=receipt,
        choices=list(choices),
        voter=None if poll.is_secret else by,
    )
    ballot.chain_hash = ballot_hash(poll.chain_head, ballot)
    ballot.save(force_insert=True)
    _mark(poll, by, voter)
    ballot_came(poll, ballot)
    day = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    # Nobody is named even when the poll is open: the ballot itself says who, the record only that it was cast.
    events.record(
        "poll.ballot_cast",
        by=None,
        city=poll.city,
        thread=poll.thread,
        at=day if poll.is_secret else now,
        poll=poll.pk,
        ballot=ballot.number,
        anchor=ballot.chain_hash,
    )
    return ballot


def _check(poll: Poll, choices: Sequence[int]) -> None:
    """Raise ValidationError for `choices` that this poll does not take."""
    offered = set(poll.options.values_list("position", flat=True))
    if is_valid(choices, offered=offered, most=poll.max_choices):
        return
    if choices and set(choices) <= offered and len(set(choices)) == len(choices):
        text = ngettext("Choose at most %(number)s option.", "Choose at most %(number)s options.", poll.max_choices)
        raise ValidationError({"choices": text % {"number": poll.max_choices}})
    raise ValidationError({"choices": _("Choose among the options of this poll, each once.")})


def _mark(poll: Poll, by: "User", voter: Voter | None) -> None:
    """Write down that the person has voted."""
    if voter is None:
        Voter.objects.create(poll=poll, user=by, has_voted=True)
    else:
        Voter.objects.filter(pk=voter.pk).update(has_voted=True)
