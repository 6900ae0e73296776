"""The form of watching by itself."""

from django import forms
from django.utils.translation import gettext_lazy as _


class WatchingForm(forms.Form):
    """Whether one watches the threads one replies to."""

    watches_replies = forms.BooleanField(
        label=_("Watch threads that I reply to"),
        required=False,
        help_text=_("You hear of every post in them, until you choose otherwise there. What you watch already stays."),
    )
