"""Watching a city, a board, a thread or a person, and leaving off."""

from datetime import datetime
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.preferences import change_preferences
from accounts.statements import execute
from forum import events
from forum.models import Board, City, Thread, Watch
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import require
from forum.permissions.watches import can_watch

type Place = City | Board | Thread | User

# Levels that mean nothing there: a thread has no new threads, and whoever mentions one is heard anyway.
MEANINGLESS: Final = {Thread: {Watch.Level.THREADS}, User: {Watch.Level.MENTIONS}}

# Every reply asks this.
_WATCH: Final = """
INSERT INTO forum_watch (user_id, thread_id, level, created_at) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING
"""


def _named(place: Place) -> dict[str, Any]:
    """Return what is watched by its noun, as a watch and an event hold it."""
    return {"person" if isinstance(place, User) else type(place).__name__.lower(): place}


@transaction.atomic
def watch_place(place: Place, *, by: User, level: str = Watch.Level.ALL, at: datetime | None = None) -> Watch:
    """Watch a city, board, thread or person at the level, or change the level, and return the watch.

    Raises Forbidden, and ValidationError for a `level` that it does not have.
    """
    require(can_watch(Viewer.of(by), place))
    if level not in Watch.Level.values or level in MEANINGLESS.get(type(place), ()):
        raise ValidationError({"level": _("Choose one of the levels.")})
    now = at or timezone.now()
    watch, came = Watch.objects.get_or_create(user=by, **_named(place), defaults={"level": level, "created_at": now})
    if came or watch.level != level:
        watch.level = level
        watch.save(update_fields=["level"])
        events.record("watch.set", by=by, at=now, level=level, **_named(place))
    return watch


@transaction.atomic
def unwatch_place(place: Place, *, by: User, at: datetime | None = None) -> None:
    """Stop watching the place, or end its silence; twice changes nothing."""
    gone, _rows = Watch.objects.filter(user=by, **_named(place)).delete()
    if gone:
        events.record("watch.ended", by=by, at=at, **_named(place))


def watch_by_writing(thread: Thread, *, by: User, at: datetime, starts: bool = False) -> None:
    """Let who wrote in the thread watch it, unless they have decided about it already (for actions that write).

    Whether one watches what one replies to is a preference; what one `starts` one always watches.
    """
    if starts or by.watches_replies:
        since = connection.ops.adapt_datetimefield_value(at)
        execute(_WATCH, [by.pk, thread.pk, Watch.Level.ALL.value, since])


@transaction.atomic
def choose_watching(*, by: User, watches_replies: bool, at: datetime | None = None) -> User:
    """Choose whether one watches threads that one replies to, from now on, and return the person."""
    if by.watches_replies != watches_replies:
        change_preferences(by, watches_replies=watches_replies)
        by.watches_replies = watches_replies
        events.record("watch.preferred", by=by, at=at)
    return by
