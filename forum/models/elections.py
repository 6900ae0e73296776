"""Election, Candidacy, Petition, Signature and Handover: how an office passes to somebody."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.models.cities import City
from forum.models.polls import Poll


class Election(models.Model):
    """Citizens choose a mayor or deputies, or decide whether to recall an officer, by a secret ballot.

    Nominations run until `nominations_end_at` (a recall has none), then the poll until `ends_at`. The roll of the
    poll is fixed when the election is called. What came of it stands in `outcome`.
    """

    class Office(models.TextChoices):
        MAYOR = "mayor", _("Mayor")
        DEPUTY = "deputy", _("Deputy mayor")
        RECALL = "recall", _("Recall")

    class State(models.TextChoices):
        NOMINATING = "nominating", _("Nominations are open")
        VOTING = "voting", _("Voting is open")
        DONE = "done", _("Decided")
        FAILED = "failed", _("Without result")
        CANCELLED = "cancelled", _("Cancelled")

    class Cause(models.TextChoices):
        MAYOR = "mayor", _("Called by the mayor")
        TERM = "term", _("The term has ended")
        PETITION = "petition", _("Called by a petition")
        ABSENCE = "absence", _("The mayor is absent")
        SITE = "site", _("Called by the site's moderators")

    city = models.ForeignKey(City, models.CASCADE, verbose_name=_("city"), related_name="elections")
    office = models.CharField(_("office"), max_length=10, choices=Office)
    seats = models.PositiveSmallIntegerField(_("seats"), default=1)
    # Whose recall is asked for.
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("person"), null=True, blank=True, related_name="+"
    )
    poll = models.OneToOneField(Poll, models.PROTECT, verbose_name=_("poll"), related_name="election")
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.NOMINATING)
    cause = models.CharField(_("cause"), max_length=10, choices=Cause)
    called_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    called_at = models.DateTimeField(_("called"), default=timezone.now)
    nominations_end_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(_("ends"))
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    outcome = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("election")
        verbose_name_plural = _("elections")
        constraints = (
            models.UniqueConstraint(
                fields=["city", "office"],
                condition=models.Q(state__in=("nominating", "voting")),
                name="one_running_election_per_office",
            ),
        )
        indexes = (
            models.Index(fields=["city", "-called_at", "-id"], name="elections_newest_first"),
            models.Index(fields=["state", "nominations_end_at"], name="elections_nominating"),
            models.Index(fields=["state", "ends_at"], name="elections_ending"),
            models.Index(
                fields=["ends_at"],
                condition=models.Q(state__in=("nominating", "voting")),
                name="elections_running",
            ),
        )

    def __str__(self) -> str:
        return f"{self.city} · {self.office}"


class Candidacy(models.Model):
    """A citizen stands, or is proposed and has yet to consent."""

    election = models.ForeignKey(Election, models.CASCADE, verbose_name=_("election"), related_name="candidacies")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("person"), related_name="+")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    statement = models.TextField(_("statement"), max_length=2000, blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    consented_at = models.DateTimeField(_("agreed"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("candidacy")
        verbose_name_plural = _("candidacies")
        constraints = (models.UniqueConstraint(fields=["election", "user"], name="candidate_once_in_election"),)

    def __str__(self) -> str:
        return f"{self.election} · {self.user}"


class Petition(models.Model):
    """Citizens ask for an election or a recall; it is called when the share of citizens of the rules has signed.

    `needed` is the number of signatures, fixed when the petition begins.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Open for signatures")
        CARRIED = "carried", _("Carried")
        LAPSED = "lapsed", _("Lapsed")

    city = models.ForeignKey(City, models.CASCADE, verbose_name=_("city"), related_name="petitions")
    office = models.CharField(_("office"), max_length=10, choices=Election.Office)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("person"), null=True, blank=True, related_name="+"
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("author"), related_name="+")
    words = models.TextField(_("why"), max_length=2000)
    needed = models.PositiveIntegerField(_("needed"))
    signatures_count = models.PositiveIntegerField(_("signatures"), default=0)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    ends_at = models.DateTimeField(_("ends"))
    election = models.ForeignKey(
        Election, models.SET_NULL, verbose_name=_("election"), null=True, blank=True, related_name="petitions"
    )

    class Meta:
        verbose_name = _("petition")
        verbose_name_plural = _("petitions")
        constraints = (
            models.UniqueConstraint(
                fields=["city", "office"], condition=models.Q(state="open"), name="one_open_petition_per_office"
            ),
        )
        indexes = (
            models.Index(fields=["city", "-created_at", "-id"], name="petitions_newest_first"),
            models.Index(fields=["state", "ends_at"], name="petitions_ending"),
        )

    def __str__(self) -> str:
        return f"{self.city} · {self.office}"


class Signature(models.Model):
    """A citizen signs a petition."""

    petition = models.ForeignKey(Petition, models.CASCADE, verbose_name=_("petition"), related_name="signatures")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("person"), related_name="+")
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        constraints = (models.UniqueConstraint(fields=["petition", "user"], name="signature_once_per_petition"),)

    def __str__(self) -> str:
        return f"{self.petition} · {self.user}"


class Handover(models.Model):
    """The mayor offers the office to a citizen, who accepts or declines."""

    class State(models.TextChoices):
        OFFERED = "offered", _("Offered")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    city = models.ForeignKey(City, models.CASCADE, verbose_name=_("city"), related_name="handovers")
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("offered by"), related_name="+"
    )
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("person"), related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OFFERED)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        verbose_name = _("handover")
        verbose_name_plural = _("handovers")
        constraints = (
            models.UniqueConstraint(fields=["city"], condition=models.Q(state="offered"), name="one_open_handover"),
        )

    def __str__(self) -> str:
        return f"{self.city} · {self.person}"
