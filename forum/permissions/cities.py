"""Cities: who may read, found, join and govern them."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from forum.models import City
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


def can_found_city(viewer: Viewer) -> Verdict:
    """Return whether the viewer may found a city."""
    return ALLOWED if viewer.may("found") else denied(_("Sign in to found a city."))


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
