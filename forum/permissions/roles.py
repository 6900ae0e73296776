"""The table of roles and abilities, and Viewer: a person with the roles they hold."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from forum.models import City, Grant, Membership, Sanction
from forum.permissions.standing import NOWHERE, Standing, standing_of, unread_of

if TYPE_CHECKING:
    from accounts.models import User

VISITOR, MEMBER, CITIZEN, DEPUTY, MAYOR, MODERATOR = "visitor", "member", "citizen", "deputy", "mayor", "moderator"

ROLES: dict[str, Promise | str] = {
    VISITOR: _("Visitor"),
    MEMBER: _("Member of the site"),
    CITIZEN: _("Citizen"),
    DEPUTY: _("Deputy mayor"),
    MAYOR: _("Mayor"),
    MODERATOR: _("Site moderator"),
}


@dataclass(frozen=True, slots=True)
class Ability:
    """One thing people may do: its name, its words, and the roles that have it.

    One that is `granted` the mayor ticks for each deputy; the others come with the role.
    """

    name: str
    label: Promise | str
    roles: frozenset[str]
    granted: bool = False


def _ability(name: str, label: Promise | str, *roles: str) -> Ability:
    return Ability(name, label, frozenset(roles))


def _granted(name: str, label: Promise | str) -> Ability:
    """Return an ability of officers, which a deputy has when the mayor ticked it."""
    return Ability(name, label, frozenset(_OFFICERS), granted=True)


_SIGNED_IN = (MEMBER, CITIZEN, DEPUTY, MAYOR, MODERATOR)
_CITIZENS = (CITIZEN, DEPUTY, MAYOR)
_OFFICERS = (DEPUTY, MAYOR, MODERATOR)
_OF_OFFICE = frozenset(_OFFICERS)

# THE table. Everything that depends on a role is here; states (locked, archived …) are in the modules beside.
TABLE: tuple[Ability, ...] = (
    _ability("read", _("Read public cities"), VISITOR, *_SIGNED_IN),
    _ability("read_closed", _("Read a city that is only for its citizens"), *_CITIZENS, MODERATOR),
    _ability("found", _("Found a city"), *_SIGNED_IN),
    _ability("join", _("Join a city, or apply to join"), MEMBER, MODERATOR),
    _ability("write", _("Start threads and reply"), *_CITIZENS),
    _ability("write_as_member", _("Write in cities that let every member write"), *_SIGNED_IN),
    _ability("recommend", _("Recommend posts of other people"), *_SIGNED_IN),
    _ability("digest", _("Keep posts in digests"), *_SIGNED_IN),
    _ability("write_officially", _("Start threads on boards for officers"), *_OFFICERS),
    _ability("report", _("Report posts, threads, people and cities"), *_SIGNED_IN),
    _ability("appeal", _("Appeal against a decision about oneself"), *_SIGNED_IN),
    _ability("vote", _("Vote in polls and elections of the city, sign petitions"), *_CITIZENS),
    _ability("answer_roll", _("Answer the roll call of the city"), *_CITIZENS),
    _ability("officiate", _("Enter city hall and see what is hidden or held"), *_OFFICERS),
    _granted("review", _("Decide reports")),
    _granted("approve", _("Decide posts held for approval")),
    _granted("pin", _("Pin and feature threads")),
    _granted("lock", _("Lock and unlock threads")),
    _granted("hide", _("Hide and restore posts and threads")),
    _granted("move", _("Move, merge and split threads")),
    _granted("sanction", _("Warn, mute and ban people")),
    _granted("admit", _("Decide applications")),
    _granted("hear", _("Decide appeals")),
    _granted("notify", _("Post notices")),
    _granted("build", _("Create, change and order boards")),
    _ability("suspend", _("Suspend people from the whole site"), MODERATOR),
    _ability("erase", _("Erase personal content for good"), MODERATOR),
    _ability("moderate", _("Enter the hall of the site's moderators"), MODERATOR),
    _ability("classify", _("Create, change and order the categories of the directory"), MODERATOR),
    _ability("govern", _("Change the city's settings"), MAYOR, MODERATOR),
    _ability("appoint", _("Name and dismiss deputy mayors"), MAYOR, MODERATOR),
)

ABILITIES: dict[str, Ability] = {ability.name: ability for ability in TABLE}


def people_with(ability: str, city: City) -> Q:
    """Return the condition on people whose role in the city, or on the site, has the ability."""
    roles, granted = ABILITIES[ability].roles, ABILITIES[ability].granted
    by_role = roles - {DEPUTY} if granted else roles
    holders = Q(pk__in=Membership.objects.filter(city=city, role__in=by_role).values("user"))
    if granted:
        # A grant goes with the office: dismissing a deputy deletes it.
        holders |= Q(pk__in=Grant.objects.filter(membership__city=city, ability=ability).values("membership__user"))
    banned = Sanction.objects.in_force().filter(city=city, kind=Sanction.Kind.BAN).values("person")
    holders &= ~Q(pk__in=banned)
    return holders | Q(is_staff=True) if MODERATOR in roles else holders


@dataclass
class Viewer:
    """A person who looks or acts. How they stand in all cities comes from one query, asked when first needed.

    Of who `looks` it also counts what is unread: a page shows that, and it takes longer than all the rest.
    """

    user: "User | None" = None
    looks: bool = False

    @classmethod
    def of(cls, user: "User | AnonymousUser | None", *, looks: bool = False) -> "Viewer":
        """Return the viewer for a signed-in user, or a visitor."""
        return cls(user, looks) if user is not None and user.is_authenticated else cls()

    @property
    def is_signed_in(self) -> bool:
        """Whether this is a person we know."""
        return self.user is not None

    @cached_property
    def is_moderator(self) -> bool:
        """Whether this person moderates the whole site."""
        return self.user is not None and self.user.is_staff

    @cached_property
    def standing(self) -> Standing:
        """Roles, grants and sanctions in force."""
        return standing_of(self.user, counts=self.looks) if self.user else NOWHERE

    @cached_property
    def unread(self) -> int:
        """How many notifications are unread, up to COUNTED of permissions/unread.py."""
        if self.user is None:
            return 0
        known = self.standing.unread if self.looks else None
        return unread_of(self.user) if known is None else known

    @cached_property
    def lacks_second_factor(self) -> bool:
        """Whether this is an officer without the second factor that the site asks officers for."""
        if not settings.REQUIRE_SECOND_FACTOR_FOR_OFFICERS:
            return False
        is_officer = self.is_moderator or any(role in (DEPUTY, MAYOR) for role in self.roles.values())
        return is_officer and not self.standing.has_factor

    @property
    def roles(self) -> dict[int, str]:
        """City id → role of the membership; none where the person is banned."""
        return self.standing.roles

    @property
    def city_ids(self) -> list[int]:
        """The cities of which this person is a citizen."""
        return list(self.roles)

    def role_in(self, city: City | int) -> str:
        """Return the role in the city; a membership counts before being a site moderator."""
        if self.user is None:
            return VISITOR
        city_id = city if isinstance(city, int) else city.pk
        return self.roles.get(city_id) or (MODERATOR if self.is_moderator else MEMBER)

    def may(self, ability: str, city: City | int | None = None) -> bool:
        """Return whether one of the person's roles has the ability, in the city if one is given.

        An officer who lacks the second factor keeps seeing what officers see; what they do waits for it.
        """
        roles = ABILITIES[ability].roles
        if roles <= _OF_OFFICE and ability != "officiate" and self.lacks_second_factor:
            return False
        if self.is_moderator and MODERATOR in roles:
            return True
        if city is None:
            return (MEMBER if self.user else VISITOR) in roles
        role = self.role_in(city)
        if role == DEPUTY and ABILITIES[ability].granted:
            return ability in self.standing.grants.get(city if isinstance(city, int) else city.pk, ())
        return role in roles

    def is_citizen(self, city: City | int) -> bool:
        """Return whether the person belongs to the city."""
        city_id = city if isinstance(city, int) else city.pk
        return city_id in self.roles

    def is_officer(self, city: City | int) -> bool:
        """Return whether the person is mayor or deputy mayor of the city, or moderates the site."""
        return self.may("officiate", city)
