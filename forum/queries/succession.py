"""Succession: the offer of the office that waits, the mayor's absence, and cities that wait for a mayor."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F
from django.http import Http404

from forum.models import City, Event, Handover, Membership
from forum.permissions.records import rules_of
from forum.permissions.roles import Viewer


@dataclass(frozen=True, slots=True)
class Succession:
    """Who is mayor, to whom the office is offered, and from which day on somebody else would follow."""

    mayor: Membership | None
    offer: Handover | None
    until: date | None


def succession_of(viewer: Viewer, city: City) -> Succession:
    """Return how the office of mayor stands; two queries."""
    mayor = Membership.objects.filter(city=city, role=Membership.Role.MAYOR).select_related("user").first()
    until = mayor.user.last_seen_on + timedelta(days=rules_of(city).absence_days) if mayor else None
    return Succession(mayor, open_offer(city), until)


def open_offer(city: City) -> Handover | None:
    """Return the offer of the office that waits for an answer; one query."""
    rows = Handover.objects.filter(city=city, state=Handover.State.OFFERED)
    return rows.select_related("person", "offered_by", "city").first()


def offer_to_me(viewer: Viewer, city: City) -> Handover:
    """Return the last offer of the office to the viewer; raise Http404 when there was none."""
    rows = Handover.objects.filter(city=city, person=viewer.user).select_related("offered_by", "city")
    handover = rows.order_by("-created_at", "-pk").first()
    if handover is None:
        raise Http404("No such offer")
    return handover


def cities_waiting_for_a_mayor(viewer: Viewer) -> list[City]:
    """Return, for the site's moderators, the cities whose mayor is gone and which found nobody; one query."""
    if not viewer.is_moderator:
        return []
    # One filter, so that all conditions are about the same membership: that of the mayor.
    gone = Event.objects.filter(
        kind="mayor.missing",
        thread=None,
        city__memberships__role=Membership.Role.MAYOR,
        created_at__gte=F("city__memberships__role_since"),
        created_at__date__gt=F("city__memberships__user__last_seen_on"),
    )
    return list(City.objects.open().filter(pk__in=gone.values("city")).order_by("pk"))
