"""Making books: one after the other outside the requests, each held by one maker at a time."""

import logging
import time
from datetime import datetime, timedelta
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forum.models import Digest, Publication, Thread
from forum.models.publications import LONGEST_PROBLEM
from forum.permissions.roles import Viewer
from forum.publishing import storage
from forum.publishing.book import Book, Cancelled, CannotBeMade
from forum.publishing.contents import Thing, content_of
from forum.publishing.digests import book_of_digest
from forum.publishing.epub import make_epub
from forum.publishing.queue import due_books
from forum.publishing.threads import book_of_thread
from forum.publishing.typeset import make_pdf
from forum.publishing.wording import speaking, years_of

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)  # for how long a book is held; its maker says in between that it is still at it
TRIES = 3  # a book that ends its maker so often is given up
BEAT = 0.5  # seconds between two looks at whether the book is still wanted
READING = 25  # percent of the work that reading the texts takes
ENTIRE = 100


def make_waiting_books() -> int:
    """Make all books that wait, and return how many were begun. Several may do so at the same time."""
    count = 0
    while publication := take_book():
        make_book(publication)
        count += 1
    return count


@transaction.atomic
def take_book(at: datetime | None = None) -> Publication | None:
    """Hold and return the member's book, else the visitor's, that waits for longest and that nobody holds; or None."""
    now = at or timezone.now()
    for publication in due_books(now).select_for_update(of=("self",), skip_locked=True, no_key=True):
        if publication.attempts >= TRIES:
            publication.state, publication.finished_at = Publication.State.FAILED, now
            publication.save(update_fields=["state", "finished_at"])
            continue
        publication.state, publication.claim = Publication.State.MAKING, uuid4()
        publication.claimed_until, publication.attempts = now + LEASE, publication.attempts + 1
        publication.done, publication.total = 0, ENTIRE
        publication.save(update_fields=["state", "claim", "claimed_until", "attempts", "done", "total"])
        return publication
    return None


class Watch:
    """Says how far a book is, and hears whether it is still wanted; both seldom enough to cost nothing."""

    def __init__(self, publication: Publication) -> None:
        self.rows = Publication.objects.filter(
            pk=publication.pk, claim=publication.claim, state=Publication.State.MAKING
        )
        self.done, self.looked_at, self.is_over = 0, time.monotonic(), False

    def read(self, done: int, total: int) -> None:
        """Hear that so many of the texts are read. Raises Cancelled."""
        self.done = READING * done // max(total, 1)
        if self.cancelled():
            raise Cancelled

    def set(self, done: int, total: int) -> None:
        """Hear that so much of what was read is set."""
        self.done = READING + (ENTIRE - READING) * min(done, total) // max(total, 1)
        self.cancelled()

    def cancelled(self) -> bool:
        """Return whether the book is no longer wanted, or is held by another maker; holds it for another while."""
        if not self.is_over and time.monotonic() - self.looked_at >= BEAT:
            self.looked_at = time.monotonic()
            self.is_over = not self.rows.update(done=self.done, claimed_until=timezone.now() + LEASE)
        return self.is_over


def make_book(publication: Publication) -> None:
    """Make a book that was taken, keep its file and mark what became of it."""
    watch = Watch(publication)
    try:
        content, book = _read(publication, watch)
        with speaking(book.language, years_of(Viewer.of(publication.asked_by))):
            data, told = _set(publication, book, watch)
    except Cancelled:
        return
    except CannotBeMade as problem:
        _give_up(watch, str(problem.words))
    except Exception:
        log.exception("A book could not be made: %s", publication.pk)
        _give_up(watch, "")
    else:
        _finish(publication, watch, content, data, told)


def _read(publication: Publication, watch: Watch) -> tuple[str, Book]:
    """Return what the book is made of, as a hash and whole. Raises CannotBeMade when it changes all the time."""
    viewer = Viewer.of(publication.asked_by)
    for _try in range(3):
        thing = _thing(publication)
        content = content_of(viewer, thing)
        if not content:
            break
        book = (
            book_of_thread(thing, years=years_of(viewer), progress=watch.read)
            if isinstance(thing, Thread)
            else book_of_digest(viewer, thing, progress=watch.read)
        )
        if content_of(Viewer.of(publication.asked_by), _thing(publication)) == content:
            return content, book
    raise CannotBeMade(_("It changed while it was read. Please ask again."))


def _thing(publication: Publication) -> Thing:
    if publication.thread_id:
        return Thread.objects.select_related("board", "city", "author").get(pk=publication.thread_id)
    return Digest.objects.select_related("owner").get(publications=publication)


def _set(publication: Publication, book: Book, watch: Watch) -> tuple[bytes, str]:
    """Return the file, and what is to be told of it."""
    vertical = publication.is_vertical
    if publication.format == Publication.Format.EPUB:
        return make_epub(book, vertical=vertical, progress=watch.set, cancelled=watch.cancelled), ""
    pdf = make_pdf(book, vertical=vertical, progress=watch.set, cancelled=watch.cancelled)
    return pdf.data, "\n".join(pdf.missing)


def _give_up(watch: Watch, words: str) -> None:
    watch.rows.update(
        state=Publication.State.FAILED,
        problem=words[:LONGEST_PROBLEM],
        finished_at=timezone.now(),
        claim=None,
        claimed_until=None,
    )


def _finish(publication: Publication, watch: Watch, content: str, data: bytes, told: str) -> None:
    """Keep the file; without a book that still wants it, it goes again."""
    file = storage.keep(data, publication.format)
    fields = {"content": content, "file": file, "size": len(data), "problem": told[:LONGEST_PROBLEM], "done": ENTIRE}
    is_kept = 0
    try:
        with transaction.atomic():
            is_kept = watch.rows.update(
                state=Publication.State.READY, finished_at=timezone.now(), claim=None, claimed_until=None, **fields
            )
    except IntegrityError:  # what changed meanwhile made it the same as another one
        watch.rows.delete()
    finally:
        if not is_kept:
            storage.drop(file)
