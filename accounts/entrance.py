"""The account library's forms in our manner: labels instead of placeholders, one word for one thing."""

from typing import Any

from allauth.account import forms as library
from django.utils.translation import gettext_lazy as _

LABELS = {
    "login": _("Sign-in name or e-mail address"),
    "username": _("Sign-in name"),
    "email": _("E-mail address"),
    "password": _("Password"),
    "password1": _("Password"),
    "password2": _("The same password again"),
    "oldpassword": _("Your password until now"),
}
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


class SignupForm(OurManner, library.SignupForm):
    """Sign up."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].help_text = _(
            "With it you sign in, and it stands in the address of your page. Letters of any script, digits and . _ -"
        )
        self.fields["email"].help_text = _("Never shown. It is how you get back in when you forget your password.")


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
