"""Watch: what a person wants to hear of, and how much."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.models.boards import Board
from forum.models.cities import City
from forum.models.threads import Thread

if TYPE_CHECKING:
    from accounts.models import User


class Watch(models.Model):
    """One person watches one city, board, thread or person, and nobody else knows of it.

    Of places the nearest counts: thread before board before city.
    """

    class Level(models.TextChoices):
        ALL = "all", _("All posts")
        THREADS = "threads", _("New threads only")
        MENTIONS = "mentions", _("Mentions only")
        MUTED = "muted", _("Muted")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("person"), related_name="watches")
    # The indexes below begin with these, so they have none of their own.
    city = models.ForeignKey(
        City, models.CASCADE, verbose_name=_("city"), null=True, blank=True, related_name="watches", db_index=False
    )
    board = models.ForeignKey(
        Board, models.CASCADE, verbose_name=_("board"), null=True, blank=True, related_name="watches", db_index=False
    )
    thread = models.ForeignKey(
        Thread, models.CASCADE, verbose_name=_("thread"), null=True, blank=True, related_name="watches", db_index=False
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        verbose_name=_("watched person"),
        null=True,
        blank=True,
        related_name="watched_by",
        db_index=False,
    )
    level = models.CharField(_("level"), max_length=10, choices=Level, default=Level.ALL)
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    class Meta:
        verbose_name = _("watch")
        verbose_name_plural = _("watches")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(city__isnull=False, board__isnull=True, thread__isnull=True, person__isnull=True)
                | models.Q(city__isnull=True, board__isnull=False, thread__isnull=True, person__isnull=True)
                | models.Q(city__isnull=True, board__isnull=True, thread__isnull=False, person__isnull=True)
                | models.Q(city__isnull=True, board__isnull=True, thread__isnull=True, person__isnull=False),
                name="watch_of_one_place",
            ),
            models.CheckConstraint(
                condition=models.Q(level__in=("all", "threads", "mentions", "muted")), name="watch_level_known"
            ),
            models.CheckConstraint(
                condition=models.Q(thread__isnull=True) | ~models.Q(level="threads"), name="thread_has_no_threads"
            ),
            # Whoever mentions one is heard anyway.
            models.CheckConstraint(
                condition=models.Q(person__isnull=True) | ~models.Q(level="mentions"), name="person_has_no_mentions"
            ),
            models.CheckConstraint(condition=~models.Q(person=models.F("user")), name="nobody_watches_themselves"),
            models.UniqueConstraint(fields=["user", "city"], name="city_watched_once"),
            models.UniqueConstraint(fields=["user", "board"], name="board_watched_once"),
            models.UniqueConstraint(fields=["user", "thread"], name="thread_watched_once"),
            models.UniqueConstraint(fields=["user", "person"], name="person_watched_once"),
        )
        indexes = (
            models.Index(fields=["user", "-created_at", "-id"], name="watches_of_person"),
            # Those who hear are told in windows of their ids, each of which is one walk.
            models.Index(fields=["city", "user"], condition=models.Q(city__isnull=False), name="watchers_of_city"),
            models.Index(fields=["board", "user"], condition=models.Q(board__isnull=False), name="watchers_of_board"),
            models.Index(
                fields=["thread", "user"], condition=models.Q(thread__isnull=False), name="watchers_of_thread"
            ),
            models.Index(
                fields=["person", "user"], condition=models.Q(person__isnull=False), name="watchers_of_person"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} → {self.place}"

    @property
    def place(self) -> "City | Board | Thread | User | None":
        """The city, board, thread or person."""
        return self.city or self.board or self.thread or self.person

    @property
    def noun(self) -> str:
        """What is watched: city, board, thread or person."""
        return "city" if self.city_id else "board" if self.board_id else "thread" if self.thread_id else "person"
