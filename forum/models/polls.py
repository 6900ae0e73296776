"""Poll, Option, Voter and Ballot: a question, who may answer it, and the answers."""

from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.lasting import lasts_until
from forum.models.cities import City
from forum.models.threads import Thread


class Poll(models.Model):
    """A question with options, in a thread or (for an election) of a city.

    An open poll shows who chose what. A secret one keeps no row that links a voter and a choice: `Voter` says only
    that somebody voted, `Ballot` only what was chosen, and neither bears a time.
    """

    class Method(models.TextChoices):
        SINGLE = "single", _("One choice")
        SEVERAL = "several", _("Several choices")
        RANKED = "ranked", _("Ranked choice")

    class Voters(models.TextChoices):
        CITIZENS = "citizens", _("Citizens")
        MEMBERS = "members", _("Every member of the site")
        ROLL = "roll", _("Those on the roll, fixed at the start")

    class Showing(models.TextChoices):
        LIVE = "live", _("At any time")
        CLOSED = "closed", _("When the poll has closed")

    city = models.ForeignKey(City, models.CASCADE, verbose_name=_("city"), related_name="polls")
    thread = models.OneToOneField(
        Thread, models.CASCADE, verbose_name=_("thread"), null=True, blank=True, related_name="poll"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("author"), null=True, related_name="+"
    )
    question = models.CharField(_("question"), max_length=200)
    method = models.CharField(_("method"), max_length=10, choices=Method, default=Method.SINGLE)
    is_secret = models.BooleanField(_("secret ballot"), default=False)
    voters = models.CharField(_("who may vote"), max_length=10, choices=Voters, default=Voters.CITIZENS)
    showing = models.CharField(_("result is shown"), max_length=10, choices=Showing, default=Showing.CLOSED)
    max_choices = models.PositiveSmallIntegerField(_("most choices"), default=1)
    opens_at = models.DateTimeField(default=timezone.now)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    ballots_count = models.PositiveIntegerField(_("ballots"), default=0)
    # How many ballots choose each option (where ranked: first), by position; a stored number like ballots_count.
    counts = models.JSONField(default=dict, blank=True)
    chain_head = models.CharField(max_length=64, blank=True)
    # What came of it, written when the poll closes: see forum/voting/results.py.
    result = models.JSONField(null=True, blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    class Meta:
        verbose_name = _("poll")
        verbose_name_plural = _("polls")
        indexes = (
            models.Index(fields=["closes_at"], condition=models.Q(closed_at__isnull=True), name="polls_to_close"),
            models.Index(fields=["city", "-created_at", "-id"], name="polls_newest_first"),
        )

    def __str__(self) -> str:
        return self.question

    @property
    def is_open(self) -> bool:
        """Whether ballots are taken now."""
        return self.is_open_at(timezone.now())

    @property
    def is_due(self) -> bool:
        """Whether the time is over, but nobody has counted yet."""
        return self.is_due_at(timezone.now())

    def is_open_at(self, at: datetime) -> bool:
        """Return whether ballots are taken at that time."""
        if self.opens_at > at:
            lasts_until(self.opens_at)
        return self.closed_at is None and self.opens_at <= at and not self.is_due_at(at)

    def is_due_at(self, at: datetime) -> bool:
        """Return whether the time is over then, but nobody has counted yet."""
        if self.closed_at is None and self.closes_at is not None and self.closes_at > at:
            lasts_until(self.closes_at)
        return self.closed_at is None and self.closes_at is not None and self.closes_at <= at


class Option(models.Model):
    """One answer that can be chosen; in an election a candidate."""

    poll = models.ForeignKey(Poll, models.CASCADE, verbose_name=_("poll"), related_name="options")
    text = models.CharField(_("text"), max_length=200)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("person"), null=True, blank=True, related_name="+"
    )
    position = models.PositiveSmallIntegerField(_("position"))

    class Meta:
        verbose_name = _("option")
        verbose_name_plural = _("options")
        ordering = ("poll", "position")
        constraints = (models.UniqueConstraint(fields=["poll", "position"], name="option_position_once_in_poll"),)

    def __str__(self) -> str:
        return self.text


class Voter(models.Model):
    """A person on the roll of a poll, or one who voted in a poll without a roll; whether, never what or when.

    Its id is drawn by lot, so that nothing in this row follows the order in which people voted.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    poll = models.ForeignKey(Poll, models.CASCADE, verbose_name=_("poll"), related_name="roll")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("person"), related_name="+")
    has_voted = models.BooleanField(_("has voted"), default=False)

    class Meta:
        verbose_name = _("voter")
        verbose_name_plural = _("voters")
        constraints = (models.UniqueConstraint(fields=["poll", "user"], name="on_the_roll_once"),)

    def __str__(self) -> str:
        return f"{self.poll} · {self.user}"


class Ballot(models.Model):
    """One ballot: the positions of the chosen options, in order where ranked. Only ever added.

    `receipt` is the secret its voter keeps to find it in the published list. `voter` is empty in a secret poll.
    `number` is its place in the poll's chain of ballots.
    """

    poll = models.ForeignKey(Poll, models.PROTECT, verbose_name=_("poll"), related_name="ballots")
    number = models.PositiveIntegerField(_("number"))
    receipt = models.CharField(max_length=40)
    choices = models.JSONField()
    voter = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    chain_hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("ballot")
        verbose_name_plural = _("ballots")
        ordering = ("poll", "number")
        constraints = (
            models.UniqueConstraint(fields=["poll", "number"], name="ballot_number_once_in_poll"),
            models.UniqueConstraint(fields=["poll", "receipt"], name="receipt_once_in_poll"),
            models.UniqueConstraint(fields=["poll", "voter"], name="one_open_ballot_per_voter"),
        )

    def __str__(self) -> str:
        return f"{self.poll} · {self.number}"
