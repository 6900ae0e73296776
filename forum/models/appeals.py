"""Appeal: a person asks that a decision about them be looked at by somebody else."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.models.cities import City
from forum.models.events import Event


class Appeal(models.Model):
    """One appeal against one decision (the event by which it was made), never decided by who decided first.

    `city` is empty for a decision about the whole site. An appeal for which the city has no other officer, or that
    an officer passed on, `is_for_site`: the site's moderators decide it.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        GRANTED = "granted", _("Granted")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    decision = models.OneToOneField(Event, models.PROTECT, related_name="appeal")
    city = models.ForeignKey(
        City, models.CASCADE, verbose_name=_("city"), null=True, blank=True, related_name="appeals"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("person"), related_name="appeals"
    )
    words = models.TextField(_("why the decision is wrong"), max_length=3000)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    is_for_site = models.BooleanField(_("for the site's moderators"), default=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("decided by"), null=True, blank=True, related_name="+"
    )
    answer = models.TextField(_("answer"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        indexes = (
            models.Index(fields=["city", "state", "created_at", "id"], name="appeals_by_state"),
            models.Index(fields=["person", "-created_at", "-id"], name="appeals_of_person"),
            models.Index(
                fields=["created_at", "id"],
                condition=models.Q(state="waiting", is_for_site=True),
                name="appeals_for_site",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} · {self.decision}"
