"""Petitions as the viewer sees them: those of a city, one, and whether they may start and sign."""

from dataclasses import dataclass

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from forum.models import City, Election, Petition, Signature
from forum.permissions.elections import eligible_citizens
from forum.permissions.petitions import can_see_petition, can_sign, can_start_petition
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import Verdict

SHOWN = 50


@dataclass(frozen=True, slots=True)
class ShownPetition:
    """A petition with what the viewer may do."""

    petition: Petition
    title: str
    has_signed: bool
    may_sign: Verdict


def title_of_petition(petition: Petition) -> str:
    """Return what the petition asks for."""
    if petition.person:
        return _("Petition for a vote on the recall of %(name)s") % {"name": petition.person.name}
    if petition.office == Election.Office.MAYOR:
        return _("Petition for an election of the mayor")
    return _("Petition for an election of deputy mayors")


def petitions_of_city(viewer: Viewer, city: City) -> list[Petition]:
    """Return the petitions of the city, the open ones first, then the newest; one query."""
    rows = Petition.objects.filter(city=city).select_related("author", "person", "election")
    found = list(rows.order_by("-created_at", "-pk")[:SHOWN])
    return sorted(found, key=lambda row: row.state != Petition.State.OPEN)


def get_petition(viewer: Viewer, city: City, pk: int) -> Petition:
    """Return a petition of the city; raise Http404 when the viewer sees none."""
    petition = Petition.objects.select_related("city", "author", "person").filter(city=city, pk=pk).first()
    if petition is None or not can_see_petition(viewer, petition):
        raise Http404("No such petition")
    petition.city = city
    return petition


def _is_eligible(viewer: Viewer, city: City) -> bool:
    return viewer.user is not None and eligible_citizens(city, timezone.now()).filter(pk=viewer.user.pk).exists()


def may_start_petition(viewer: Viewer, city: City) -> Verdict:
    """Return whether the viewer may start a petition; one query."""
    return can_start_petition(viewer, city, is_eligible=_is_eligible(viewer, city))


def shown_petition(viewer: Viewer, petition: Petition) -> ShownPetition:
    """Return the petition with what the viewer may do; two queries."""
    return ShownPetition(
        petition=petition,
        title=title_of_petition(petition),
        has_signed=viewer.user is not None and Signature.objects.filter(petition=petition, user=viewer.user).exists(),
        may_sign=can_sign(viewer, petition, is_eligible=_is_eligible(viewer, petition.city)),
    )
