"""The account library's forms in our manner: labels instead of placeholders, one word for one thing."""

from math import ceil
from typing import Any

from allauth.account import forms as library
from allauth.core import context
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts import proof_of_work
from accounts.invitations import reserve
from accounts.limits import client_address, take
from accounts.models import User

LABELS = {
    "login": _("Sign-in name or e-mail address"),
    "username": _("Sign-in name"),
    "email": _("E-mail address"),
    "password": _("Password"),
    "password1": _("Password"),
    "password2": _("The same password again"),
    "oldpassword": _("Your password until now"),
}
TRAP = settings.ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD
PASSWORD_HINT = _("At least 10 characters; not only digits, no common word, and not like your name.")


class OurManner:
    """Takes the placeholders away and names the fields as the rest of the site does."""

    labels: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            field.widget.attrs.pop("placeholder", None)
            field.label = {**LABELS, **self.labels}.get(name, field.label)
            if name == "password1":
                field.help_text = PASSWORD_HINT


class LoginForm(OurManner, library.LoginForm):
    """Sign in."""

    def user_credentials(self) -> dict[str, str]:
        """Return what was typed as one thing: no sign-in name is an e-mail address, and trying both takes longer."""
        credentials: dict[str, str] = super().user_credentials()
        if "email" in credentials:
            credentials.pop("username", None)
        return credentials


class ByInvitation:
    """Uses the invitation up when somebody signs up with it."""

    def try_save(self, request: HttpRequest) -> tuple[Any, HttpResponse | None]:
        """Return the new person, or the page to answer with instead: where somebody was faster with the invitation."""
        is_trapped = bool(self.cleaned_data.get(TRAP))  # type: ignore[attr-defined]
        if not (is_trapped or self.account_already_exists or reserve(request)):  # type: ignore[attr-defined]
            return None, render(request, "account/signup_closed.html", status=403)
        saved: tuple[Any, HttpResponse | None] = super().try_save(request)  # type: ignore[misc]
        return saved


class SignupForm(OurManner, ByInvitation, library.SignupForm):
    """Sign up. The sum of accounts/proof_of_work.py comes with it; who sends none confirms the address first."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_proven = False
        self.fields["username"].help_text = _(
            "With it you sign in, and it stands in the address of your page. Letters of any script, digits and . _ -"
        )
        self.fields["email"].help_text = _("Never shown. It is how you get back in when you forget your password.")
        self.fields[TRAP].label = _("Leave this field empty")
        self.fields[TRAP].widget.attrs = {"tabindex": "-1", "autocomplete": "off"}

    def visible_fields(self) -> list[BoundField]:
        """Return the fields for people."""
        return [field for field in super().visible_fields() if field.name != TRAP]

    @property
    def trap(self) -> BoundField:
        """The field that nobody sees, which only a program fills in."""
        return self[TRAP]

    @property
    def sum(self) -> dict[str, Any]:
        """The sum to do: the one that was sent, as long as it is right, otherwise a new one."""
        challenge, solution = self._sent()
        if not proof_of_work.is_proven(challenge, solution):
            challenge, solution = proof_of_work.new_challenge(), ""
        return {"challenge": challenge, "solution": solution, "bits": settings.PROOF_OF_WORK_BITS}

    def _sent(self) -> tuple[str, str]:
        return str(self.data.get("challenge", "")), str(self.data.get("solution", ""))

    def clean(self) -> dict[str, Any]:
        """Look at the sum last, because it counts once; without it only so many sign up from one address."""
        cleaned: dict[str, Any] = super().clean()
        if not self.errors and not cleaned.get(TRAP):
            self.is_proven = settings.PROOF_OF_WORK_BITS == 0 or proof_of_work.spend(*self._sent())
            if not self.is_proven and (wait := take("unproven", client_address(context.request))):
                text = ngettext("Try again in %(number)s minute.", "Try again in %(number)s minutes.", ceil(wait / 60))
                several = _("Several accounts were made from your network in a short time.")
                raise ValidationError([several, text % {"number": ceil(wait / 60)}])
        return cleaned

    def try_save(self, request: HttpRequest) -> tuple[Any, HttpResponse | None]:
        """Return the new person, or what to answer instead; it takes as long for an address that has an account."""
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        return super().try_save(request)

    def custom_signup(self, request: HttpRequest, user: User) -> None:
        """Store what the form asks besides, and whether the address has to be confirmed first."""
        super().custom_signup(request, user)
        if not self.is_proven:
            user.must_confirm = True
            user.save(update_fields=["must_confirm"])


class ResetPasswordForm(OurManner, library.ResetPasswordForm):
    """Ask for a link to a new password."""

    users: list[Any]

    def clean_email(self) -> str:
        """Return the address; accounts brought in from an archive are claimed in another way."""
        email: str = super().clean_email()
        self.users = [user for user in self.users if not user.is_claimable]
        return email


class ResetPasswordKeyForm(OurManner, library.ResetPasswordKeyForm):
    """Choose a new password after following the link."""

    labels = {"password1": _("New password")}


class ChangePasswordForm(OurManner, library.ChangePasswordForm):
    """Change the password."""

    labels = {"password1": _("New password")}


class SetPasswordForm(OurManner, library.SetPasswordForm):
    """Choose a first password."""


class AddEmailForm(OurManner, library.AddEmailForm):
    """Change the e-mail address."""

    labels = {"email": _("New e-mail address")}


class ReauthenticateForm(OurManner, library.ReauthenticateForm):
    """Show once more that it is you."""
