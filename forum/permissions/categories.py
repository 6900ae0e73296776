"""Categories: who puts the directory in order."""

from django.utils.translation import gettext_lazy as _

from forum.permissions.cities import can_act_on_site
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import Verdict, denied


def can_classify(viewer: Viewer) -> Verdict:
    """Return whether the viewer may create, change, order and delete categories."""
    if not viewer.may("classify"):
        return denied(_("Only the site's moderators put the directory in order."))
    return can_act_on_site(viewer)
