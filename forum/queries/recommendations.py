"""Who recommended what."""

from collections import defaultdict
from collections.abc import Collection

from django.core.paginator import Page
from django.db.models import F, Window
from django.db.models.functions import RowNumber

from accounts.models import User
from forum.models import Post, Recommendation
from forum.queries.paging import numbered

FIRST = 10  # as many names as stand under a post
PER_PAGE = 100


def first_recommenders(post_ids: Collection[int]) -> dict[int, list[User]]:
    """Return the first recommenders of each post, the oldest first; one query, none for no posts."""
    if not post_ids:
        return {}
    place = Window(RowNumber(), partition_by=F("post"), order_by=[F("created_at").asc(), F("pk").asc()])
    rows = Recommendation.objects.filter(post__in=post_ids).annotate(place=place).filter(place__lte=FIRST)
    names: dict[int, list[User]] = defaultdict(list)
    for row in rows.select_related("user").order_by("post", "created_at", "pk"):
        names[row.post_id].append(row.user)
    return names


def recommenders_of(post: Post, number: int) -> Page[Recommendation]:
    """Return a page of the recommendations of the post, with the people, the oldest first.

    One query, because the post knows their number. Raises Http404 when there is no such page.
    """
    rows = Recommendation.objects.filter(post=post).select_related("user").order_by("created_at", "pk")
    return numbered(rows, number, size=PER_PAGE, count=post.recommendations_count)
