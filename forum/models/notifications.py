"""Notification: a person hears of an event."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.models.events import Event
from forum.models.letters import Letter
from forum.models.threads import Thread


class Notification(models.Model):
    """News for one person. `kind` says why they hear of it; notifying/kinds.py says what each kind means.

    `thread` repeats the event's, so that the news of a thread come from one index. `created_at` is the event's time.
    Mailing has `is_sorted` what it has looked at, and put into a `letter` what goes out by mail (mailing/sorting.py).
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("person"), related_name="notifications", db_index=False
    )
    kind = models.CharField(_("kind"), max_length=20)
    event = models.ForeignKey(Event, models.CASCADE, related_name="notifications", db_index=False)
    thread = models.ForeignKey(Thread, models.CASCADE, verbose_name=_("thread"), null=True, related_name="+")
    read_at = models.DateTimeField(_("read"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    is_sorted = models.BooleanField(default=False, editable=False)
    letter = models.ForeignKey(
        Letter, models.SET_NULL, null=True, editable=False, related_name="notifications", db_index=False
    )

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        # By event, so that telling many of one writes next to one another.
        constraints = (models.UniqueConstraint(fields=["event", "user"], name="notified_once_of_an_event"),)
        indexes = (
            models.Index(fields=["user", "-created_at", "-id"], name="notifications_newest_first"),
            models.Index(fields=["user"], condition=models.Q(read_at__isnull=True), name="notifications_unread"),
            models.Index(fields=["id"], condition=models.Q(is_sorted=False), name="notifications_unsorted"),
            models.Index(fields=["letter"], condition=models.Q(letter__isnull=False), name="notifications_mailed"),
        )

    def __str__(self) -> str:
        return f"{self.user} · {self.kind}"
