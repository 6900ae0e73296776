"""Petitions: who may start one and sign."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.models import City, Petition
from forum.permissions.cities import can_act_in_city, can_see_city
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import Verdict, denied


def can_see_petition(viewer: Viewer, petition: Petition) -> bool:
    """Return whether the viewer may see the petition: where they read the city."""
    return can_see_city(viewer, petition.city)


def can_start_petition(viewer: Viewer, city: City, *, is_eligible: bool) -> Verdict:
    """Return whether the viewer may start a petition: who may vote in an election called today.

    A mute keeps nobody from it: no officer silences a petition against themselves.
    """
    verdict = can_act_in_city(viewer, city, muted_too=True)
    if verdict and not viewer.may("vote", city):
        return denied(_("Only citizens start and sign petitions. Join the city first."), way=f"city {city.slug}")
    if verdict and not is_eligible:
        return denied(_("You have not been a citizen of this city long enough to vote and to sign petitions."))
    return verdict


def can_sign(viewer: Viewer, petition: Petition, *, is_eligible: bool, at: datetime | None = None) -> Verdict:
    """Return whether the viewer may sign the petition, or take the signature back: while it is open."""
    verdict = can_start_petition(viewer, petition.city, is_eligible=is_eligible)
    now = at or timezone.now()
    if verdict and (petition.state != Petition.State.OPEN or petition.ends_at <= now):
        return denied(_("This petition is closed."))
    return verdict
