"""Rules: what a city asks of those who join and write, as settings instead of prose."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from forum.models.cities import City

DAYS = 3650  # as long as a rule may make people wait
VOTE_DAYS = 365  # no longer, or a mayor could keep everybody from recalling one
TERM_MONTHS = 120
POSTS = 1000  # as many as a rule may ask for: counting stops here


class Rules(models.Model):
    """The rules of one city; a city without a row has none but the defaults here. 0 asks for nothing.

    Lists are kept one item a line. Lengths of posts are rules of each board.
    """

    city = models.OneToOneField(City, models.CASCADE, verbose_name=_("city"), primary_key=True, related_name="rules")
    statement_length = models.PositiveIntegerField(
        _("shortest statement of an applicant, in characters"), default=0, validators=[MaxValueValidator(2000)]
    )
    questions = models.TextField(_("questions for applicants"), blank=True, max_length=2000)
    join_days = models.PositiveIntegerField(
        _("days since sign-up before joining"), default=0, validators=[MaxValueValidator(DAYS)]
    )
    join_posts = models.PositiveIntegerField(
        _("posts on the site before joining"), default=0, validators=[MaxValueValidator(POSTS)]
    )
    post_days = models.PositiveIntegerField(
        _("days since sign-up before writing"), default=0, validators=[MaxValueValidator(DAYS)]
    )
    post_posts = models.PositiveIntegerField(
        _("posts on the site before writing"), default=0, validators=[MaxValueValidator(POSTS)]
    )
    thread_days = models.PositiveIntegerField(
        _("days as a citizen before starting threads"), default=0, validators=[MaxValueValidator(DAYS)]
    )
    thread_posts = models.PositiveIntegerField(
        _("posts in the city before starting threads"), default=0, validators=[MaxValueValidator(POSTS)]
    )
    probation_posts = models.PositiveIntegerField(
        _("first posts that wait for approval"), default=0, validators=[MaxValueValidator(POSTS)]
    )
    probation_days = models.PositiveIntegerField(
        _("first days in which posts wait for approval"), default=0, validators=[MaxValueValidator(DAYS)]
    )
    refusal_days = models.PositiveIntegerField(
        _("days before a refused person may apply again"), default=0, validators=[MaxValueValidator(DAYS)]
    )
    posts_per_day = models.PositiveIntegerField(
        _("posts a person may write a day"), default=0, validators=[MaxValueValidator(POSTS)]
    )
    repost_source = models.BooleanField(_("a repost names its source"), default=False)
    repost_comment = models.PositiveIntegerField(
        _("own words in a repost, in characters"), default=0, validators=[MaxValueValidator(5000)]
    )
    held_words = models.TextField(_("words that hold a post for approval"), blank=True, max_length=4000)
    held_patterns = models.TextField(_("patterns that hold a post for approval"), blank=True, max_length=2000)
    report_reasons = models.TextField(_("reasons for a report"), blank=True, max_length=2000)
    decision_hours = models.PositiveIntegerField(
        _("hours within which officers decide"), default=48, validators=[MinValueValidator(1), MaxValueValidator(720)]
    )
    second_officer = models.BooleanField(_("who is party to a matter leaves it to another officer"), default=False)
    vote_days = models.PositiveIntegerField(
        _("days as a citizen before voting in elections"), default=30, validators=[MaxValueValidator(VOTE_DAYS)]
    )
    term_months = models.PositiveIntegerField(
        _("term of the mayor, in months"), default=0, validators=[MaxValueValidator(TERM_MONTHS)]
    )
    petition_percent = models.PositiveIntegerField(
        _("share of citizens that calls a vote, in percent"),
        default=20,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    absence_days = models.PositiveIntegerField(
        _("days without the mayor before somebody follows"),
        default=90,
        validators=[MinValueValidator(30), MaxValueValidator(365)],
    )

    class Meta:
        verbose_name = _("rules")
        verbose_name_plural = _("rules")

    def __str__(self) -> str:
        return str(self.city)
