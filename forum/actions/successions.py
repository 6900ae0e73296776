"""Who follows a mayor that is gone: a deputy, else whom the citizens elect, else the site is told."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError

from forum import events
from forum.actions.election_news import record_call
from forum.actions.elections import begin_election, running_election
from forum.actions.offices import make_mayor
from forum.models import City, Election, Event, Membership
from forum.permissions.elections import still_citizens

PRESENT = timedelta(days=30)  # a deputy who was seen within this time can follow


def follow(city: City, *, cause: str, at: datetime, then_elect: bool = False) -> str:
    """Find who follows the mayor of a locked city; return deputy, election or site.

    With `then_elect` an election is called even when a deputy follows. The mayor keeps the office until somebody
    else has it.
    """
    deputy = _deputy(city, at)
    if deputy:
        make_mayor(city, deputy.user, why="followed", at=at)
    if (deputy is None or then_elect) and _elect(city, cause, at):
        return "deputy" if deputy else "election"
    if deputy is None:
        events.record("mayor.missing", by=None, city=city, at=at)
        return "site"
    return "deputy"


def _deputy(city: City, at: datetime) -> Membership | None:
    """Return the deputy longest in office who was here lately and is not banned."""
    rows = Membership.objects.filter(city=city, role=Membership.Role.DEPUTY, user__in=still_citizens(city, at))
    present = rows.filter(user__last_seen_on__gte=(at - PRESENT).date())
    return present.select_related("user").order_by("role_since", "pk").first()


def _elect(city: City, cause: str, at: datetime) -> bool:
    """Have the citizens elect a mayor, unless they do already; return whether they can.

    After an election for this cause that came to nothing there is no second one: the site's moderators name a mayor.
    """
    office = Election.Office.MAYOR
    if running_election(city, office):
        return True
    mayor = Membership.objects.filter(city=city, role=Membership.Role.MAYOR).first()
    in_vain = (Election.State.FAILED, Election.State.CANCELLED)
    tried = Election.objects.filter(city=city, office=office, cause=cause, state__in=in_vain)
    if mayor and tried.filter(called_at__gte=mayor.role_since).exists():
        return False
    try:
        election = begin_election(city, office=office, cause=cause, at=at)
    except ValidationError:
        return False
    record_call(election, by=None, reason="", at=at)
    return True


def told_at(city: City, kind: str, *, since: datetime) -> datetime | None:
    """Return when an event of the kind was last recorded in the city since then, None when it was not."""
    rows = Event.objects.filter(city=city, kind=kind, thread=None, created_at__gte=since).order_by("-created_at", "-pk")
    return rows.values_list("created_at", flat=True).first()
