"""Forms about oneself: what sign-up asks besides name and password, and preferences."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class SignupForm(forms.Form):
    """The field that sign-up asks besides those of the account library."""

    display_name = forms.CharField(
        label=_("Display name"),
        max_length=60,
        required=False,
        help_text=_("Shown beside your posts. You can change it later; empty means your sign-in name."),
    )
    field_order = ("username", "display_name", "email", "password1", "password2")

    def signup(self, request: HttpRequest, user: User) -> None:
        """Store the display name of the new person."""
        user.display_name = self.cleaned_data.get("display_name", "").strip()
        user.save(update_fields=["display_name"])


class PreferencesForm(forms.ModelForm):
    """How I am seen and how I like to read."""

    class Meta:
        model = User
        fields = ("display_name", "about", "language", "text_size", "theme", "time_zone")
        widgets: dict[str, Any] = {"about": forms.Textarea(attrs={"rows": 4})}
