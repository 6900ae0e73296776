"""A form with a field of every kind, for the style page; nothing takes it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from forum.forms.long_texts import long_text


class SampleForm(forms.Form):
    """A line, a choice, a number of ticks, a long text with the writing desk, something that cannot be changed."""

    title = forms.CharField(label=_("Title"), max_length=200)
    board = forms.ChoiceField(label=_("Board"), choices=[("1", _("Open")), ("2", _("Closed"))], required=False)
    paper = forms.ChoiceField(
        label=_("Theme"), choices=[("1", _("Light")), ("2", _("Dark"))], widget=forms.RadioSelect, initial="1"
    )
    agree = forms.BooleanField(label=_("Private"), required=False)
    picture = forms.FileField(label=_("Picture"), required=False)
    fixed = forms.CharField(label=_("Address"), disabled=True, required=False, initial="paper-rivers")
    body = long_text(5)
