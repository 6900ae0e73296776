"""Invitation: somebody may sign up because a member asked them to."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Invitation(models.Model):
    """Used once. Personal in it: who invited whom."""

    inviter = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("invited by"), related_name="invitations"
    )
    note = models.CharField(_("for whom"), max_length=100, blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    expires_at = models.DateTimeField(_("holds until"))
    used_at = models.DateTimeField(_("used"), null=True, blank=True)
    used_by = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("used by"),
        related_name="invitation",
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        indexes = (models.Index(fields=["inviter", "-created_at"], name="invitations_of_inviter"),)

    def __str__(self) -> str:
        return f"{self.inviter} · {self.pk}"

    def holds(self, now: datetime) -> bool:
        """Return whether somebody may still sign up with it."""
        return self.used_at is None and self.expires_at > now
