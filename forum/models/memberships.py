"""Membership and Application: who belongs to a city, and who asks to."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.models.cities import City
from forum.models.sanctions import Sanction


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Scopes of memberships."""

    def officers(self) -> "MembershipQuerySet":
        """The mayor and the deputies."""
        return self.filter(role__in=(Membership.Role.MAYOR, Membership.Role.DEPUTY))

    def by_office(self) -> "MembershipQuerySet":
        """The mayor, then the deputies in the order in which they would follow: the longest in office first."""
        return self.officers().order_by("-role", "role_since", "pk")

    def present(self, at: datetime | None = None) -> "MembershipQuerySet":
        """Those of people who are not banned from the city, now or at that time: only they count as its citizens."""
        bans = Sanction.objects.in_force(at).filter(kind=Sanction.Kind.BAN)
        return self.exclude(models.Exists(bans.filter(city=models.OuterRef("city"), person=models.OuterRef("user"))))


class Membership(models.Model):
    """One person is a citizen of one city, in one role."""

    class Role(models.TextChoices):
        CITIZEN = "citizen", _("Citizen")
        DEPUTY = "deputy", _("Deputy mayor")
        MAYOR = "mayor", _("Mayor")

    city = models.ForeignKey(City, models.CASCADE, verbose_name=_("city"), related_name="memberships", db_index=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("person"), related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.CITIZEN)
    joined_at = models.DateTimeField(_("citizen since"), default=timezone.now)
    role_since = models.DateTimeField(default=timezone.now)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = (
            models.UniqueConstraint(fields=["city", "user"], name="membership_once_per_city"),
            models.UniqueConstraint(fields=["city"], condition=models.Q(role="mayor"), name="one_mayor_per_city"),
            models.CheckConstraint(
                condition=models.Q(role__in=("citizen", "deputy", "mayor")), name="membership_role_known"
            ),
        )
        indexes = (
            models.Index(fields=["city", "role", "joined_at"], name="citizens_by_role"),
            models.Index(fields=["city", "-joined_at", "-id"], name="citizens_by_date"),
        )

    def __str__(self) -> str:
        return f"{self.user} · {self.city}"


class Grant(models.Model):
    """An ability that the mayor has ticked for a deputy; the mayor's own come with the office."""

    membership = models.ForeignKey(Membership, models.CASCADE, verbose_name=_("membership"), related_name="grants")
    ability = models.CharField(_("ability"), max_length=20)

    class Meta:
        verbose_name = _("ability of a deputy")
        verbose_name_plural = _("abilities of deputies")
        constraints = (models.UniqueConstraint(fields=["membership", "ability"], name="grant_once_per_ability"),)

    def __str__(self) -> str:
        return f"{self.membership} · {self.ability}"


class Application(models.Model):
    """A person asks to become a citizen of a city that admits by application."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        ACCEPTED = "accepted", _("Accepted")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    city = models.ForeignKey(City, models.CASCADE, verbose_name=_("city"), related_name="applications")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("person"), related_name="applications"
    )
    statement = models.TextField(_("statement"), max_length=2000)
    # The city's questions as they stood, each with what was answered: [[question, answer], …]
    answers = models.JSONField(default=list, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("decided by"), null=True, related_name="+"
    )
    answer = models.TextField(_("answer"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        constraints = (
            models.UniqueConstraint(
                fields=["city", "user"], condition=models.Q(state="waiting"), name="one_waiting_application"
            ),
        )
        indexes = (models.Index(fields=["city", "state", "created_at"], name="applications_by_state"),)

    def __str__(self) -> str:
        return f"{self.user} → {self.city}"
