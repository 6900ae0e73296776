"""Publication: a thread or a digest made into a book to take away, or on its way to become one."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forum.models.digests import Digest
from forum.models.threads import Thread

LONGEST_PROBLEM = 2000


class PublicationQuerySet(models.QuerySet["Publication"]):
    """Scopes of publications."""

    def under_way(self) -> "PublicationQuerySet":
        """Books that wait or are being made."""
        return self.filter(state__in=Publication.UNDER_WAY, finished_at=None)  # the index tells the latter

    def ready(self) -> "PublicationQuerySet":
        """Books whose file is there."""
        return self.filter(state=Publication.State.READY)


class Publication(models.Model):
    """A book in one format, and the work of making it.

    `content` is a hash of everything the book is made of, and of what of it whoever asked may see: a file is only given
    to whom it would be made the same today. Whoever makes it holds it by `claim` until `claimed_until`; when that has
    passed, the maker is gone and anybody may begin again. Nobody has `asked_by` a book that a visitor asked for.
    """

    class Format(models.TextChoices):
        PDF = "pdf", "PDF"
        EPUB = "epub", "EPUB"

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("book", "Waiting")
        MAKING = "making", pgettext_lazy("book", "Being made")
        READY = "ready", pgettext_lazy("book", "Ready")
        FAILED = "failed", pgettext_lazy("book", "Could not be made")
        CANCELLED = "cancelled", pgettext_lazy("book", "Cancelled")

    UNDER_WAY = (State.WAITING, State.MAKING)
    LIVING = (State.WAITING, State.MAKING, State.READY)

    thread = models.ForeignKey(Thread, models.CASCADE, null=True, blank=True, related_name="publications")
    digest = models.ForeignKey(Digest, models.CASCADE, null=True, blank=True, related_name="publications")
    format = models.CharField(_("format"), max_length=4, choices=Format)
    is_vertical = models.BooleanField(_("vertical"), default=False)
    content = models.CharField(max_length=64)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        verbose_name=_("person"),
        related_name="publications",
    )
    asked_at = models.DateTimeField(_("asked for"), default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=LONGEST_PROBLEM, blank=True)
    file = models.CharField(max_length=60, blank=True)
    size = models.PositiveBigIntegerField(_("bytes"), default=0)
    claim = models.UUIDField(null=True, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("book")
        verbose_name_plural = _("books")
        constraints = (
            models.CheckConstraint(
                condition=Q(thread__isnull=False, digest__isnull=True) | Q(thread__isnull=True, digest__isnull=False),
                name="publication_of_one_thing",
            ),
            models.UniqueConstraint(
                fields=["thread", "format", "is_vertical", "content"],
                condition=Q(state__in=("waiting", "making", "ready"), thread__isnull=False),
                name="thread_published_once",
            ),
            models.UniqueConstraint(
                fields=["digest", "format", "is_vertical", "content"],
                condition=Q(state__in=("waiting", "making", "ready"), digest__isnull=False),
                name="digest_published_once",
            ),
        )
        indexes = (
            models.Index(
                fields=["asked_at", "id"], condition=Q(state__in=("waiting", "making")), name="publications_waiting"
            ),
            models.Index(fields=["finished_at"], name="publications_by_age"),
        )

    def __str__(self) -> str:
        return f"{self.thread or self.digest} · {self.format}"

    @property
    def is_under_way(self) -> bool:
        """Whether it waits or is being made."""
        return self.state in self.UNDER_WAY

    @property
    def percent(self) -> int:
        """How much of it is made."""
        return min(100, 100 * self.done // self.total) if self.total else 0
