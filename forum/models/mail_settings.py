"""MailSetting and Suppression: what mail a person wants, and addresses that take none."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.models.letters import Rhythm


class MailSetting(models.Model):
    """The rhythm that a person chose for one family of news; without a row that of mailing/families.py holds."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("person"), related_name="mail_settings"
    )
    family = models.CharField(_("kind"), max_length=20)
    rhythm = models.CharField(_("rhythm"), max_length=10, choices=Rhythm)

    class Meta:
        verbose_name = _("mail setting")
        verbose_name_plural = _("mail settings")
        constraints = (models.UniqueConstraint(fields=["user", "family"], name="mail_setting_once"),)
        indexes = (models.Index(fields=["family", "rhythm", "user"], name="mail_settings_by_family"),)

    def __str__(self) -> str:
        return f"{self.user} · {self.family} · {self.rhythm}"


class Suppression(models.Model):
    """Mail to this address of a person came back, or they called it unwanted. Personal in it: the address.

    Nothing is sent to it from `stopped_at` on, until the person lifts that. Failures that may pass are only counted
    (`failures`, the last at `failed_at`); when there are too many of them, they stop it too.
    """

    class Reason(models.TextChoices):
        BOUNCED = "bounced", _("Mail came back")
        COMPLAINED = "complained", _("Reported as unwanted")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("person"), related_name="suppressions"
    )
    address = models.EmailField(_("e-mail address"))
    reason = models.CharField(_("reason"), max_length=12, choices=Reason)
    detail = models.CharField(_("answer of the mail server"), max_length=300, blank=True)
    failures = models.PositiveSmallIntegerField(_("failures"), default=0)
    failed_at = models.DateTimeField(_("last failure"), default=timezone.now)
    stopped_at = models.DateTimeField(_("stopped"), null=True, blank=True)

    class Meta:
        verbose_name = _("address without mail")
        verbose_name_plural = _("addresses without mail")
        constraints = (models.UniqueConstraint(fields=["user", "address"], name="suppressed_once"),)

    def __str__(self) -> str:
        return self.address
