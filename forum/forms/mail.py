"""The form of what comes by mail: a rhythm for each family of news."""

from collections.abc import Mapping
from typing import Any

from django import forms

from forum.mailing.families import CHOSEN


class MailForm(forms.Form):
    """A choice for each family of news; `rhythms` holds what is chosen now."""

    def __init__(self, data: Any = None, *, rhythms: Mapping[str, str]) -> None:
        super().__init__(data, initial=dict(rhythms))
        for family in CHOSEN:
            choices = [(rhythm.value, rhythm.label) for rhythm in family.rhythms]
            self.fields[family.name] = forms.ChoiceField(
                label=str(family.label), help_text=str(family.hint), choices=choices
            )
