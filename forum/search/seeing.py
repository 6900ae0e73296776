"""Seeing: which of the proposed posts a viewer may see; asked of the rows themselves."""

from collections.abc import Iterable
from functools import cache
from typing import Any, Final, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import RawSQL

from forum.models import Post, Thread
from forum.permissions.posts import readable_posts
from forum.permissions.roles import Viewer
from forum.permissions.threads import visible_threads

_ID: Final = "/* id */"
_AMONG: Final = f"IN ({_ID})"
_POSTS: Final = f'FROM "{Post._meta.db_table}"'
# SQLite takes the row itself for quicker than an index that has all of it but the texts.
_POSTS_WITHOUT_TEXTS: Final = f'{_POSTS} INDEXED BY "posts_without_texts"'

type Seen = tuple[int, int]  # thread and recommendations of a post that the viewer may see


class Question(NamedTuple):
    """A query about posts or threads of some ids, as SQL made once: searches ask it batch by batch."""

    sql: str
    values: tuple[Any, ...]

    @classmethod
    def of(cls, queryset: "QuerySet[Any, Any]") -> "Question | None":
        """Return the question that is asked by the rows, None when Django sees that nothing can fit."""
        try:
            return cls(*queryset.order_by().query.sql_with_params())
        except EmptyResultSet:
            return None

    def about(self, column: str) -> str:
        """Return the SQL for the row whose id is in a column of an outer query."""
        return self.sql.replace(_AMONG, f"= {column}")

    def answers(self, ids: Iterable[int]) -> list[tuple[Any, ...]]:
        """Return the rows of those ids; for SQLite, where they are one text: to bind a thousand would take longer."""
        among = f"IN (SELECT value FROM json_each('[{','.join(map(str, ids))}]'))"
        with connection.cursor() as cursor:
            cursor.execute(self.sql.replace(_AMONG, among).replace(_POSTS, _POSTS_WITHOUT_TEXTS, 1), self.values)
            return cursor.fetchall()


class Seeing:
    """The eyes of one viewer in one search.

    Posts and threads are asked for apart: in one question a planner may begin with all threads of the site.
    `posts` asks for id, thread and recommendations, `threads` for the id; both are None where nothing can be seen.
    """

    posts: Question | None
    threads: Question | None

    def __init__(self, viewer: Viewer, rows: Q) -> None:
        """Take who searches, and what the rows of posts must be."""
        is_simple = not (viewer.is_signed_in or rows)  # as most searches are, and then it is always the same
        self.posts, self.threads = _of_visitors() if is_simple else _questions(viewer, rows)
        self._known: dict[int, bool] = {}  # threads, and whether the viewer may see them

    def among(self, ids: list[int]) -> dict[int, Seen]:
        """Return those of the posts that the viewer may see, by their ids; two queries."""
        if not (ids and self.posts and self.threads):
            return {}
        rows = self.posts.answers(ids)
        if threads := {thread for _pk, thread, _recommendations in rows} - self._known.keys():
            visible = {pk for (pk,) in self.threads.answers(threads)}
            self._known |= {thread: thread in visible for thread in threads}
        known = self._known
        return {pk: (thread, recommendations) for pk, thread, recommendations in rows if known[thread]}


def _questions(viewer: Viewer, rows: Q) -> tuple[Question | None, Question | None]:
    total = F("recommendations_count") + F("earlier_recommendations")
    posts = readable_posts(viewer, Post.objects.filter(rows, pk__in=RawSQL(_ID, ())))
    threads = visible_threads(viewer, Thread.objects.filter(pk__in=RawSQL(_ID, ())))
    return Question.of(posts.values_list("pk", "thread_id", total)), Question.of(threads.values_list("pk"))


@cache
def _of_visitors() -> tuple[Question | None, Question | None]:
    return _questions(Viewer(), Q())
