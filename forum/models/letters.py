"""Letter: a mail that waits, goes out or has gone: the outbox."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LONGEST_PROBLEM = 300  # characters of what a mail server answered that are kept


class Rhythm(models.TextChoices):
    """When news of one family come by mail."""

    ONCE = "once", pgettext_lazy("mail", "At once")
    DAILY = "daily", _("Daily")
    WEEKLY = "weekly", _("Weekly")
    NONE = "none", _("No mail")


class Letter(models.Model):
    """One mail to one person. Its text is written when it goes out, from the notifications that belong to it.

    While it is open it gathers news: `about` names what they are about (`thread:12`), or the day of a bulletin
    (`2026-11-24`). From the first attempt on it is sealed. Whoever sends it holds it by `claim` until `claimed_until`;
    when that has passed, the sender is gone and the letter may be sent again. Personal in it: to which `address` it
    went and what the mail server answered (`problem`); letters that have gone are deleted after a month.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Gathers news")
        SEALED = "sealed", pgettext_lazy("letter", "Goes out")
        SENT = "sent", pgettext_lazy("letter", "Sent")
        EMPTY = "empty", _("Nothing left to tell")
        FAILED = "failed", _("Could not be sent")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("person"), related_name="letters")
    rhythm = models.CharField(_("rhythm"), max_length=10, choices=Rhythm)
    family = models.CharField(_("kind"), max_length=20, blank=True)  # of news at once; a bulletin has all families
    about = models.CharField(max_length=60)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    due_at = models.DateTimeField(_("due"))
    claim = models.UUIDField(null=True, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    address = models.EmailField(_("e-mail address"), blank=True)
    problem = models.CharField(_("answer of the mail server"), max_length=LONGEST_PROBLEM, blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        constraints = (
            models.UniqueConstraint(
                fields=["user", "rhythm", "family", "about"],
                condition=models.Q(state="open") | ~models.Q(rhythm="once"),
                name="letter_gathers_once",
            ),
        )
        indexes = (
            models.Index(fields=["state", "due_at", "id"], name="letters_due"),
            models.Index(fields=["created_at"], name="letters_oldest_first"),
        )

    def __str__(self) -> str:
        return f"{self.user} · {self.rhythm} · {self.about}"
