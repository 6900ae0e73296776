"""The queue of books that wait for a maker; apart from the making, whose libraries no web server needs in memory."""

from datetime import datetime
from threading import Event as Signal

from django.db.models import Q
from django.utils import timezone

from forum.models import Publication
from forum.models.publications import PublicationQuerySet

# Set when a book is asked for: the printer of a served site listens.
something_waits = Signal()


def waiting_books(at: datetime | None = None) -> bool:
    """Return whether there is a book that waits for a maker."""
    return due_books(at or timezone.now()).exists()


def due_books(now: datetime) -> PublicationQuerySet:
    """Return the books that nobody makes, in the order in which they are made."""
    rows = Publication.objects.under_way().filter(Q(claimed_until=None) | Q(claimed_until__lt=now))
    # Visitors come last: what they may ask for is limited by address alone, and must not keep members waiting.
    return rows.annotate(is_by_visitor=Q(asked_by=None)).order_by("is_by_visitor", "asked_at", "pk")
