"""Thread: a topic under discussion and its stored counts."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.lasting import lasts_until
from forum.models.archives import Archive
from forum.models.boards import Board
from forum.models.cities import City


class ThreadQuerySet(models.QuerySet["Thread"]):
    """Scopes of threads."""

    def pinned(self, at: datetime | None = None) -> "ThreadQuerySet":
        """Threads kept at the top of their board, now or at that time: a pin runs out by the clock alone."""
        lasting = models.Q(pinned_until=None) | models.Q(pinned_until__gt=at or timezone.now())
        return self.filter(lasting, is_pinned=True)

    def unpinned(self, at: datetime | None = None) -> "ThreadQuerySet":
        """Threads that stand in their list where they belong: never pinned, or no longer."""
        return self.filter(models.Q(is_pinned=False) | models.Q(pinned_until__lte=at or timezone.now()))

    def shown(self) -> "ThreadQuerySet":
        """Threads that no moderator has hidden."""
        return self.filter(is_hidden=False)


class Thread(models.Model):
    """A thread. Its address does not depend on its board, so it survives moving.

    `city` repeats `board.city` so that a city's newest threads come from one index.
    `replies_count` counts replies that are not hidden; `posts_count` every post, also hidden ones, but none that
    is held (pages are cut by it); `recommendations_count` is that of the opening post, as in the lists of old.
    `last_number` is the highest post number ever given; numbers are never given twice. `former_count` is the
    number of those whose posts have moved to other threads (see FormerNumber). A thread that waits for approval
    is held and hidden; one whose posts went into another is hidden and says which (`merged_into`).
    Whether it is pinned at present, `is_on_top` and the scope `pinned()` say: `pinned_until` may be past.
    """

    city = models.ForeignKey(City, models.CASCADE, verbose_name=_("city"), related_name="threads", db_index=False)
    board = models.ForeignKey(Board, models.PROTECT, verbose_name=_("board"), related_name="threads", db_index=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("author"), related_name="threads", db_index=False
    )
    title = models.CharField(_("title"), max_length=200)
    alias = models.CharField(_("title in another language"), max_length=200, blank=True)
    excerpt = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=10, blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    is_pinned = models.BooleanField(_("pinned"), default=False)
    pinned_until = models.DateTimeField(_("pinned until"), null=True, blank=True)
    is_locked = models.BooleanField(_("locked"), default=False)
    is_featured = models.BooleanField(_("featured"), default=False)
    is_hidden = models.BooleanField(_("hidden"), default=False)
    is_held = models.BooleanField(_("held for approval"), default=False)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", db_index=False
    )
    former_count = models.PositiveIntegerField(default=0)
    last_number = models.PositiveIntegerField(default=0)
    posts_count = models.PositiveIntegerField(_("posts"), default=0)
    replies_count = models.PositiveIntegerField(default=0)
    views_count = models.PositiveIntegerField(default=0)
    recommendations_count = models.PositiveIntegerField(default=0)
    last_post_at = models.DateTimeField(default=timezone.now)
    last_author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    archive = models.ForeignKey(
        Archive,
        models.PROTECT,
        verbose_name=_("archive"),
        null=True,
        blank=True,
        related_name="threads",
        db_index=False,
    )
    source_id = models.PositiveBigIntegerField(null=True, blank=True)
    source_slug = models.CharField(max_length=200, blank=True)

    objects = ThreadQuerySet.as_manager()

    class Meta:
        verbose_name = _("thread")
        verbose_name_plural = _("threads")
        constraints = (
            models.UniqueConstraint(fields=["archive", "source_id"], name="archived_thread_once"),
            models.CheckConstraint(
                condition=models.Q(replies_count__lte=models.F("posts_count")), name="thread_replies_within_posts"
            ),
            models.CheckConstraint(
                condition=models.Q(posts_count__lte=models.F("last_number")), name="thread_posts_within_numbers"
            ),
        )
        indexes = (
            # Each order of a board's list, with the id last so that pages never overlap.
            # Whether a thread is hidden does not stand before it: for who sees their own hidden threads among the
            # others, an index that parts them has no order.
            models.Index(fields=["board", "-last_post_at", "-id"], name="board_by_activity"),
            models.Index(fields=["board", "-created_at", "-id"], name="board_by_age"),
            models.Index(fields=["board", "-recommendations_count", "-id"], name="board_by_recommended"),
            models.Index(fields=["board", "-views_count", "-id"], name="board_by_views"),
            models.Index(fields=["board", "-last_post_at"], condition=models.Q(is_pinned=True), name="board_pinned"),
            models.Index(fields=["city", "-last_post_at", "-id"], name="city_by_activity"),
            models.Index(fields=["city", "-last_post_at"], condition=models.Q(is_pinned=True), name="city_pinned"),
            models.Index(fields=["-last_post_at", "-id"], name="threads_by_activity"),
            models.Index(fields=["-recommendations_count", "-id"], name="threads_by_recommended"),
            models.Index(fields=["author", "-created_at", "-id"], name="threads_of_author"),
            models.Index(fields=["source_id"], condition=models.Q(source_id__isnull=False), name="threads_by_source"),
            # Hardly any thread was merged: an index of all would tempt SQLite to walk it for those that were not.
            models.Index(fields=["merged_into"], condition=models.Q(merged_into__isnull=False), name="threads_merged"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_on_top(self) -> bool:
        """Whether the thread is pinned now; a pin that has run out counts as none."""
        is_on_top = self.is_pinned and (self.pinned_until is None or self.pinned_until > timezone.now())
        if is_on_top:
            lasts_until(self.pinned_until)
        return is_on_top
