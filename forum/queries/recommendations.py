"""Who recommended what."""

from collections import defaultdict
from collections.abc import Collection

from django.core.paginator import Page
from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber

from accounts.models import User
from accounts.prepared import Prepared
from forum.models import Post, Recommendation
from forum.queries.paging import numbered

FIRST = 10  # as many names as stand under a post
PER_PAGE = 100
NAMED = ("username", "display_name", "farewell")  # what a name among others needs


def _first_rows(_count: int, *posts: int) -> QuerySet[Recommendation]:
    place = Window(RowNumber(), partition_by=F("post"), order_by=[F("created_at").asc(), F("pk").asc()])
    rows = Recommendation.objects.filter(post__in=posts).annotate(place=place).filter(place__lte=FIRST)
    rows = rows.select_related("user").order_by("post", "created_at", "pk")
    return rows.only("post", "user", "created_at", *(f"user__{name}" for name in NAMED))


_first = Prepared(_first_rows)


def first_recommenders(post_ids: Collection[int]) -> dict[int, list[User]]:
    """Return the first recommenders of each post, the oldest first; one query, none for no posts."""
    if not post_ids:
        return {}
    names: dict[int, list[User]] = defaultdict(list)
    for row in _first(*post_ids, shape=(len(post_ids),)):
        names[row.post_id].append(row.user)
    return names


def recommenders_of(post: Post, number: int) -> Page[Recommendation]:
    """Return a page of the recommendations of the post, with the people, the oldest first.

    One query, because the post knows their number. Raises Http404 when there is no such page.
    """
    rows = Recommendation.objects.filter(post=post).select_related("user").order_by("created_at", "pk")
    return numbered(rows, number, size=PER_PAGE, count=post.recommendations_count)
