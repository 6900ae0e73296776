"""Mayors who do not come any more, and terms that end: warning, succession, an election."""

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q

from forum import events
from forum.actions.election_news import record_call
from forum.actions.elections import begin_election, running_election
from forum.actions.offices import MONTH
from forum.actions.successions import follow, told_at
from forum.models import City, Election, Membership
from forum.permissions.records import rules_of

WARNING = timedelta(days=14)  # so long before somebody follows, the mayor is warned
LEAST_ABSENCE = timedelta(days=30)  # the shortest that rules can set


def mayors_long_away(at: datetime) -> list[Membership]:
    """Return the mayors of open cities who were not here for so long that something has to be done.

    It only looks: of many who are away, hardly any is warned or followed on a given day, and nobody waits for that.
    """
    rows = Membership.objects.filter(role=Membership.Role.MAYOR, city__state=City.State.OPEN)
    away = rows.filter(user__last_seen_on__lte=(at - LEAST_ABSENCE + WARNING).date())
    rows = away.select_related("city__rules", "user").order_by("pk")
    return [mayor for mayor in rows if _next_step(mayor.city, mayor.user.last_seen_on, at)]


def _next_step(city: City, seen: date, at: datetime) -> str:
    """Return what comes next for a mayor who was seen last on that day: to `warn`, to `follow`, or nothing yet."""
    away, limit = at.date() - seen, timedelta(days=rules_of(city).absence_days)
    since = at - away
    warned_at = told_at(city, "mayor.warned", since=since)
    if warned_at is None:
        return "warn" if away >= limit - WARNING else ""
    if away < limit or warned_at > at - WARNING:
        return ""
    is_settled = running_election(city, Election.Office.MAYOR) or told_at(city, "mayor.missing", since=since)
    return "" if is_settled else "follow"


@transaction.atomic
def settle_absence(mayor: Membership, *, at: datetime) -> bool:
    """Warn a mayor who is long away, or find who follows two weeks later; return whether anything was done."""
    city = City.objects.select_for_update(no_key=True).get(pk=mayor.city_id)
    membership = Membership.objects.select_related("user").filter(pk=mayor.pk, role=Membership.Role.MAYOR).first()
    if membership is None or city.is_archived:
        return False
    seen = membership.user.last_seen_on
    step = _next_step(city, seen, at)
    if step == "warn":
        day = max(seen + timedelta(days=rules_of(city).absence_days), (at + WARNING).date())
        events.record("mayor.warned", by=None, city=city, person=membership.user, at=at, day=day.isoformat())
    elif step == "follow":
        follow(city, cause=Election.Cause.ABSENCE, at=at)
    return bool(step)


def cities_with_terms(at: datetime) -> list[City]:
    """Return the open cities whose term is over, or has not been set though their rules have one."""
    rows = City.objects.open().filter(rules__term_months__gt=0)
    return list(rows.filter(Q(term_ends_at=None) | Q(term_ends_at__lte=at)).order_by("pk"))


@transaction.atomic
def settle_term(city: City, *, at: datetime) -> bool:
    """Set the end of a term that has none yet, or call the election that its end asks for; return whether it did.

    A term made shorter than the mayor has served ends in two weeks, so that nobody is surprised.
    """
    city = City.objects.select_for_update(no_key=True).get(pk=city.pk)
    months = rules_of(city).term_months
    mayor = Membership.objects.filter(city=city, role=Membership.Role.MAYOR).first()
    if not months or mayor is None or city.is_archived:
        return False
    if city.term_ends_at is None:
        end = max(mayor.role_since + months * MONTH, at + WARNING)
        City.objects.filter(pk=city.pk).update(term_ends_at=end)
        return True
    if city.term_ends_at > at or running_election(city, Election.Office.MAYOR):
        return False
    try:
        election = begin_election(city, office=Election.Office.MAYOR, cause=Election.Cause.TERM, at=at)
    except ValidationError:
        # Too few who could vote: the term goes on for a month, and then it is tried again.
        City.objects.filter(pk=city.pk).update(term_ends_at=F("term_ends_at") + MONTH)
        return True
    record_call(election, by=None, reason="", at=at)
    return True
