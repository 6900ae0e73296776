"""Conversation and Participant: people who write to one another, apart from all cities."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Conversation(models.Model):
    """What a few people write to one another; nobody else reads it, no moderator either.

    Personal: the `subject`, who takes part, and when. It stands in no city and in no chain. `starter` adds people.
    """

    subject = models.CharField(_("subject"), max_length=200, blank=True)
    starter = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("who began it"), related_name="+"
    )
    last_number = models.PositiveIntegerField(default=0)
    last_message_at = models.DateTimeField(_("last message"), default=timezone.now)
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    class Meta:
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")
        indexes = (
            models.Index(fields=["-last_message_at", "-id"], name="conversations_newest_first"),
            models.Index(fields=["starter", "created_at"], name="conversations_of_starter"),
        )

    def __str__(self) -> str:
        return f"{self.pk}"


class ParticipantQuerySet(models.QuerySet["Participant"]):
    """Scopes of participants."""

    def present(self) -> "ParticipantQuerySet":
        """Those who have not left."""
        return self.filter(left_at=None)


class Participant(models.Model):
    """One person in one conversation, and the number of the last message that they have read.

    Personal: who takes part, how far they read, when they left. `joined_after` and `left_after` are the numbers of the
    messages after which that was.
    """

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="participants", db_index=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("person"), related_name="participations"
    )
    read_number = models.PositiveIntegerField(default=0)
    joined_at = models.DateTimeField(_("joined"), default=timezone.now)
    joined_after = models.PositiveIntegerField(default=0)
    left_at = models.DateTimeField(_("left"), null=True, blank=True)
    left_after = models.PositiveIntegerField(null=True, blank=True)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        constraints = (
            models.UniqueConstraint(fields=["conversation", "user"], name="participant_once"),
            models.CheckConstraint(
                condition=models.Q(left_at__isnull=True, left_after__isnull=True)
                | models.Q(left_at__isnull=False, left_after__isnull=False),
                name="participant_left_somewhere",
            ),
        )
        indexes = (
            models.Index(
                fields=["user", "conversation"], condition=models.Q(left_at__isnull=True), name="participants_present"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} · {self.conversation_id}"
