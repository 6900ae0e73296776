"""Letting go of books: old ones, and at once those of what has changed since, was hidden or erased."""

from datetime import datetime, timedelta

from django.utils import timezone

from forum.models import Publication
from forum.permissions.roles import Viewer
from forum.publishing import storage
from forum.publishing.contents import content_of
from forum.publishing.folders import sweep_folders

KEPT = timedelta(days=7)  # a book that is ready; the numbers of recommendations in it are as old
TOLD = timedelta(days=2)  # that one could not be made, or was no longer wanted


def sweep_books(at: datetime | None = None) -> int:
    """Delete the books that are old or no longer what would be made now, and files without a book; return how many."""
    now = at or timezone.now()
    rows = Publication.objects.exclude(state__in=Publication.UNDER_WAY)
    rows = rows.select_related("thread__city", "thread__board", "digest__owner", "asked_by")
    known: dict[tuple[str, int, int | None], str] = {}
    gone = 0
    for publication in rows.order_by("pk").iterator(100):
        if _is_old(publication, now) or not _is_current(publication, known):
            publication.delete()
            storage.drop(publication.file)
            gone += 1
    wanted = set(Publication.objects.ready().values_list("file", flat=True))
    for name in [name for name in storage.names(now) if name not in wanted]:
        storage.drop(name)
    sweep_folders()
    return gone


def _is_old(publication: Publication, now: datetime) -> bool:
    kept = KEPT if publication.state == Publication.State.READY else TOLD
    return (publication.finished_at or publication.asked_at) < now - kept


def _is_current(publication: Publication, known: dict[tuple[str, int, int | None], str]) -> bool:
    """Return whether the book is what would be made now; each thing is looked at once for each who asked."""
    if publication.state != Publication.State.READY:
        return True
    thing = publication.thread or publication.digest
    assert thing is not None, "a constraint of the table"
    key = (type(thing).__name__, thing.pk, publication.asked_by_id)
    if key not in known:
        known[key] = content_of(Viewer.of(publication.asked_by), thing)
    return publication.content == known[key]
