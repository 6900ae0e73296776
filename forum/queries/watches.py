"""Watches: the viewer's own, and how much they watch a place."""

from collections.abc import Mapping
from typing import Any, cast

from django.db.models import Exists, Model, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from forum.models import Thread, Watch
from forum.permissions.cities import in_readable_city
from forum.permissions.roles import Viewer
from forum.permissions.threads import visible_threads
from forum.queries.paging import Slice, keyset

PER_PAGE = 50
# What `?kind=` may name.
KINDS = {"city": _("Cities"), "board": _("Boards"), "thread": _("Threads"), "person": _("People")}


def with_watch_level[M: Model](viewer: Viewer, rows: QuerySet[M], noun: str) -> QuerySet[M]:
    """Return the cities, boards, threads or people with `watch_level`: of the viewer's own watch, if there is one."""
    if not viewer.is_signed_in:
        return rows
    own = Watch.objects.filter(user=viewer.user, **{noun: OuterRef("pk")}).values("level")
    return cast("QuerySet[M]", rows.annotate(watch_level=Subquery(own[:1])))


def watches_of(viewer: Viewer, *, kind: str = "", marks: Mapping[str, Any]) -> Slice[Watch]:
    """Return one page of the viewer's watches of what they may see, the newest first; one query.

    `kind` chooses cities, boards, threads or people. Raises Http404 for a mark that cannot be read.
    """
    city, board = in_readable_city(viewer), in_readable_city(viewer, "board__city")
    thread = Exists(visible_threads(viewer, Thread.objects.filter(pk=OuterRef("thread"))))
    seen = Q(city, city__isnull=False) | Q(board, board__isnull=False) | thread | Q(person__isnull=False)
    rows = Watch.objects.filter(seen, user=viewer.user)
    if kind in KINDS:
        rows = rows.filter(**{f"{kind}__isnull": False})
    rows = rows.select_related("city", "board__city", "thread__city", "thread__board", "person")
    return keyset(rows, field="created_at", marks=marks, size=PER_PAGE)
