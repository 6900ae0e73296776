"""Sanction: what was decided about a person, by whom, why and until when."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.lasting import lasts_until
from forum.models.cities import City
from forum.models.posts import Post


class SanctionQuerySet(models.QuerySet["Sanction"]):
    """Scopes of sanctions."""

    def in_force(self, at: datetime | None = None) -> "SanctionQuerySet":
        """Sanctions that hold at the time: begun, not lifted, not run out."""
        now = at or timezone.now()
        return self.filter(models.Q(ends_at__isnull=True) | models.Q(ends_at__gt=now), lifted_at__isnull=True)


class Sanction(models.Model):
    """A sanction in a city, or on the whole site when `city` is empty. Without `ends_at` it holds for good.

    A warning only tells; who is muted in a city reads but does not write there; who is banned from a city is for
    as long a stranger there, whatever their role; who is suspended writes nowhere on the site. It runs out by the
    clock alone.
    """

    class Kind(models.TextChoices):
        WARNING = "warning", _("Warning")
        MUTE = "mute", _("Mute")
        BAN = "ban", _("Ban")
        SUSPENSION = "suspension", _("Suspension")

    class Reason(models.TextChoices):
        SPAM = "spam", _("Advertising or spam")
        ABUSE = "abuse", _("Insults or threats")
        HARASSMENT = "harassment", _("Harassment")
        PRIVACY = "privacy", _("Personal data of others")
        COPYRIGHT = "copyright", _("Copyright")
        OFF_TOPIC = "off_topic", _("Repeatedly off the topic")
        FALSE_REPORTS = "false_reports", _("False reports")
        OTHER = "other", _("Something else")

    city = models.ForeignKey(
        City, models.CASCADE, verbose_name=_("city"), null=True, blank=True, related_name="sanctions"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("person"), related_name="sanctions"
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    reason = models.CharField(_("reason"), max_length=20, choices=Reason)
    words = models.TextField(_("in your words"), max_length=1000, blank=True)
    post = models.ForeignKey(Post, models.SET_NULL, verbose_name=_("post"), null=True, blank=True, related_name="+")
    imposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("imposed by"), related_name="+"
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    lifted_at = models.DateTimeField(_("lifted"), null=True, blank=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = SanctionQuerySet.as_manager()

    class Meta:
        verbose_name = _("sanction")
        verbose_name_plural = _("sanctions")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kind="suspension", city__isnull=True)
                | (~models.Q(kind="suspension") & models.Q(city__isnull=False)),
                name="sanction_in_city_or_on_site",
            ),
        )
        indexes = (
            models.Index(fields=["person", "city", "lifted_at", "ends_at"], name="sanctions_of_person"),
            models.Index(fields=["city", "-created_at", "-id"], name="sanctions_newest_first"),
        )

    def __str__(self) -> str:
        return f"{self.person} · {self.kind}"

    @property
    def is_in_force(self) -> bool:
        """Whether it holds now."""
        is_in_force = self.lifted_at is None and (self.ends_at is None or self.ends_at > timezone.now())
        if is_in_force:
            lasts_until(self.ends_at)
        return is_in_force
