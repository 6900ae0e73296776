"""Message and MessageReport: a text in a conversation, and the copy of one that a reader passes on."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.models.conversations import Conversation


class Message(models.Model):
    """A message: Markdown as typed (`body`) with the safe HTML made of it. Its number in the conversation stays.

    Personal: all of it; only those in the conversation read it. `submission` marks one filled-in form, so that sending
    it twice makes one message.
    """

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="messages", db_index=False)
    number = models.PositiveIntegerField(_("number"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("author"), related_name="messages", db_index=False
    )
    body = models.TextField(_("text"))
    html = models.TextField()
    renderer_version = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=10, blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    submission = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = (
            models.UniqueConstraint(fields=["conversation", "number"], name="message_number_unique"),
            models.UniqueConstraint(fields=["author", "submission"], name="message_submitted_once"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="message_numbers_start_at_1"),
        )
        indexes = (models.Index(fields=["author", "created_at"], name="messages_of_author"),)

    def __str__(self) -> str:
        return f"{self.conversation_id} #{self.number}"


class MessageReport(models.Model):
    """A reader shows one message to the site's moderators, who see this copy and nothing else of the conversation.

    Personal: the copied text (`body`), who wrote it and when, who reported it and why. `reason` is a name of
    DEFAULT_REASONS (forum/queries/reports.py). The copy stays when the conversation is gone.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        UPHELD = "upheld", _("Upheld")
        DISMISSED = "dismissed", _("Dismissed")

    message = models.ForeignKey(Message, models.SET_NULL, null=True, blank=True, related_name="reports")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("person"), related_name="reported_messages"
    )
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("who reported"), related_name="message_reports"
    )
    body = models.TextField(_("text"))
    language = models.CharField(max_length=10, blank=True)
    written_at = models.DateTimeField()
    reason = models.CharField(_("reason"), max_length=120)
    words = models.TextField(_("in your words"), max_length=2000, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("decided by"), null=True, blank=True, related_name="+"
    )
    answer = models.CharField(max_length=1000, blank=True)

    class Meta:
        verbose_name = _("report of a message")
        verbose_name_plural = _("reports of messages")
        constraints = (
            models.UniqueConstraint(fields=["message", "reporter"], name="message_reported_once"),
            models.CheckConstraint(
                condition=models.Q(state="waiting", decided_by__isnull=True, decided_at__isnull=True)
                | ~models.Q(state="waiting"),
                name="message_report_waits_undecided",
            ),
        )
        indexes = (
            models.Index(fields=["state", "-created_at", "-id"], name="message_reports_newest_first"),
            models.Index(fields=["reporter", "-created_at", "-id"], name="message_reports_of_person"),
        )

    def __str__(self) -> str:
        return f"{self.pk}"
