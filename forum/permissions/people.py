"""People: which parts of a profile others may see; who may say something of themselves."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from forum.permissions.cities import can_act_on_site
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import ALLOWED, Verdict, denied

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from forum.models import City

# The parts of a profile of which each person says who may see them; the field is <part>_shown_to.
PARTS = ("cities", "posts", "recommendations", "digests")


def audiences_of(viewer: Viewer) -> list[str]:
    """Return the audiences to which the viewer belongs, beside that of oneself."""
    return [User.Audience.EVERYBODY, *([User.Audience.MEMBERS] if viewer.is_signed_in else [])]


def can_see_part(viewer: Viewer, person: User, part: str) -> bool:
    """Return whether the viewer may see a part (one of PARTS) of the person's profile.

    Of who closes their account and leaves no name behind, nobody sees any part.
    """
    if viewer.user is not None and viewer.user.pk == person.pk:
        return True
    return not person.is_nameless and getattr(person, f"{part}_shown_to") in audiences_of(viewer)


def shown_by(viewer: Viewer, part: str, person: str) -> Q:
    """Return the condition that `person`, the name of a relation, shows the viewer this part; as `can_see_part`."""
    shown = Q(**{f"{person}__{part}_shown_to__in": audiences_of(viewer)})
    shown &= ~Q(**{f"{person}__farewell__in": (User.Farewell.FORMER, User.Farewell.BLANK)})
    return shown | Q(**{person: viewer.user}) if viewer.is_signed_in else shown


def visible_people() -> "QuerySet[User]":
    """Return the people who have a page: all but those whose account was made inactive by others."""
    return User.objects.filter(Q(is_active=True) | Q(closed_at__isnull=False))


def can_change_profile(viewer: Viewer) -> Verdict:
    """Return whether the viewer may change what others read of them: who is not suspended."""
    return can_act_on_site(viewer)


def can_close_account(viewer: Viewer, person: User, *, governs: "Collection[City]") -> Verdict:
    """Return whether the viewer may close the account: their own, when no city and not the site depends on them.

    `governs` are the open cities of which the person is mayor.
    """
    if viewer.user is None or viewer.user.pk != person.pk:
        return denied(_("Only its owner closes an account."))
    if governs:
        return denied(_("You are the mayor of a city. Hand the office over, or archive the city, first."))
    if person.is_staff or person.is_superuser:
        return denied(_("You moderate the site. Have another moderator take that office from you first."))
    return ALLOWED
