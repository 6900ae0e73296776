"""Erasing: who may take personal content out of the record for good."""

from django.utils.translation import gettext_lazy as _

from forum.permissions.cities import can_act_on_site
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import Verdict, denied


def can_erase_content(viewer: Viewer) -> Verdict:
    """Return whether the viewer may erase content for good; hiding is for officers."""
    if not viewer.may("erase"):
        return denied(_("Only the site's moderators erase content for good. Officers hide it."))
    return can_act_on_site(viewer)
