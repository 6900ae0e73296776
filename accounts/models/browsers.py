"""KnownBrowser: a browser with which a person has signed in before."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class KnownBrowser(models.Model):
    """Known by a cookie, of which only the hash is kept. Personal in it: what the browser is, and its network."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("person"), related_name="known_browsers"
    )
    mark = models.CharField(max_length=64)
    kind = models.CharField(_("browser"), max_length=60, blank=True)
    network = models.CharField(_("network"), max_length=50, blank=True)
    first_seen_at = models.DateTimeField(_("first sign-in"), default=timezone.now)
    last_seen_at = models.DateTimeField(_("last sign-in"), default=timezone.now)

    class Meta:
        verbose_name = _("known browser")
        verbose_name_plural = _("known browsers")
        constraints = (models.UniqueConstraint(fields=["user", "mark"], name="browser_known_once"),)

    def __str__(self) -> str:
        return f"{self.user} · {self.kind}"
