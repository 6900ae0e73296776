"""Asking that one's account be closed, and coming back before it is."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.farewell import sign_out_everywhere
from accounts.models import User
from forum import events
from forum.actions.closing.leaving import step_back
from forum.permissions.people import can_close_account
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import require
from forum.queries.people import cities_governed_by

GRACE = timedelta(days=14)  # in which signing in is enough to stay


@transaction.atomic
def ask_to_close(person: User, *, by: User, farewell: str, at: datetime | None = None) -> User:
    """Have the account closed in two weeks, sign it out everywhere, and return the person; twice changes nothing.

    `farewell` is one of User.Farewell: what becomes of their texts. Their name is gone at once unless it stays.
    Raises Forbidden for a mayor, who hands the office over first, and for a moderator of the site.
    """
    person, now = User.objects.select_for_update(no_key=True).get(pk=person.pk), at or timezone.now()
    require(can_close_account(Viewer.of(by), person, governs=cities_governed_by(person)))
    if person.closes_at or person.closed_at:
        return person
    step_back(person, at=now)
    person.farewell, person.closes_at = User.Farewell(farewell), now + GRACE
    person.save(update_fields=["farewell", "closes_at"])
    sign_out_everywhere(person)
    events.record("account.closing", by=by, person=person, at=now)
    return person


@transaction.atomic
def stay(person: User, *, at: datetime | None = None) -> bool:
    """Keep the account of somebody who signed in before it was closed; return whether it was to be closed."""
    person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    if person.closes_at is None or not person.is_active:
        return False
    person.farewell, person.closes_at = "", None
    person.save(update_fields=["farewell", "closes_at"])
    events.record("account.stayed", by=person, person=person, at=at)
    return True


def asked_at(person: User) -> datetime | None:
    """Return when the person asked that their account be closed, None when they did not."""
    return person.closes_at - GRACE if person.closes_at else None
