"""Succession: who may hand over, take over, name a mayor, archive a city and open it again."""

from django.utils.translation import gettext_lazy as _

from forum.models import City, Handover, Membership
from forum.permissions.cities import can_act_in_city, second_factor_of
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import ALLOWED, Verdict, denied


def can_hand_over(viewer: Viewer, city: City) -> Verdict:
    """Return whether the viewer may offer the office of mayor: the mayor, in an open city."""
    if viewer.is_signed_in and viewer.role_in(city) != Membership.Role.MAYOR:
        return denied(_("Only the mayor hands over the office."))
    return second_factor_of(viewer) and can_act_in_city(viewer, city)


def can_answer_handover(viewer: Viewer, handover: Handover) -> Verdict:
    """Return whether the viewer may accept or decline: to whom the office is offered, as long as it is."""
    if viewer.user is None or viewer.user.pk != handover.person_id:
        return denied(_("Only the person to whom the office is offered answers."))
    if handover.state != Handover.State.OFFERED:
        return denied(_("This offer is closed."))
    return can_act_in_city(viewer, handover.city)


def can_appoint_mayor(viewer: Viewer, city: City) -> Verdict:
    """Return whether the viewer may name a mayor: the site's moderators, where the city cannot do it itself."""
    if not viewer.is_moderator:
        return denied(_("Only the site's moderators name a mayor, where the mayor is away and nobody can follow."))
    return second_factor_of(viewer) and can_act_in_city(viewer, city)


def can_archive_city(viewer: Viewer, city: City, *, is_recalling: bool = False) -> Verdict:
    """Return whether the viewer may archive the city, or open it again. Nobody can delete one.

    With `is_recalling` citizens ask for a recall or vote on one: no mayor ends that by archiving the city.
    """
    if viewer.is_signed_in and not viewer.may("govern", city):
        return denied(_("Only the mayor and the site's moderators archive a city and open it again."))
    if is_recalling and not viewer.is_moderator:
        return denied(_("A recall is under way. Until it is over only the site's moderators archive the city."))
    return can_act_in_city(viewer, city, archived_too=True)


def can_see_succession(viewer: Viewer, city: City) -> Verdict:
    """Return whether the viewer may open the page of succession in city hall."""
    if viewer.may("govern", city):
        return ALLOWED
    return denied(_("Only the mayor and the site's moderators see this page."))
