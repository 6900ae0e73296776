"""Offices: as what somebody may write besides as themselves."""

from django.utils.translation import gettext_lazy as _

from forum.models import City, Post
from forum.permissions.roles import DEPUTY, MAYOR, Viewer
from forum.permissions.verdicts import ALLOWED, Verdict, denied


def offices_of(viewer: Viewer, city: City) -> list[str]:
    """Return the offices that the viewer holds towards the city now, as a post names them; most people hold none.

    Nobody speaks in an office that waits for a second factor.
    """
    if viewer.lacks_second_factor:
        return []
    held = [role for role in (MAYOR, DEPUTY) if viewer.roles.get(city.pk) == role]
    return held + ([Post.Office.MODERATOR.value] if viewer.is_moderator else [])


def can_write_in_office(viewer: Viewer, city: City, office: str) -> Verdict:
    """Return whether the viewer may write a post in that office; an empty one is oneself."""
    if not office or office in offices_of(viewer, city):
        return ALLOWED
    return denied(_("You do not hold this office in this city."))
