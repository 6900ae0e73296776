"""Notice: what a city or the site tells everybody."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.models.cities import City


class Notice(models.Model):
    """A notice of a city, or of the whole site when `city` is empty. Shown until `ends_at`, then only listed.

    Without an author it was posted by the program: the result of an election, a new mayor.
    """

    city = models.ForeignKey(
        City, models.CASCADE, verbose_name=_("city"), null=True, blank=True, related_name="notices"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("author"), null=True, blank=True, related_name="+"
    )
    title = models.CharField(_("title"), max_length=120)
    body = models.TextField(_("text"), max_length=5000, blank=True)
    html = models.TextField(blank=True)
    renderer_version = models.PositiveSmallIntegerField()
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    ends_at = models.DateTimeField(_("shown until"), null=True, blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ("-created_at", "-id")
        indexes = (models.Index(fields=["city", "-created_at", "-id"], name="notices_newest_first"),)

    def __str__(self) -> str:
        return self.title
