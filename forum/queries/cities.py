"""Cities: the directory, one city, and its front page."""

from dataclasses import dataclass, field

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from forum.models import Category, City, CityRecommendation
from forum.permissions.cities import can_see_city
from forum.permissions.roles import Viewer
from forum.queries.watches import with_watch_level

CITIES_PER_PAGE = 24
# sort → the field it follows; the first is the default. All run from high to low.
SORTS = {
    "active": "writers_count",
    "newest": "last_activity_at",
    "recommended": "recommendations_count",
    "citizens": "citizens_count",
    "new": "created_at",
}
SORT_LABELS = {
    "active": _("Liveliest"),
    "newest": _("Last post"),
    "recommended": _("Most recommended"),
    "citizens": _("Most citizens"),
    "new": _("Newly founded"),
}
# What each order goes by, in words that stand on the page.
SORT_WORDS = {
    "active": _("By how many people wrote in the last 30 days; each counts once, however much they write."),
    "newest": _("By when somebody last wrote."),
    "recommended": _("By how many members recommend the city by name, each once."),
    "citizens": _("By the number of citizens."),
    "new": _("By the day of founding."),
}


@dataclass(slots=True)
class DirectoryGroup:
    """A category of the upper level with those below it; `count` cities stand in it."""

    category: Category
    children: list[Category] = field(default_factory=list)
    count: int = 0


def city_at(viewer: Viewer, slug: str) -> City:
    """Return the city at an address, with the viewer's `watch_level` and whether it `is_recommended` by them.

    Its front door is known to all.

    Raises Http404 when there is none.
    """
    rows = with_watch_level(viewer, City.objects.select_related("category__parent", "rules"), "city")
    if viewer.is_signed_in:
        given = CityRecommendation.objects.filter(city=OuterRef("pk"), user=viewer.user)
        rows = rows.annotate(is_recommended=Exists(given))
    city = rows.filter(slug=slug).first()
    if city is None:
        raise Http404("No such city")
    return city


def readable_city_at(viewer: Viewer, slug: str) -> City:
    """Return the city at an address if the viewer may read what is inside. Raises Http404."""
    city = city_at(viewer, slug)
    if not can_see_city(viewer, city):
        raise Http404("No such city")
    return city


def directory_groups() -> list[DirectoryGroup]:
    """Return both levels of the directory with the number of cities in each; one query."""
    groups: dict[int, DirectoryGroup] = {}
    rows = list(Category.objects.annotate(cities_count=Count("cities")))
    for row in rows:
        if row.parent_id is None:
            groups[row.pk] = DirectoryGroup(row, count=row.cities_count)
    for row in rows:
        if row.parent_id in groups:
            groups[row.parent_id].children.append(row)
            groups[row.parent_id].count += row.cities_count
    return list(groups.values())


def sort_of(text: str | None) -> str:
    """Return the order that `?sort=` names, the default when it names none."""
    return text if text in SORTS else "active"


def cities_in_directory(
    *, category: str = "", name: str = "", sort: str = "active", page: str | int = 1
) -> "Page[City]":
    """Return one page of the directory; `category` is the address of a category of either level. Two queries.

    Cities that are only for their citizens stand in it too, by name and description. Archived ones come last.
    """
    rows: QuerySet[City] = City.objects.select_related("category")
    if category:
        rows = rows.filter(Q(category__slug=category) | Q(category__parent__slug=category))
    if name := name.strip():
        rows = rows.filter(Q(name__icontains=name) | Q(slug__icontains=name) | Q(description__icontains=name))
    rows = rows.order_by("-state", f"-{SORTS[sort]}", "-last_activity_at", "-pk")
    found = Paginator(rows, CITIES_PER_PAGE).get_page(page)
    found.object_list = list(found.object_list)
    return found
