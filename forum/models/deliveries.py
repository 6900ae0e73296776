"""Delivery: an event of which not everybody has been told yet."""

from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.models.events import Event

PATIENCE = timedelta(minutes=1)  # for whoever has just done it to tell of it themselves


def after_patience() -> datetime:
    """Return when somebody else tells of what is recorded now."""
    return timezone.now() + PATIENCE


class Delivery(models.Model):
    """Written in the transaction of its event, and gone when all who hear of it were told.

    So what happens between the two (a process that dies, a hundred thousand hearers) loses no news. People are told in
    the order of their ids: `reached` is the last one told. From `due_at` on anybody may go on with it.
    """

    event = models.OneToOneField(Event, models.CASCADE, primary_key=True, related_name="+")
    reached = models.PositiveBigIntegerField(default=0)
    due_at = models.DateTimeField(_("due"), default=after_patience)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        indexes = (models.Index(fields=["due_at"], name="deliveries_due"),)

    def __str__(self) -> str:
        return f"{self.event_id}"
