"""Sanctions: who may warn, mute, ban and suspend whom, and who lifts that again."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from forum.models import City, Membership, Post, Sanction
from forum.permissions.cities import can_act_in_city, can_act_on_site
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import ALLOWED, Verdict, denied

if TYPE_CHECKING:
    from accounts.models import User

# How high an office stands: nobody sanctions a person of the same or a higher one.
RANKS = {Membership.Role.DEPUTY.value: 1, Membership.Role.MAYOR.value: 2}
RANK_OF_MODERATORS = 3

OFFICERS_SANCTION = _(
    "Only the mayor of this city and the deputy mayors to whom it is entrusted warn, mute and ban people here."
)
MODERATORS_SUSPEND = _("Only the site's moderators suspend people from the whole site.")
NOT_YOURSELF = _("Nobody sanctions themselves.")
HIGHER_OFFICE = _(
    "Nobody sanctions a person of the same or a higher office: a deputy mayor is sanctioned by the mayor, a mayor by "
    "the site's moderators."
)
LIFTED_ABOVE = _("A sanction is lifted by an office as high as the one that imposed it, or on appeal.")
NOT_YOUR_OWN = _("Nobody lifts a sanction on themselves. You can appeal.")


def ranks_in(city: City | None, people: "Iterable[User]") -> dict[int, int]:
    """Return how high the office of each person stands, by their id, also while they are banned; one query at most."""
    people = list(people)
    roles = dict(Membership.objects.filter(city=city, user__in=people).values_list("user", "role")) if city else {}
    return {one.pk: RANK_OF_MODERATORS if one.is_staff else RANKS.get(roles.get(one.pk, ""), 0) for one in people}


def _rank_of(viewer: Viewer, city: City | None) -> int:
    if viewer.is_moderator:
        return RANK_OF_MODERATORS
    return RANKS.get(viewer.role_in(city), 0) if city else 0


def can_sanction_in_city(viewer: Viewer, city: City) -> Verdict:
    """Return whether the viewer may sanction anybody in the city."""
    if not viewer.may("sanction", city):
        return denied(OFFICERS_SANCTION)
    return can_act_in_city(viewer, city, archived_too=True)


def can_suspend(viewer: Viewer) -> Verdict:
    """Return whether the viewer may suspend anybody from the site."""
    return can_act_on_site(viewer) if viewer.may("suspend") else denied(MODERATORS_SUSPEND)


def can_sanction_here(viewer: Viewer, city: City | None) -> Verdict:
    """Return whether the viewer may sanction anybody in the city, or suspend from the site when it is None."""
    return can_sanction_in_city(viewer, city) if city else can_suspend(viewer)


def can_sanction_person(viewer: Viewer, city: City | None, person_id: int, *, rank: int) -> Verdict:
    """Return whether the viewer may sanction the person in the city, or on the site when it is None.

    `rank` is that of the person there (see ranks_in).
    """
    verdict = can_sanction_here(viewer, city)
    if not verdict:
        return verdict
    if viewer.user is not None and viewer.user.pk == person_id:
        return denied(NOT_YOURSELF)
    return ALLOWED if rank < _rank_of(viewer, city) else denied(HIGHER_OFFICE)


def can_sanction_author(viewer: Viewer, post: Post, *, role: str) -> Verdict:
    """Return whether the viewer may sanction the author of the post, whose role in its city is known; no query."""
    rank = RANK_OF_MODERATORS if post.author.is_staff else RANKS.get(role, 0)
    return can_sanction_person(viewer, post.thread.city, post.author_id, rank=rank)


def can_lift_sanction(viewer: Viewer, sanction: Sanction, *, rank: int) -> Verdict:
    """Return whether the viewer may lift the sanction; `rank` is the present one of who imposed it (see ranks_in)."""
    verdict = can_sanction_here(viewer, sanction.city)
    if not verdict:
        return verdict
    if viewer.user is not None and viewer.user.pk == sanction.person_id:
        return denied(NOT_YOUR_OWN)
    return ALLOWED if rank <= _rank_of(viewer, sanction.city) else denied(LIFTED_ABOVE)


def can_see_sanctions(viewer: Viewer, city: City | None) -> Verdict:
    """Return whether the viewer may read the list of sanctions: the officers of the city, or the moderators."""
    if city is None:
        return ALLOWED if viewer.may("suspend") else denied(MODERATORS_SUSPEND)
    return ALLOWED if viewer.is_officer(city) else denied(OFFICERS_SANCTION)
