"""Elections: who is on the roll, who may call one, stand, propose, and cancel it."""

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from forum.models import Candidacy, City, Election, Membership, Sanction
from forum.permissions.cities import can_act_in_city, can_see_city, second_factor_of
from forum.permissions.records import rules_of
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import ALLOWED, Verdict, denied

FEWEST_ON_ROLL = 3  # fewer citizens can settle it among themselves


def eligible_citizens(city: City, at: datetime) -> QuerySet[User]:
    """Return who may vote and stand: citizens for the days the city's rules ask for, who are not banned then.

    The minimum time shuts out people who join only to vote. One query for the rules unless they came with the city.
    """
    since = at - timedelta(days=rules_of(city).vote_days)
    members = Membership.objects.filter(city=city, joined_at__lte=since).values("user")
    return _in_good_standing(city, at).filter(pk__in=members)


def still_citizens(city: City, at: datetime) -> QuerySet[User]:
    """Return who can hold an office at the time: citizens who are not banned."""
    return _in_good_standing(city, at).filter(pk__in=Membership.objects.filter(city=city).values("user"))


def _in_good_standing(city: City, at: datetime) -> QuerySet[User]:
    barred = Sanction.objects.in_force(at)
    banned = barred.filter(city=city, kind=Sanction.Kind.BAN).values("person")
    suspended = barred.filter(city=None, kind=Sanction.Kind.SUSPENSION).values("person")
    staying = User.objects.filter(is_active=True, closes_at=None)
    return staying.exclude(pk__in=banned).exclude(pk__in=suspended)


def can_see_election(viewer: Viewer, election: Election) -> bool:
    """Return whether the viewer may see the election: where they read the city."""
    return can_see_city(viewer, election.city)


def can_call_election(viewer: Viewer, city: City, office: str = "") -> Verdict:
    """Return whether the viewer may call an election; a recall only the citizens by petition, and the site."""
    if viewer.is_signed_in and not viewer.may("govern", city):
        return denied(_("Only the mayor calls an election; citizens do it by a petition."))
    if office == Election.Office.RECALL and not viewer.is_moderator:
        return denied(_("A recall is called by a petition of the citizens."))
    return can_act_in_city(viewer, city)


def can_propose(viewer: Viewer, election: Election, *, is_on_roll: bool, at: datetime | None = None) -> Verdict:
    """Return whether the viewer may propose a candidate: on the roll, while nominations are open."""
    verdict = can_act_in_city(viewer, election.city)
    if not verdict:
        return verdict
    if not is_on_roll:
        return denied(_("The roll was fixed when the election was called, and you are not on it."))
    if election.state != Election.State.NOMINATING or _is_over(election, at):
        return denied(_("Nominations are closed."))
    return ALLOWED


def can_stand(viewer: Viewer, election: Election, *, is_on_roll: bool, at: datetime | None = None) -> Verdict:
    """Return whether the viewer may stand, or consent to being proposed: who may propose; no mayor as a deputy."""
    verdict = can_propose(viewer, election, is_on_roll=is_on_roll, at=at)
    is_mayor = viewer.role_in(election.city) == Membership.Role.MAYOR
    if verdict and is_mayor and election.office == Election.Office.DEPUTY:
        return denied(_("The mayor cannot be a deputy mayor as well."))
    return verdict


def can_withdraw(viewer: Viewer, candidacy: Candidacy, *, at: datetime | None = None) -> Verdict:
    """Return whether the viewer may withdraw the candidacy, or decline the proposal: their own, before voting."""
    if viewer.user is None or viewer.user.pk != candidacy.user_id:
        return denied(_("Only the candidates themselves withdraw."))
    if candidacy.election.state != Election.State.NOMINATING or _is_over(candidacy.election, at):
        return denied(_("Nominations are closed."))
    return ALLOWED


def can_cancel_election(viewer: Viewer, election: Election) -> Verdict:
    """Return whether the viewer may cancel the election: the site's moderators, while it runs."""
    if election.state not in (Election.State.NOMINATING, Election.State.VOTING):
        return denied(_("This election is over."))
    if not viewer.is_moderator:
        return denied(_("Only the site's moderators cancel an election."))
    return second_factor_of(viewer) and can_act_in_city(viewer, election.city, archived_too=True)


def _is_over(election: Election, at: datetime | None) -> bool:
    end = election.nominations_end_at
    return end is not None and end <= (at or timezone.now())
