"""Keeping the index: in the transaction that writes, and anew when the tokeniser has changed."""

from collections.abc import Iterable, Iterator

from django.db import connection, transaction

from forum.models import Post
from forum.search.documents import document_of
from forum.search.engines import engine
from forum.text.tokens import TOKENS_VERSION

BATCH = 200  # posts in one transaction: short enough that people can write in between


def index_posts(posts: Iterable[Post]) -> None:
    """Put the posts, as they are in memory, in the index; to be called where they are written.

    Their threads should be loaded. Who may see a post, where its thread stands and what is recommended is not in the
    index but asked when somebody searches, so hiding, moving and recommending need no call.
    """
    engine().store([document_of(post) for post in posts])


def posts_to_index(*, everything: bool = False) -> int:
    """Return how many posts the index does not hold, or holds as an older tokeniser left; or all."""
    total = Post.objects.count()
    if everything:
        return total
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM search_document d JOIN forum_post p ON p.id = d.post_id WHERE d.version = %s",
            [TOKENS_VERSION],
        )
        return total - int(cursor.fetchone()[0])


def index_outdated_posts(*, everything: bool = False) -> Iterator[int]:
    """Index what is outdated, or `everything`, in batches from the oldest post on; yields how many each batch had.

    May be stopped at any time and run again: what is done is not done twice.
    """
    last = 0
    while ids := _next_batch(last, everything=everything):
        last = ids[-1]
        with transaction.atomic():
            # Locked, so that an edit of the same moment is indexed after it and not overwritten.
            posts = Post.objects.select_for_update(of=("self",), no_key=True).select_related("thread")
            index_posts(list(posts.filter(pk__in=ids).order_by("pk")))
        yield len(ids)


def _next_batch(last: int, *, everything: bool) -> list[int]:
    outdated = "" if everything else " AND (d.version IS NULL OR d.version <> %s)"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT p.id FROM forum_post p LEFT JOIN search_document d ON d.post_id = p.id"
            f" WHERE p.id > %s{outdated} ORDER BY p.id LIMIT %s",
            [last, *([] if everything else [TOKENS_VERSION]), BATCH],
        )
        return [row[0] for row in cursor.fetchall()]
