"""Watching a city, a board or a thread, and leaving off."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forum import events
from forum.models import Board, City, Thread, Watch
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import require
from forum.permissions.watches import can_watch

if TYPE_CHECKING:
    from accounts.models import User

type Place = City | Board | Thread


def _named(place: Place) -> dict[str, Any]:
    """Return the place by its noun, as a watch and an event hold it."""
    return {type(place).__name__.lower(): place}


@transaction.atomic
def watch_place(place: Place, *, by: "User", level: str = Watch.Level.ALL, at: datetime | None = None) -> Watch:
    """Watch a city, board or thread at the level, or change the level, and return the watch.

    Raises Forbidden, and ValidationError for a `level` that the place does not have.
    """
    require(can_watch(Viewer.of(by), place))
    if level not in Watch.Level.values or (isinstance(place, Thread) and level == Watch.Level.THREADS):
        raise ValidationError({"level": _("Choose one of the levels.")})
    now = at or timezone.now()
    watch, came = Watch.objects.get_or_create(user=by, **_named(place), defaults={"level": level, "created_at": now})
    if came or watch.level != level:
        watch.level = level
        watch.save(update_fields=["level"])
        events.record("watch.set", by=by, at=now, level=level, **_named(place))
    return watch


@transaction.atomic
def unwatch_place(place: Place, *, by: "User", at: datetime | None = None) -> None:
    """Stop watching the place, or end its silence; twice changes nothing."""
    gone, _rows = Watch.objects.filter(user=by, **_named(place)).delete()
    if gone:
        events.record("watch.ended", by=by, at=at, **_named(place))


def watch_by_writing(thread: Thread, *, by: "User", at: datetime) -> None:
    """Let who wrote in the thread watch it, unless they have decided about it already (for actions that write)."""
    Watch.objects.bulk_create([Watch(user=by, thread=thread, created_at=at)], ignore_conflicts=True)
