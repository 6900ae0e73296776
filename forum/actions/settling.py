"""What comes about by itself when its time has come: votes, petitions, terms, texts that appear later."""

import logging
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial

from django.db.models import Q
from django.utils import timezone

from forum.actions.absences import cities_with_terms, mayors_long_away, settle_absence, settle_term
from forum.actions.closing import accounts_to_close, settle_closing
from forum.actions.election_results import settle_election
from forum.actions.petitions import lapse_petitions
from forum.actions.polls import settle_poll
from forum.actions.scheduling import publish_text
from forum.models import Draft, Election, Poll

log = logging.getLogger(__name__)


def settle_due(at: datetime | None = None) -> int:
    """Do everything whose time has come, and return how much was done; at once again, nothing is left to do.

    Each thing has a transaction of its own, which locks and looks again: several who settle at the same moment do it
    once. One that fails is logged and holds up no other.
    """
    now = at or timezone.now()
    return sum(_done(act) for act in _due(now))


def _due(now: datetime) -> Iterator[Callable[[], object]]:
    elections = Election.objects.filter(
        Q(state=Election.State.NOMINATING, nominations_end_at__lte=now)
        | Q(state=Election.State.VOTING, ends_at__lte=now)
    )
    for election in elections.order_by("ends_at", "pk"):
        yield partial(settle_election, election, at=now)
    polls = Poll.objects.filter(closed_at=None, closes_at__lte=now, thread__isnull=False)
    for poll in polls.order_by("closes_at", "pk"):
        yield partial(settle_poll, poll, at=now)
    for draft in Draft.objects.scheduled().filter(appears_at__lte=now).order_by("appears_at", "pk"):
        yield partial(publish_text, draft, at=now)
    yield partial(lapse_petitions, at=now)
    for city in cities_with_terms(now):
        yield partial(settle_term, city, at=now)
    for mayor in mayors_long_away(now):
        yield partial(settle_absence, mayor, at=now)
    for person in accounts_to_close(now):
        yield partial(settle_closing, person, at=now)


def _done(act: Callable[[], object]) -> int:
    """Do one thing; return how much was done."""
    try:
        answer = act()
    except Exception:
        log.exception("Something could not be settled")
        return 0
    return answer if isinstance(answer, int) else 1
