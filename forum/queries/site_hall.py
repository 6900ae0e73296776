"""What the site's moderators look up in their hall: people with their record, and cities with who governs them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q
from django.http import Http404

from accounts.folding import is_same
from accounts.models import User
from forum.models import Case, City, Membership, Post, Report, Sanction
from forum.permissions.roles import Viewer
from forum.queries.paging import Slice, keyset
from forum.queries.sanctions import PersonRecord, record_of
from forum.queries.succession import cities_waiting_for_a_mayor

CITIES_PER_PAGE = 50
SANCTIONS_SHOWN = 20
# What `?show=` may name, beside everything.
PEOPLE_SHOWN = ("suspended", "moderators")
CITIES_SHOWN = ("open", "archived", "mayorless")


@dataclass(frozen=True, slots=True)
class PersonOnSite:
    """What the site knows of a person: record on the site, cities, sanctions in cities, and numbers."""

    record: PersonRecord
    memberships: list[Membership]
    sanctions: list[Sanction]
    posts: int
    hidden: int
    upheld: int
    reports_right: int
    reports_wrong: int


@dataclass(frozen=True, slots=True)
class CityRow:
    """A city in the list of the moderators, its mayor, and whether it waits for another one."""

    city: City
    mayor: User | None
    is_waiting: bool = False


def people_on_site(viewer: Viewer, *, marks: Mapping[str, Any], text: str = "", show: str = "") -> Slice[User]:
    """Return one page of people with `is_suspended`, the latest who joined first; one query.

    `text` is part of a name or an e-mail address. Raises Http404 for a mark that cannot be read.
    """
    suspensions = Sanction.objects.in_force().filter(kind=Sanction.Kind.SUSPENSION, person=OuterRef("pk"))
    rows = User.objects.annotate(is_suspended=Exists(suspensions))
    if text := text.strip().removeprefix("@"):
        rows = rows.filter(Q(username__icontains=text) | Q(display_name__icontains=text) | Q(email__icontains=text))
    if show == "suspended":
        rows = rows.filter(is_suspended=True)
    elif show == "moderators":
        rows = rows.filter(is_staff=True)
    return keyset(rows, field="date_joined", marks=marks)


def person_on_site(viewer: Viewer, name: str) -> PersonOnSite:
    """Return what the site knows of the person of that sign-in name, also of one who is not active; eight queries.

    Raises Http404 when there is nobody.
    """
    person = User.objects.select_related("invitation__inviter").filter(is_same("username", name)).first()
    if person is None:
        raise Http404("Nobody has this name")
    sanctions = Sanction.objects.filter(person=person, city__isnull=False).select_related("city", "imposed_by")
    posts = Post.objects.filter(author=person, is_held=False)
    upheld = Case.objects.filter(state=Case.State.UPHELD).order_by().values("pk")
    # Each found along an index of its own; "one or the other" in one condition would read all cases.
    about = [upheld.filter(**{whose: person}) for whose in ("post__author", "thread__author", "person")]
    filed = Report.objects.filter(reporter=person).aggregate(
        right=Count("pk", filter=Q(state=Report.State.UPHELD)),
        wrong=Count("pk", filter=Q(state=Report.State.DISMISSED)),
    )
    return PersonOnSite(
        record=record_of(viewer, None, person),
        memberships=list(
            Membership.objects.filter(user=person).select_related("city").order_by("-role", "joined_at", "pk")
        ),
        sanctions=list(sanctions.order_by("-created_at", "-pk")[:SANCTIONS_SHOWN]),
        **posts.aggregate(posts=Count("pk", filter=Q(is_hidden=False)), hidden=Count("pk", filter=Q(is_hidden=True))),
        upheld=about[0].union(*about[1:]).count(),
        reports_right=filed["right"],
        reports_wrong=filed["wrong"],
    )


def cities_on_site(
    viewer: Viewer, *, text: str = "", show: str = "", category: int | None = None, page: str | int = 1
) -> tuple[Page[City], list[CityRow]]:
    """Return one page of all cities, the latest founded first, and its rows with the mayors; four queries at most.

    `text` is part of a name or an address, `show` one of CITIES_SHOWN, `category` the id of one of the lower level.
    """
    mayorless = cities_waiting_for_a_mayor(viewer)
    rows = City.objects.select_related("category__parent")
    if text := text.strip():
        rows = rows.filter(Q(name__icontains=text) | Q(slug__icontains=text))
    if category is not None:
        rows = rows.filter(category=category)
    if show == "mayorless":
        rows = rows.filter(pk__in=[city.pk for city in mayorless])
    elif show in CITIES_SHOWN:
        rows = rows.filter(state=show)
    found = Paginator(rows.order_by("-created_at", "-pk"), CITIES_PER_PAGE).get_page(page)
    return found, _with_mayors(list(found), {city.pk for city in mayorless})


def _with_mayors(cities: list[City], mayorless: set[int]) -> list[CityRow]:
    mayors = Membership.objects.filter(city__in=cities, role=Membership.Role.MAYOR).select_related("user")
    by_city = {membership.city_id: membership.user for membership in mayors}
    return [CityRow(city, by_city.get(city.pk), city.pk in mayorless) for city in cities]
