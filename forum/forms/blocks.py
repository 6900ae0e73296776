"""The form of the words that fold what they stand in."""

from django import forms
from django.utils.translation import gettext_lazy as _


class FoldedWordsForm(forms.Form):
    """Words, one in a line."""

    words = forms.CharField(
        label=_("Words to fold"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "One in a line. Posts, titles and search results in which one stands are folded for you, in Traditional "
            "and Simplified characters alike. Nobody else sees these words."
        ),
    )
