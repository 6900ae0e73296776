"""People: which parts of a profile others may see; who may say something of themselves."""

from typing import TYPE_CHECKING

from django.db.models import Q

from accounts.models import User
from forum.permissions.cities import can_act_on_site
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import Verdict

if TYPE_CHECKING:
    from django.db.models import QuerySet

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


def visible_people(viewer: Viewer, queryset: "QuerySet[User]") -> "QuerySet[User]":
    """Return the people who have a page: all but those whose account was made inactive by others."""
    return queryset.filter(Q(is_active=True) | Q(closed_at__isnull=False))


def can_change_profile(viewer: Viewer) -> Verdict:
    """Return whether the viewer may change what others read of them: who is not suspended."""
    return can_act_on_site(viewer)
