"""User: one person, how they sign in and how they like to read."""

from datetime import UTC, date, datetime
from typing import ClassVar
from zoneinfo import available_timezones

from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin, UserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.names import username_validators


def validate_time_zone(value: str) -> None:
    """Raise ValidationError unless `value` names a time zone."""
    if value not in available_timezones():
        raise ValidationError(_("This is not a time zone we know."))


def today() -> date:
    """Return the day it is now (UTC), as `last_seen_on` counts days."""
    return datetime.now(UTC).date()


def display_name(user: "User") -> str:
    """Return the name under which others see this person."""
    return user.name


class User(AbstractBaseUser, PermissionsMixin):
    """A person. Signs in by `username` or e-mail, is seen by `display_name`."""

    class Language(models.TextChoices):
        AUTO = "", _("As my browser asks")
        CHINESE = "zh-hant", _("Traditional Chinese")
        SIMPLIFIED = "zh-hans", _("Simplified Chinese")
        ENGLISH = "en", _("English")

    class TextSize(models.TextChoices):
        SMALL = "small", _("Small")
        MEDIUM = "medium", _("Medium")
        LARGE = "large", _("Large")
        XLARGE = "xlarge", _("Extra large")

    class Theme(models.TextChoices):
        AUTO = "auto", _("As my device")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")
        CONTRAST = "contrast", _("High contrast")

    class Writing(models.TextChoices):
        HORIZONTAL = "horizontal", _("Horizontal")
        VERTICAL = "vertical", _("Vertical")

    class Calendar(models.TextChoices):
        WESTERN = "western", _("Western years")
        ROC = "roc", _("Years of the Republic of China")

    class Audience(models.TextChoices):
        EVERYBODY = "everybody", _("Everybody")
        MEMBERS = "members", _("Signed-in members")
        MYSELF = "myself", _("Only me")

    class Farewell(models.TextChoices):
        KEEP = "keep", _("They stay, under my name")
        FORMER = "former", _("They stay, under “Former member”")
        BLANK = "blank", _("They are erased")

    class Writers(models.TextChoices):
        EVERYBODY = "everybody", _("Every member")
        NEIGHBOURS = "neighbours", _("Citizens of a city of mine")
        NOBODY = "nobody", _("Nobody")

    username = models.CharField(_("sign-in name"), max_length=60, validators=username_validators)
    display_name = models.CharField(_("display name"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    about = models.TextField(_("about me"), max_length=1000, blank=True)
    avatar = models.CharField(_("picture"), max_length=64, blank=True, editable=False)  # the name of its file
    signature = models.CharField(pgettext_lazy("under posts", "signature"), max_length=200, blank=True)
    shows_signatures = models.BooleanField(_("show signatures"), default=True)
    cities_shown_to = models.CharField(_("my cities"), max_length=10, choices=Audience, default=Audience.EVERYBODY)
    posts_shown_to = models.CharField(_("my posts"), max_length=10, choices=Audience, default=Audience.EVERYBODY)
    recommendations_shown_to = models.CharField(
        _("my recommendations"), max_length=10, choices=Audience, default=Audience.EVERYBODY
    )
    digests_shown_to = models.CharField(
        _("my public digests"), max_length=10, choices=Audience, default=Audience.EVERYBODY
    )
    watches_replies = models.BooleanField(_("watch threads I reply to"), default=True)
    folded_words = models.TextField(_("words to fold"), max_length=1000, blank=True)  # one in a line
    messages_from = models.CharField(_("messages from"), max_length=10, choices=Writers, default=Writers.EVERYBODY)
    language = models.CharField(_("language"), max_length=10, choices=Language, default=Language.AUTO, blank=True)
    text_size = models.CharField(_("text size"), max_length=10, choices=TextSize, default=TextSize.MEDIUM)
    theme = models.CharField(_("theme"), max_length=10, choices=Theme, default=Theme.AUTO)
    writing = models.CharField(_("Chinese threads"), max_length=10, choices=Writing, default=Writing.HORIZONTAL)
    calendar = models.CharField(_("years"), max_length=10, choices=Calendar, default=Calendar.WESTERN)
    time_zone = models.CharField(_("time zone"), max_length=60, default="Asia/Taipei", validators=[validate_time_zone])
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(_("site moderator"), default=False)
    is_claimable = models.BooleanField(
        default=False, help_text=_("Brought in from an archive; nobody can sign in until it is claimed.")
    )
    must_confirm = models.BooleanField(
        default=False, help_text=_("Signed up without the sum: writes nothing before the e-mail address is confirmed.")
    )
    date_joined = models.DateTimeField(default=timezone.now)
    # The day of the last visit while signed in, not the hour: enough to know that a mayor is gone.
    last_seen_on = models.DateField(default=today, editable=False)

    # Somebody who closes their account: what becomes of their texts, when it happens, and when it was done.
    farewell = models.CharField(max_length=10, choices=Farewell, blank=True, editable=False)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["email"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = (
            models.UniqueConstraint(Lower("username"), name="username_unique_in_any_case"),
            models.UniqueConstraint(Lower("email"), name="email_unique_when_given", condition=~models.Q(email="")),
        )
        indexes = (
            models.Index(Lower("display_name"), name="people_by_display_name"),
            # The constraint has one of its own, but only of addresses that are given: no database dares to use it.
            models.Index(Lower("email"), name="people_by_email"),
            models.Index(fields=["-date_joined", "-id"], name="people_newest_first"),
            models.Index(fields=["closes_at"], condition=models.Q(closes_at__isnull=False), name="accounts_to_close"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name others see: the display name, else the sign-in name; none of who leaves and takes it along."""
        return gettext("Former member") if self.is_nameless else self.display_name or self.username

    @property
    def is_nameless(self) -> bool:
        """Whether they close, or closed, their account and leave no name behind."""
        return self.farewell in (self.Farewell.FORMER, self.Farewell.BLANK)
