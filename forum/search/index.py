"""Keeping the index: in the transaction that writes, and anew when the tokeniser has changed."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import batched
from typing import Any

from django.db import connection, transaction

from forum.models import Post
from forum.search.documents import document_of
from forum.search.engines import engine

BATCH = 200  # posts in one transaction: short enough that people can write in between
_ROWS = "FROM forum_post p LEFT JOIN search_document d ON d.post_id = p.id"


_later: ContextVar[set[int] | None] = ContextVar("later", default=None)


@contextmanager
def indexed_together() -> Iterator[None]:
    """Index all posts that are written within at its end, each once, as they are then.

    For what writes thousands of posts one by one in one transaction.
    """
    posts: set[int] = set()
    token = _later.set(posts)
    try:
        yield
    finally:
        _later.reset(token)
    for some in batched(sorted(posts), BATCH):
        index_posts(Post.objects.select_related("thread").filter(pk__in=some))


def index_posts(posts: Iterable[Post]) -> None:
    """Put the posts, as they are in memory, in the index; to be called where they are written.

    Their threads should be loaded. Who may see a post, where its thread stands and what is recommended is not in the
    index but asked when somebody searches, so hiding, moving and recommending need no call.
    """
    if (later := _later.get()) is not None:
        later.update(post.pk for post in posts)
    else:
        engine().store([document_of(post) for post in posts])


def posts_to_index(*, everything: bool = False) -> int:
    """Return how many posts the index does not hold, or holds as an older tokeniser left; or all."""
    outdated, values = _outdated(everything=everything)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) {_ROWS} WHERE {outdated}", values)
        return int(cursor.fetchone()[0])


def index_outdated_posts(*, everything: bool = False) -> Iterator[int]:
    """Index what is outdated, or `everything`, in batches from the oldest post on; yields how many each batch had.

    May be stopped at any time and run again: what is done is not done twice. Searches go on meanwhile.
    """
    last = 0
    while ids := _next_batch(last, everything=everything):
        last = ids[-1]
        with transaction.atomic():
            # Locked, so that an edit of the same moment is indexed after it and not overwritten.
            posts = Post.objects.select_for_update(of=("self",), no_key=True).select_related("thread")
            index_posts(posts.filter(pk__in=ids).order_by("pk"))
        yield len(ids)
    engine().finish()


def prepare_to_reindex() -> None:
    """Put the index in order first; takes a minute where it has grown very unevenly."""
    engine().prepare()


def _outdated(*, everything: bool) -> tuple[str, list[Any]]:
    return ("1 = 1", []) if everything else engine().is_outdated()


def _next_batch(last: int, *, everything: bool) -> list[int]:
    outdated, values = _outdated(everything=everything)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT p.id {_ROWS} WHERE p.id > %s AND {outdated} ORDER BY p.id LIMIT %s", [last, *values, BATCH]
        )
        return [row[0] for row in cursor.fetchall()]
