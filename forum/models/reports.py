"""Case and Report: what readers flag, gathered by the thing it is about."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.models.cities import City
from forum.models.posts import Post
from forum.models.threads import Thread

_ONE_THING = (
    models.Q(post__isnull=False, thread__isnull=True, person__isnull=True)
    | models.Q(post__isnull=True, thread__isnull=False, person__isnull=True)
    | models.Q(post__isnull=True, thread__isnull=True)
)


class CaseQuerySet(models.QuerySet["Case"]):
    """Scopes of cases."""

    def open(self) -> "CaseQuerySet":
        """Cases that nobody has decided."""
        return self.filter(state=Case.State.OPEN)


class Case(models.Model):
    """One thing under report: a post, a thread, a person (in a city), or a city as a whole.

    All reports of the thing that wait belong to one open case, which is decided once. `weight` is the sum of the
    weights of its reports that wait. A case that is `escalated_at` is for the site's moderators: one that an officer
    passed on with `escalated_words`, and from the start one about a city itself or what its mayor did.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        UPHELD = "upheld", _("Upheld")
        DISMISSED = "dismissed", _("Dismissed")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    city = models.ForeignKey(City, models.CASCADE, verbose_name=_("city"), related_name="cases")
    post = models.ForeignKey(Post, models.CASCADE, verbose_name=_("post"), null=True, blank=True, related_name="cases")
    thread = models.ForeignKey(
        Thread, models.CASCADE, verbose_name=_("thread"), null=True, blank=True, related_name="cases"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("person"), null=True, blank=True, related_name="+"
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    weight = models.PositiveIntegerField(_("weight"), default=0)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    escalated_at = models.DateTimeField(_("passed on"), null=True, blank=True)
    escalated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    escalated_words = models.CharField(max_length=1000, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("decided by"), null=True, blank=True, related_name="+"
    )
    answer = models.CharField(max_length=1000, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        constraints = (
            models.CheckConstraint(condition=_ONE_THING, name="case_about_one_thing"),
            models.UniqueConstraint(fields=["post"], condition=models.Q(state="open"), name="one_open_case_per_post"),
            models.UniqueConstraint(
                fields=["thread"], condition=models.Q(state="open"), name="one_open_case_per_thread"
            ),
            models.UniqueConstraint(
                fields=["city", "person"],
                condition=models.Q(state="open", person__isnull=False),
                name="one_open_case_per_person",
            ),
            models.UniqueConstraint(
                fields=["city"],
                condition=models.Q(state="open", post__isnull=True, thread__isnull=True, person__isnull=True),
                name="one_open_case_about_a_city",
            ),
        )
        indexes = (
            models.Index(fields=["city", "state", "-weight", "created_at", "id"], name="cases_by_weight"),
            models.Index(
                fields=["escalated_at"],
                condition=models.Q(state="open", escalated_at__isnull=False),
                name="cases_escalated",
            ),
        )

    def __str__(self) -> str:
        return f"{self.city} · {self.pk}"


class Report(models.Model):
    """One reader flags one thing, with a reason from the city's list and words of their own.

    `reason` is a name of DEFAULT_REASONS (forum/queries/reports.py), or the text that the city gave. `weight` follows
    from the reporter's record at that time (see `weight_of` in forum/actions/reports.py).
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        UPHELD = "upheld", _("Upheld")
        DISMISSED = "dismissed", _("Dismissed")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    case = models.ForeignKey(Case, models.CASCADE, related_name="reports")
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("who reported"), related_name="reports"
    )
    reason = models.CharField(_("reason"), max_length=120)
    words = models.TextField(_("in your words"), max_length=2000, blank=True)
    weight = models.PositiveSmallIntegerField(_("weight"), default=0)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = (models.UniqueConstraint(fields=["case", "reporter"], name="report_once_per_case"),)
        indexes = (
            models.Index(fields=["reporter", "-created_at", "-id"], name="reports_of_person"),
            models.Index(fields=["case", "created_at"], name="reports_of_case"),
        )

    def __str__(self) -> str:
        return f"{self.reporter} → {self.case}"
