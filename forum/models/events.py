"""Event: one row per fact; the public log is a view of it."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.models.boards import Board
from forum.models.cities import City
from forum.models.posts import Post
from forum.models.sanctions import Sanction
from forum.models.threads import Thread


class Event(models.Model):
    """Who did what to what, when and why. Never changed.

    `kind` is noun.verb in the past (post.hidden); events/kinds/ says what each kind means and where
    it shows. `in_log` puts it into the city's public log, `in_thread` into the course of the thread.
    `data` holds the few plain values a sentence needs (old and new board name, number of an old act).
    `is_private` keeps names, titles and the reason out of the public log; the act itself stays there. `is_party`
    says that the officer was party to the matter. `undoes` is the act that this one took back.

    The events of a city are chained: `position` counts them, `content_hash` is that of reason and data with `salt`,
    and `chain_hash` that of the row and the hash of the one before (see forum/events/chain.py).
    """

    kind = models.CharField(_("kind"), max_length=40)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("who acted"), null=True, related_name="+"
    )
    city = models.ForeignKey(
        City, models.CASCADE, verbose_name=_("city"), null=True, related_name="events", db_index=False
    )
    board = models.ForeignKey(
        Board, models.SET_NULL, verbose_name=_("board"), null=True, related_name="+", db_index=False
    )
    thread = models.ForeignKey(Thread, models.CASCADE, verbose_name=_("thread"), null=True, related_name="events")
    post = models.ForeignKey(Post, models.CASCADE, verbose_name=_("post"), null=True, related_name="events")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("person"), null=True, related_name="+", db_index=False
    )
    reason = models.CharField(max_length=500, blank=True)
    data = models.JSONField(default=dict, blank=True)
    in_log = models.BooleanField(_("in the public log"), default=False)
    in_thread = models.BooleanField(default=False)
    is_private = models.BooleanField(_("kept private"), default=False)
    is_party = models.BooleanField(_("party to the matter"), default=False)
    sanction = models.ForeignKey(Sanction, models.PROTECT, null=True, related_name="events", db_index=False)
    undoes = models.OneToOneField("self", models.PROTECT, null=True, related_name="undone_by")
    position = models.PositiveBigIntegerField(_("position"), null=True)
    salt = models.CharField(max_length=32, blank=True)
    content_hash = models.CharField(max_length=64, blank=True)
    chain_hash = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = (models.UniqueConstraint(fields=["city", "position"], name="event_position_once_in_city"),)
        indexes = (
            models.Index(
                fields=["city", "-created_at", "-id"], condition=models.Q(in_log=True), name="log_newest_first"
            ),
            models.Index(
                fields=["thread", "created_at", "id"], condition=models.Q(in_thread=True), name="acts_in_thread"
            ),
            # What few events have is indexed for those few.
            models.Index(fields=["board"], condition=models.Q(board__isnull=False), name="events_of_board"),
            models.Index(
                fields=["person", "-created_at", "-id"],
                condition=models.Q(person__isnull=False),
                name="events_about_person",
            ),
            # What befalls a city as a whole: its terms and warnings, found by their kind.
            models.Index(
                fields=["city", "kind", "-created_at", "-id"],
                condition=models.Q(thread__isnull=True),
                name="events_of_city",
            ),
            models.Index(fields=["sanction"], condition=models.Q(sanction__isnull=False), name="events_of_sanction"),
        )

    def __str__(self) -> str:
        return self.kind

    @property
    def is_erased(self) -> bool:
        """Whether its content was erased: only the hash of it is left."""
        return self.position is not None and not self.salt
