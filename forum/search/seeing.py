"""Seeing: which of the proposed posts a viewer may see, as conditions on the rows themselves."""

from functools import cache
from typing import Any, Final, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import RawSQL

from forum.models import Post, Thread
from forum.permissions.posts import readable_posts
from forum.permissions.roles import Viewer
from forum.permissions.threads import visible_threads

_ID: Final = "/* id */"
_AMONG: Final = f"IN ({_ID})"


class Question(NamedTuple):
    """A query about posts or threads, as SQL made once: searches ask it of each post that is proposed."""

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


class Seeing:
    """The eyes of one viewer in one search.

    Posts and threads are asked for apart: in one question a planner may begin with all threads of the site.
    `posts` asks for id, thread and recommendations, `threads` for the id; both are None where nothing can be seen.
    """

    posts: Question | None
    threads: Question | None

    def __init__(self, viewer: Viewer, rows: Q) -> None:
        """Take who searches, and what the rows of posts must be."""
        # As most searches are, and then it is always the same.
        self.is_of_visitors = not (viewer.is_signed_in or rows)
        self.posts, self.threads = _of_visitors() if self.is_of_visitors else _questions(viewer, rows)


def _questions(viewer: Viewer, rows: Q) -> tuple[Question | None, Question | None]:
    total = F("recommendations_count") + F("earlier_recommendations")
    posts = readable_posts(viewer, Post.objects.filter(rows, pk__in=RawSQL(_ID, ())))
    threads = visible_threads(viewer, Thread.objects.filter(pk__in=RawSQL(_ID, ())))
    return Question.of(posts.values_list("pk", "thread_id", total)), Question.of(threads.values_list("pk"))


@cache
def _of_visitors() -> tuple[Question | None, Question | None]:
    return _questions(Viewer(), Q())
