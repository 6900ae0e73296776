"""Watch: what a person wants to hear of, and how much."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.models.boards import Board
from forum.models.cities import City
from forum.models.threads import Thread


class Watch(models.Model):
    """One person watches one city, board or thread. The nearest counts: thread before board before city."""

    class Level(models.TextChoices):
        ALL = "all", _("All posts")
        THREADS = "threads", _("New threads only")
        MUTED = "muted", _("Muted")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("person"), related_name="watches")
    city = models.ForeignKey(
        City, models.CASCADE, verbose_name=_("city"), null=True, blank=True, related_name="watches"
    )
    board = models.ForeignKey(
        Board, models.CASCADE, verbose_name=_("board"), null=True, blank=True, related_name="watches"
    )
    thread = models.ForeignKey(
        Thread, models.CASCADE, verbose_name=_("thread"), null=True, blank=True, related_name="watches"
    )
    level = models.CharField(_("level"), max_length=10, choices=Level, default=Level.ALL)
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    class Meta:
        verbose_name = _("watch")
        verbose_name_plural = _("watches")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(city__isnull=False, board__isnull=True, thread__isnull=True)
                | models.Q(city__isnull=True, board__isnull=False, thread__isnull=True)
                | models.Q(city__isnull=True, board__isnull=True, thread__isnull=False),
                name="watch_of_one_place",
            ),
            models.CheckConstraint(condition=models.Q(level__in=("all", "threads", "muted")), name="watch_level_known"),
            models.CheckConstraint(
                condition=models.Q(thread__isnull=True) | ~models.Q(level="threads"), name="thread_has_no_threads"
            ),
            models.UniqueConstraint(fields=["user", "city"], name="city_watched_once"),
            models.UniqueConstraint(fields=["user", "board"], name="board_watched_once"),
            models.UniqueConstraint(fields=["user", "thread"], name="thread_watched_once"),
        )
        indexes = (models.Index(fields=["user", "-created_at", "-id"], name="watches_of_person"),)

    def __str__(self) -> str:
        return f"{self.user} → {self.place}"

    @property
    def place(self) -> City | Board | Thread | None:
        """The city, board or thread."""
        return self.city or self.board or self.thread

    @property
    def noun(self) -> str:
        """What the place is: city, board or thread."""
        return "city" if self.city_id else "board" if self.board_id else "thread"
