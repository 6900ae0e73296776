"""Naming and dismissing the moderators of the site."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from forum import events
from forum.permissions.moderators import can_name_moderators
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import require


@transaction.atomic
def name_moderator(person: User, *, by: User, reason: str = "", at: datetime | None = None) -> User:
    """Make the person a moderator of the site and return them; twice changes nothing. Raises Forbidden."""
    return _set(person, "moderator.named", by=by, is_staff=True, reason=reason, at=at)


@transaction.atomic
def dismiss_moderator(person: User, *, by: User, reason: str = "", at: datetime | None = None) -> User:
    """Take the office of a moderator from the person and return them; twice changes nothing. Raises Forbidden."""
    return _set(person, "moderator.dismissed", by=by, is_staff=False, reason=reason, at=at)


def _set(person: User, kind: str, *, by: User, is_staff: bool, reason: str, at: datetime | None) -> User:
    person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    require(can_name_moderators(Viewer.of(by)))
    if person.is_staff != is_staff:
        person.is_staff = is_staff
        person.save(update_fields=["is_staff"])
        events.record(kind, by=by, person=person, reason=reason.strip(), at=at)
    return person
