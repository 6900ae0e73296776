"""The books of a thread or digest as the viewer finds them: those that are ready, and those under way."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.http import Http404
from django.urls import reverse

from forum.models import Publication, Thread
from forum.models.publications import PublicationQuerySet
from forum.permissions.publications import can_take_away
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import Verdict
from forum.publishing.contents import Thing, content_of
from forum.text.languages import guess

MOST_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a viewer finds: books that would be made the same now, and what became of those that they asked for."""

    thing: Thing
    content: str
    books: list[Publication]
    may_ask: Verdict
    is_chinese: bool

    @property
    def home(self) -> str:
        """The address of the thread or digest itself."""
        if isinstance(self.thing, Thread):
            return reverse("thread", args=[self.thing.pk])
        return reverse("digest", args=[self.thing.owner.username, self.thing.slug])

    @property
    def is_busy(self) -> bool:
        """Whether a book is under way."""
        return any(book.is_under_way for book in self.books)

    def ready(self, format: str, *, is_vertical: bool) -> Publication | None:
        """Return the book of that kind if it is ready."""
        wanted = (format, is_vertical, Publication.State.READY, self.content)
        return next(
            (book for book in self.books if (book.format, book.is_vertical, book.state, book.content) == wanted), None
        )


def shelf_of(viewer: Viewer, thing: Thing) -> Shelf:
    """Return the books of the thing for the viewer, who may see it; one query more than `content_of`."""
    content = content_of(viewer, thing)
    shown = Q(content=content, state__in=Publication.LIVING)
    if viewer.is_signed_in:
        lately = [*Publication.UNDER_WAY, Publication.State.FAILED]
        shown |= Q(asked_by=viewer.user, state__in=lately)
    rows = _of(thing).filter(shown).order_by("-asked_at", "-pk")[:MOST_SHOWN]
    return Shelf(thing, content, _without_old_failures(rows), can_take_away(viewer, thing), is_chinese(thing))


def _without_old_failures(newest_first: Iterable[Publication]) -> list[Publication]:
    """Return the books without those that failed and were asked for again since."""
    shown: list[Publication] = []
    for book in newest_first:
        is_failed = book.state == Publication.State.FAILED
        if not is_failed or all((one.format, one.is_vertical) != (book.format, book.is_vertical) for one in shown):
            shown.append(book)
    return shown


def book_on(thing: Thing, pk: int) -> Publication:
    """Return a book of the thing that was asked for, whatever became of it; raise Http404 when there is none such."""
    publication = _of(thing).filter(pk=pk).first()
    if publication is None:
        raise Http404("No such book")
    return publication


def place_of_books(thing: Thing, format: str = "", **query: str) -> str:
    """Return the address of the books of a thread or digest; with a format that of the file."""
    ending = [format] if format else []
    if isinstance(thing, Thread):
        return reverse("thread_file" if format else "thread_book", args=[thing.pk, *ending], query=query or None)
    where = [thing.owner.username, thing.slug, *ending]
    return reverse("digest_file" if format else "digest_book", args=where, query=query or None)


def is_chinese(thing: Thing) -> bool:
    """Return whether it is in Chinese, so that it may run in columns."""
    return (thing.language or guess(thing.title)).startswith("zh")


def _of(thing: Thing) -> PublicationQuerySet:
    return Publication.objects.filter(**{"thread" if isinstance(thing, Thread) else "digest": thing})
