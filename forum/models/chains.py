"""Chain: where the chain of a city's record ends."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from forum.models.cities import City


class Chain(models.Model):
    """The end of one city's chain: how many links it has, and the hash of the last.

    Kept apart from the city, so that whoever adds a link locks this row alone, and locks it last.
    """

    city = models.OneToOneField(City, models.CASCADE, verbose_name=_("city"), primary_key=True, related_name="chain")
    length = models.PositiveBigIntegerField(_("length"), default=0)
    head = models.CharField(_("latest hash"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("chain")
        verbose_name_plural = _("chains")

    def __str__(self) -> str:
        return f"{self.city} · {self.length}"
