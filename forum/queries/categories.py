"""Categories, as those see them who put the directory in order."""

from django.db.models import Count
from django.http import Http404

from forum.models import Category
from forum.permissions.roles import Viewer


def category_at(viewer: Viewer, pk: int) -> Category:
    """Return a category with its parent, `cities_count` and `children_count`; raise Http404 when there is none."""
    rows = Category.objects.select_related("parent").annotate(
        cities_count=Count("cities", distinct=True), children_count=Count("children", distinct=True)
    )
    category = rows.filter(pk=pk).first() if pk.bit_length() < 63 else None
    if category is None:
        raise Http404("No such category")
    return category
