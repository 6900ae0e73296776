"""The form that closes an account."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class ClosingForm(forms.Form):
    """What becomes of my texts; nothing is chosen beforehand."""

    farewell = forms.ChoiceField(
        label=_("What becomes of your texts"),
        choices=User.Farewell.choices,
        widget=forms.RadioSelect,
        help_text=_("Threads, posts, lines in guestbooks and private messages. Their places and numbers stay."),
        error_messages={"required": _("Choose what becomes of your texts.")},
    )
