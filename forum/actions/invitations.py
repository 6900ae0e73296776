"""Inviting somebody to the site."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Invitation, User
from forum import events
from forum.permissions.invitations import can_invite
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import require
from forum.queries.invitations import invitations_left


@transaction.atomic
def invite_somebody(by: User, *, note: str = "", at: datetime | None = None) -> Invitation:
    """Make an invitation, which holds for a month and is used once, and return it.

    Raises Forbidden, and ValidationError for `note` when this month's are used up.
    """
    by, now = User.objects.select_for_update(no_key=True).get(pk=by.pk), at or timezone.now()
    viewer = Viewer.of(by)
    require(can_invite(viewer))
    if invitations_left(viewer, now) == 0:
        raise ValidationError({"note": _("You have made as many invitations this month as there are.")})
    until = now + timedelta(days=settings.INVITATION_DAYS)
    invitation = Invitation.objects.create(inviter=by, note=note.strip()[:100], created_at=now, expires_at=until)
    events.record("invitation.made", by=by, at=now)
    return invitation
