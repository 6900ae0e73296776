"""Event: one row per fact; the public log is a view of it."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.models.boards import Board
from forum.models.cities import City
from forum.models.posts import Post
from forum.models.threads import Thread


class Event(models.Model):
    """Who did what to what, when and why. Never changed.

    `kind` is noun.verb in the past (post.hidden); events/kinds.py says what each kind means and where
    it shows. `in_log` puts it into the city's public log, `in_thread` into the course of the thread.
    `data` holds the few plain values a sentence needs (old and new board name, number of an old act).
    """

    kind = models.CharField(max_length=40)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    city = models.ForeignKey(City, models.CASCADE, null=True, related_name="events")
    board = models.ForeignKey(Board, models.SET_NULL, null=True, related_name="+")
    thread = models.ForeignKey(Thread, models.CASCADE, null=True, related_name="events")
    post = models.ForeignKey(Post, models.CASCADE, null=True, related_name="events")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=500, blank=True)
    data = models.JSONField(default=dict, blank=True)
    in_log = models.BooleanField(default=False)
    in_thread = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("event")
        indexes = (
            models.Index(
                fields=["city", "-created_at", "-id"], condition=models.Q(in_log=True), name="log_newest_first"
            ),
            models.Index(
                fields=["thread", "created_at", "id"], condition=models.Q(in_thread=True), name="acts_in_thread"
            ),
        )

    def __str__(self) -> str:
        return self.kind
