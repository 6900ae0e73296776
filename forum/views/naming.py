"""The one citizen whom somebody means by a typed name."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User
from forum.permissions.roles import Viewer
from forum.queries.memberships import citizens_called


def citizen_called(viewer: Viewer, city: Any, name: str) -> User:
    """Return the one citizen of a name. Raises ValidationError for `person` when there is none or more than one."""
    found = citizens_called(viewer, city, name)
    if not found:
        raise ValidationError({"person": _("No citizen of this city has this name.")})
    if len(found) > 1:
        raise ValidationError({"person": _("Several citizens share this name; use the sign-in name.")})
    return found[0]
