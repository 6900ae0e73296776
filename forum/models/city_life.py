"""RollCall, GuestbookEntry and CityRecommendation: small signs of life in a city."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.models.cities import City


class RollCall(models.Model):
    """A member was in the city on a day (in their own time zone) and said so."""

    city = models.ForeignKey(City, models.CASCADE, verbose_name=_("city"), related_name="roll_calls")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("person"), related_name="+")
    day = models.DateField(_("day"))
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    class Meta:
        verbose_name = _("roll call")
        verbose_name_plural = _("roll calls")
        constraints = (models.UniqueConstraint(fields=["city", "user", "day"], name="roll_call_once_a_day"),)
        indexes = (models.Index(fields=["city", "day", "created_at"], name="roll_calls_by_day"),)

    def __str__(self) -> str:
        return f"{self.city} · {self.user} · {self.day}"


class GuestbookEntry(models.Model):
    """A line that a visitor of the city left in its guestbook: plain text."""

    city = models.ForeignKey(City, models.CASCADE, verbose_name=_("city"), related_name="guestbook")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("author"), related_name="+")
    body = models.TextField(_("text"), max_length=500)
    is_hidden = models.BooleanField(_("hidden"), default=False)
    submission = models.UUIDField(null=True, blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    class Meta:
        verbose_name = _("guestbook entry")
        verbose_name_plural = _("guestbook entries")
        constraints = (models.UniqueConstraint(fields=["author", "submission"], name="guestbook_entry_sent_once"),)
        indexes = (models.Index(fields=["city", "-created_at", "-id"], name="guestbook_newest_first"),)

    def __str__(self) -> str:
        return f"{self.city} · {self.author}"


class CityRecommendation(models.Model):
    """A member vouches for a city by name."""

    city = models.ForeignKey(City, models.CASCADE, verbose_name=_("city"), related_name="recommendation_set")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("person"), related_name="+")
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    class Meta:
        verbose_name = _("recommendation of a city")
        verbose_name_plural = _("recommendations of cities")
        constraints = (models.UniqueConstraint(fields=["city", "user"], name="city_recommended_once_per_person"),)
        indexes = (models.Index(fields=["city", "created_at", "id"], name="city_recommenders"),)

    def __str__(self) -> str:
        return f"{self.user} → {self.city}"
