"""The form of an invitation."""

from django import forms
from django.utils.translation import gettext_lazy as _


class InvitationForm(forms.Form):
    """For whom it is."""

    note = forms.CharField(
        label=_("For whom"),
        max_length=100,
        required=False,
        help_text=_("Only for you, to tell your invitations apart."),
    )
