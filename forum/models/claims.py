"""Claim: somebody says that an account brought in from an archive is theirs."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Claim(models.Model):
    """Decided by the site's moderators. Personal in it: the address, and what the claimant says."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        GRANTED = "granted", _("Granted")
        REFUSED = "refused", _("Refused")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("claimed account"), related_name="claims"
    )
    claimant = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("asked by"),
        related_name="claims_made",
        null=True,
        blank=True,
    )
    email = models.EmailField(_("e-mail address"))
    words = models.TextField(_("statement"), max_length=2000)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("decided by"), null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    answer = models.TextField(_("answer"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        indexes = (models.Index(fields=["state", "created_at"], name="claims_by_state"),)
        constraints = (
            models.UniqueConstraint(
                fields=["person", "email"], condition=models.Q(state="waiting"), name="one_claim_waits_per_address"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} · {self.state}"
