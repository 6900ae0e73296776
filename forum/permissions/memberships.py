"""Memberships: who may join, leave, admit and appoint."""

from django.utils.translation import gettext_lazy as _

from forum.models import City, Membership
from forum.permissions.cities import SIGN_IN_FIRST, can_act_in_city
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import ALLOWED, Verdict, denied


def _can_come(viewer: Viewer, city: City) -> Verdict:
    if not viewer.is_signed_in:
        return denied(SIGN_IN_FIRST)
    if viewer.is_citizen(city):
        return denied(_("You are a citizen of this city already."))
    return can_act_in_city(viewer, city)


def can_join_city(viewer: Viewer, city: City) -> Verdict:
    """Return whether the viewer may become a citizen at once."""
    verdict = _can_come(viewer, city)
    if verdict and city.joining != City.Joining.OPEN:
        return denied(_("This city admits citizens by application."))
    return verdict


def can_apply_to_city(viewer: Viewer, city: City) -> Verdict:
    """Return whether the viewer may ask to become a citizen."""
    verdict = _can_come(viewer, city)
    if verdict and city.joining != City.Joining.APPLICATION:
        return denied(_("Everybody may join this city; no application is needed."))
    return verdict


def can_leave_city(viewer: Viewer, city: City) -> Verdict:
    """Return whether the viewer may leave: every citizen but the mayor."""
    if not viewer.is_citizen(city):
        return denied(_("You are not a citizen of this city."))
    if viewer.role_in(city) == Membership.Role.MAYOR:
        return denied(_("The mayor cannot leave the city: a city always has one."))
    return ALLOWED


def can_admit_citizens(viewer: Viewer, city: City) -> Verdict:
    """Return whether the viewer may decide applications."""
    if not viewer.may("admit", city):
        return denied(_("Only the mayor and the deputy mayors of this city decide applications."))
    return can_act_in_city(viewer, city, archived_too=True)


def can_appoint_deputies(viewer: Viewer, city: City) -> Verdict:
    """Return whether the viewer may name and dismiss deputy mayors."""
    if not viewer.may("appoint", city):
        return denied(_("Only the mayor of this city names and dismisses deputy mayors."))
    return can_act_in_city(viewer, city, archived_too=True)
