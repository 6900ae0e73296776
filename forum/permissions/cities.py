"""Cities: who may read, found, join and govern them."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from forum.models import City, Sanction
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import ALLOWED, Verdict, denied

SIGN_IN_FIRST = _("Sign in first.")
ARCHIVED = _("This city is archived: it can be read, not written in.")


def readable_cities(viewer: Viewer) -> Q:
    """Return the condition on cities whose content the viewer may read."""
    if viewer.is_moderator:
        return Q()
    public = Q(visibility=City.Visibility.PUBLIC)
    return public | Q(pk__in=viewer.city_ids) if viewer.is_signed_in else public


def visible_cities(viewer: Viewer, queryset: QuerySet[City]) -> QuerySet[City]:
    """Return the cities whose content the viewer may read. Every city's front door is known to all."""
    return queryset.filter(readable_cities(viewer))


def can_see_city(viewer: Viewer, city: City) -> bool:
    """Return whether the viewer may read what is inside the city."""
    return city.visibility == City.Visibility.PUBLIC or viewer.may("read_closed", city)


def _told(lasting: Promise | str, until: datetime | None, for_good: Promise | str) -> Verdict:
    """Return the refusal of a sanction, with its end when it has one."""
    if until is None:
        return denied(for_good)
    return denied(lasting % {"until": date_format(localtime(until), "DATETIME_FORMAT")})


def can_act_on_site(viewer: Viewer) -> Verdict:
    """Return whether the viewer may do anything that others see: signed in and not suspended."""
    if not viewer.is_signed_in:
        return denied(SIGN_IN_FIRST)
    if viewer.standing.has(Sanction.Kind.SUSPENSION):
        return _told(
            now_("Your account is suspended until %(until)s. You can read, and appeal."),
            viewer.standing.until(Sanction.Kind.SUSPENSION),
            now_("Your account is suspended. You can read, and appeal."),
        )
    return ALLOWED


def can_act_in_city(viewer: Viewer, city: City) -> Verdict:
    """Return whether the viewer may write in the city at all: not suspended, banned or muted, the city not archived.

    Every permission to write in a city asks this first; roles and rules come after.
    """
    verdict = can_act_on_site(viewer)
    if not verdict:
        return verdict
    if viewer.standing.has(Sanction.Kind.BAN, city.pk):
        return _told(
            now_("You are banned from this city until %(until)s. You can appeal."),
            viewer.standing.until(Sanction.Kind.BAN, city.pk),
            now_("You are banned from this city. You can appeal."),
        )
    if viewer.standing.has(Sanction.Kind.MUTE, city.pk):
        return _told(
            now_("You are muted in this city until %(until)s. You can read, and appeal."),
            viewer.standing.until(Sanction.Kind.MUTE, city.pk),
            now_("You are muted in this city. You can read, and appeal."),
        )
    return denied(ARCHIVED) if city.is_archived else ALLOWED


def can_found_city(viewer: Viewer) -> Verdict:
    """Return whether the viewer may found a city."""
    if not viewer.may("found"):
        return denied(_("Sign in to found a city."))
    return can_act_on_site(viewer)


def can_govern_city(viewer: Viewer, city: City) -> Verdict:
    """Return whether the viewer may change the city's settings."""
    if viewer.may("govern", city):
        return ALLOWED
    return denied(_("Only the mayor of this city may change its settings."))


def can_enter_hall(viewer: Viewer, city: City) -> Verdict:
    """Return whether the viewer may enter city hall."""
    if viewer.is_officer(city):
        return ALLOWED
    return denied(_("City hall is open to the mayor and the deputy mayors of this city."))
