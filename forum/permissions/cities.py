"""Cities: who may read, found, join and govern them."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.dates import say_moment
from forum.models import City, Sanction
from forum.permissions.roles import Viewer
from forum.permissions.standing import InForce
from forum.permissions.verdicts import ALLOWED, Verdict, denied

SIGN_IN_FIRST = _("Sign in first.")
CONFIRM_FIRST = _(
    "Confirm your e-mail address first: open the link in the mail that we sent you. Until then you can read."
)
FACTOR_FIRST = _("This site asks its officers for a second factor. Set one up; then your office is open to you again.")
LEAVES = _("This account is being closed. Whoever signs in keeps it.")
ARCHIVED = _("This city is archived: it can be read, not written in.")


def readable_cities(viewer: Viewer) -> Q:
    """Return the condition on cities whose content the viewer may read."""
    if viewer.is_moderator:
        return Q()
    public = Q(visibility=City.Visibility.PUBLIC)
    return public | Q(pk__in=viewer.city_ids) if viewer.is_signed_in else public


def in_readable_city(viewer: Viewer, city: str = "city") -> Exists:
    """Return the condition on what stands in a city, named by the field `city`, whose content the viewer may read.

    It is asked of each row: a list of all readable cities would tempt a database to begin there, to gather what is in
    all of them and to sort it, where a list needs the first twenty rows of an index.
    """
    return Exists(City.objects.filter(readable_cities(viewer), pk=OuterRef(city)))


def visible_cities(viewer: Viewer, queryset: QuerySet[City]) -> QuerySet[City]:
    """Return the cities whose content the viewer may read. Every city's front door is known to all."""
    return queryset.filter(readable_cities(viewer))


def can_see_city(viewer: Viewer, city: City) -> bool:
    """Return whether the viewer may read what is inside the city."""
    return city.visibility == City.Visibility.PUBLIC or viewer.may("read_closed", city)


def _told(sanction: InForce, lasting: str, for_good: str) -> Verdict:
    """Return the refusal that a sanction in force makes: with its reason, and its end when it has one."""
    places = {"reason": str(Sanction.Reason(sanction.reason).label)}
    if sanction.until is None:
        return Verdict(False, for_good % places, is_sanction=True)
    places["until"] = say_moment(sanction.until)
    return Verdict(False, lasting % places, is_sanction=True)


def can_act_on_site(viewer: Viewer) -> Verdict:
    """Return whether the viewer may do anything that others see: signed in, not suspended, the address confirmed."""
    if not viewer.is_signed_in:
        return denied(SIGN_IN_FIRST)
    if suspension := viewer.standing.in_force(Sanction.Kind.SUSPENSION):
        return _told(
            suspension,
            gettext("Your account is suspended until %(until)s (%(reason)s). You can read, and appeal."),
            gettext("Your account is suspended (%(reason)s). You can read, and appeal."),
        )
    if viewer.user and (viewer.user.closes_at or viewer.user.closed_at):
        return denied(LEAVES)
    if viewer.user and viewer.user.must_confirm:
        return denied(CONFIRM_FIRST, way="account_email")
    return ALLOWED


def can_act_in_city(viewer: Viewer, city: City, *, archived_too: bool = False, muted_too: bool = False) -> Verdict:
    """Return whether the viewer may write in the city at all: not suspended, banned or muted, the city not archived.

    Every permission to write in a city asks this first; roles and rules come after. What officers put in order in an
    archived city too (sanctions, appeals, the settings by which it opens again) says `archived_too`; what is no writing
    (recommending, signing a petition) says `muted_too`.
    """
    verdict = can_act_on_site(viewer)
    if not verdict:
        return verdict
    if ban := viewer.standing.in_force(Sanction.Kind.BAN, city.pk):
        return _told(
            ban,
            gettext("You are banned from this city until %(until)s (%(reason)s). You can appeal."),
            gettext("You are banned from this city (%(reason)s). You can appeal."),
        )
    if not muted_too and (mute := viewer.standing.in_force(Sanction.Kind.MUTE, city.pk)):
        return _told(
            mute,
            gettext("You are muted in this city until %(until)s (%(reason)s). You can read, and appeal."),
            gettext("You are muted in this city (%(reason)s). You can read, and appeal."),
        )
    return denied(ARCHIVED) if city.is_archived and not archived_too else ALLOWED


def second_factor_of(viewer: Viewer) -> Verdict:
    """Return whether the second factor is there that the site may ask of officers."""
    return denied(FACTOR_FIRST, way="mfa_index") if viewer.lacks_second_factor else ALLOWED


def can_found_city(viewer: Viewer) -> Verdict:
    """Return whether the viewer may found a city."""
    if not viewer.may("found"):
        return denied(_("Sign in to found a city."))
    return can_act_on_site(viewer)


def can_govern_city(viewer: Viewer, city: City) -> Verdict:
    """Return whether the viewer may change the city's settings."""
    if not viewer.may("govern", city):
        return denied(_("Only the mayor of this city may change its settings."))
    return can_act_in_city(viewer, city, archived_too=True)


def can_enter_hall(viewer: Viewer, city: City) -> Verdict:
    """Return whether the viewer may enter city hall: an officer, with a second factor where the site asks for one."""
    if viewer.is_officer(city):
        return second_factor_of(viewer)
    return denied(_("City hall is open to the mayor and the deputy mayors of this city."))
