"""Archive: another forum whose threads were brought into a city."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.models.cities import City


class Archive(models.Model):
    """Where imported threads came from; a second run finds what the first one made."""

    city = models.ForeignKey(City, models.CASCADE, verbose_name=_("city"), related_name="archives")
    software = models.CharField(_("software"), max_length=30)
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    class Meta:
        verbose_name = _("archive")
        verbose_name_plural = _("archives")
        constraints = (models.UniqueConstraint(fields=["city", "software"], name="archive_once_per_city"),)

    def __str__(self) -> str:
        return f"{self.software} → {self.city}"


class ArchivedAuthor(models.Model):
    """The account that stands for an author of an archive. Personal in it: name and address there."""

    archive = models.ForeignKey(Archive, models.CASCADE, verbose_name=_("archive"), related_name="authors")
    source_name = models.CharField(_("name there"), max_length=100)
    email = models.EmailField(_("e-mail address there"), blank=True)  # by which the author can claim the account
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("person"), related_name="archived_as"
    )

    class Meta:
        verbose_name = _("archived author")
        verbose_name_plural = _("archived authors")
        constraints = (
            models.UniqueConstraint(fields=["archive", "source_name"], name="archived_author_once_per_archive"),
        )

    def __str__(self) -> str:
        return self.source_name
