"""City life: who may answer the roll call, write in the guestbook and recommend the city."""

from django.utils.translation import gettext_lazy as _

from forum.models import City
from forum.permissions.cities import can_act_in_city, can_see_city
from forum.permissions.roles import Viewer
from forum.permissions.threads import OFFICERS_ONLY
from forum.permissions.verdicts import Verdict, denied


def can_answer_roll(viewer: Viewer, city: City) -> Verdict:
    """Return whether the viewer may answer the roll call: its citizens."""
    if viewer.is_signed_in and not viewer.may("answer_roll", city):
        return denied(
            _("Only citizens of this city answer its roll call. Join the city first."), way=f"city {city.slug}"
        )
    return can_act_in_city(viewer, city)


def can_write_in_guestbook(viewer: Viewer, city: City) -> Verdict:
    """Return whether the viewer may leave a line in the guestbook: every member who may read the city."""
    if not can_see_city(viewer, city):
        return denied(_("Only citizens read and write in this city."))
    return can_act_in_city(viewer, city)


def can_moderate_guestbook(viewer: Viewer, city: City) -> Verdict:
    """Return whether the viewer may hide and restore lines of the guestbook."""
    if viewer.is_signed_in and not viewer.may("hide", city):
        return denied(OFFICERS_ONLY)
    return can_act_in_city(viewer, city)


def can_recommend_city(viewer: Viewer, city: City) -> Verdict:
    """Return whether the viewer may recommend the city: every member who may read it, but not its mayor."""
    verdict = can_act_in_city(viewer, city, archived_too=True, muted_too=True)
    if not verdict:
        return verdict
    if not can_see_city(viewer, city):
        return denied(_("Only citizens read and write in this city."))
    if viewer.role_in(city) == "mayor":
        return denied(_("You cannot recommend your own city."))
    return verdict
