"""Forms about oneself: what sign-up asks besides name and password, and preferences."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.dates import calendar, say_day
from accounts.invitations import settle
from accounts.models import User
from accounts.names import tidy_display_name
from accounts.people import name_is_taken
from accounts.zones import zone_choices

_TAKEN = _("Somebody is known by this name already. Choose another, so that nobody takes you for them.")


def free_display_name(name: str, *, of: User | None = None) -> str:
    """Return the name, tidied. Raises ValidationError when it misleads or is another person's."""
    name = tidy_display_name(name)
    if name_is_taken(name, by_other_than=of):
        raise ValidationError(_TAKEN)
    return name


class SignupForm(forms.Form):
    """The field that sign-up asks besides those of the account library."""

    display_name = forms.CharField(
        label=_("Display name"),
        max_length=60,
        required=False,
        help_text=_("Shown beside your posts. You can change it later; empty means your sign-in name."),
    )
    field_order = ("username", "display_name", "email", "password1", "password2")

    def clean_display_name(self) -> str:
        """Return the name, tidied; another person's is refused."""
        return free_display_name(self.cleaned_data["display_name"])

    def signup(self, request: HttpRequest, user: User) -> None:
        """Store the display name of the new person, and who invited them."""
        settle(request, user)
        user.display_name = self.cleaned_data["display_name"]
        user.save(update_fields=["display_name"])


class PreferencesForm(forms.ModelForm):
    """How I like to read."""

    time_zone = forms.ChoiceField(label=_("Time zone"))

    class Meta:
        model = User
        fields = ("language", "text_size", "theme", "writing", "calendar", "time_zone", "shows_signatures")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zones = self.fields["time_zone"]
        assert isinstance(zones, forms.ChoiceField)
        zones.choices = zone_choices(self.instance.time_zone)
        self.fields["calendar"].help_text = _years_by_example()


def _years_by_example() -> str:
    examples = {}
    for name in User.Calendar.values:
        with calendar(name):
            examples[name] = say_day(timezone.localdate())
    return gettext("Today is %(western)s, or %(roc)s. Holds for pages and for mail to you.") % examples
