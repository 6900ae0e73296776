"""Invitations: who may invite somebody to the site."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from forum.permissions.cities import can_act_on_site
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import Verdict, denied


def can_invite(viewer: Viewer) -> Verdict:
    """Return whether the viewer may invite somebody to the site: every member, unless it takes nobody in."""
    if settings.SIGNUP == "closed" or not (settings.INVITATIONS_A_MONTH or viewer.is_moderator):
        return denied(_("This site does not take invitations at the moment."))
    return can_act_on_site(viewer)
