"""Forms of claiming an account from an archive: asking, deciding, taking over."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.entrance import PASSWORD_HINT
from accounts.models import User

_NEW = {"autocomplete": "new-password"}


class ProveForm(forms.Form):
    """The address that the archive may know."""

    email = forms.EmailField(label=_("E-mail address you had there"), max_length=254)
    prefix = "prove"


class AskForm(forms.Form):
    """What the moderators need to decide."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254, help_text=_("There we send the answer."))
    words = forms.CharField(
        label=_("How we can see that it is you"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("For example a place of yours on the web that names this account, or somebody here who knows you."),
    )

    def __init__(self, *args: Any, own: str = "", **kwargs: Any) -> None:
        """Take the address of the account that is signed in."""
        super().__init__(*args, **kwargs)
        self.own = own

    def clean_email(self) -> str:
        """Return the address, which must not be that of the account one is signed in with."""
        email: str = self.cleaned_data["email"]
        if self.own and email.lower() == self.own.lower():
            raise ValidationError(_("Your present account has this address; the other one needs one of its own."))
        return email


class DecideClaimForm(forms.Form):
    """The decision, and what to write to who asked."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("grant", _("Grant: a link goes to the address")), ("refuse", _("Refuse"))],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Answer"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stands in the mail."),
    )


class TakeOverForm(forms.Form):
    """The password of the account, and an address where the proven one is that of another account."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    password1 = forms.CharField(
        label=_("Password"), strip=False, widget=forms.PasswordInput(attrs=_NEW), help_text=PASSWORD_HINT
    )
    password2 = forms.CharField(label=_("The same password again"), strip=False, widget=forms.PasswordInput(attrs=_NEW))

    def __init__(self, *args: Any, person: User, is_taken: bool, **kwargs: Any) -> None:
        """Take the account, and whether another account has the proven address."""
        super().__init__(*args, **kwargs)
        self.person = person
        if is_taken:
            self.fields["email"].help_text = _(
                "Another account here has the address to which this link was sent; this one needs one of its own."
            )
        else:
            del self.fields["email"]

    def clean_password1(self) -> str:
        """Return the password when it is a good one."""
        password: str = self.cleaned_data["password1"]
        validate_password(password, self.person)
        return password

    def clean(self) -> dict[str, Any]:
        """Check that the password was typed twice alike."""
        cleaned = super().clean() or {}
        if cleaned.get("password1") and cleaned.get("password1") != cleaned.get("password2"):
            self.add_error("password2", _("You must type the same password each time."))
        return cleaned
