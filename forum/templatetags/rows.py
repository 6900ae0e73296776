"""Rows of lists: each is written once for all who see it alike, with what is new to its reader put in its place."""

from collections.abc import Hashable, Iterable, Mapping
from typing import Any, cast

from django import template
from django.template import Context, Template
from django.template.loader import get_template
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from accounts.dates import calendar_now
from forum.caching.pieces import keep_piece, kept_piece, stand_in
from forum.models import City
from forum.permissions.roles import Viewer
from forum.queries.folds import fold_of
from forum.queries.list_rows import Listed, listed

register = template.Library()

MOST = 99  # posts; of more a row says so
VISITOR = Viewer()


@register.simple_tag(takes_context=True)
def thread_rows(context: Context, rows: Iterable[Any], *, place: object = "", **shown: bool) -> SafeString:
    """Return the rows of threads (Listed, or threads themselves), as threads/_row.html has them.

    `place` is where in a board's list they stand; `in_board` leaves the board out, `in_city` the city.
    """
    return rows_for(getattr(context.get("request"), "viewer", VISITOR), rows, place=place, **shown)


def rows_for(viewer: Viewer, rows: Iterable[Any], *, place: object = "", **shown: bool) -> SafeString:
    """Return the rows as the viewer sees them, each written once for all who see it alike."""
    around = ("row", get_language(), str(timezone.get_current_timezone()), calendar_now(), str(place), *shown.items())

    def written(row: Listed) -> str:
        thread = row.thread
        fold = fold_of(viewer, thread.author_id, thread.title, thread.alias, thread.excerpt) if viewer.user else None
        key = (*around, row.key, thread.is_on_top, fold, bool(row.unread))
        piece = kept_piece(key)
        if piece is None:
            new = stand_in(0) if row.unread else ""
            said = {"thread": thread, "fold": fold, "unread": new, "from": place, **shown}
            piece = keep_piece(key, lambda: _row_template().render(Context(said)))
        return piece.filled([_new(row)] if row.unread else [])

    return mark_safe("".join([written(row if isinstance(row, Listed) else listed(row)) for row in rows]))  # noqa: S308


def _row_template() -> Template:
    found: Any = get_template("threads/_row.html")
    return cast("Template", found.template)


@register.simple_tag(takes_context=True)
def city_rows(context: Context, cities: Iterable[City], keys: Mapping[int, Hashable]) -> SafeString:
    """Return the rows of cities, as cities/_row.html has them; `keys` says by their ids how each looks."""
    row_template = context.template.engine.get_template("cities/_row.html")  # type: ignore[union-attr]

    def written(city: City) -> str:
        def write() -> str:
            with context.push(city=city):
                return str(row_template.render(context))

        key = ("city_row", get_language(), keys[city.pk])
        return (kept_piece(key) or keep_piece(key, write)).filled([])

    return mark_safe("".join(map(written, cities)))  # noqa: S308 - written by a template


def _new(row: Listed) -> str:
    """Return how much of a thread is new to its reader, in a word or two."""
    if row.is_unopened:
        return escape(pgettext("unread", "New"))
    if row.unread > MOST:
        return escape(_("99+ new"))
    return escape(ngettext("%(counter)s new", "%(counter)s new", row.unread) % {"counter": row.unread})
