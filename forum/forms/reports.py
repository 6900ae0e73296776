"""The form of reporting something, and the choice of the city in which a person is reported."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from forum.models import City


class ReportForm(forms.Form):
    """Why something is reported: a reason from the list and words, which are wanted where there is no text to read."""

    reason = forms.ChoiceField(
        label=_("Reason"), widget=forms.RadioSelect, error_messages={"required": _("Choose a reason.")}
    )
    words = forms.CharField(
        label=_("In your words"),
        max_length=2000,
        required=False,
        help_text=_("Read by those who decide, together with your name. The person you report sees neither."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(
        self, *args: Any, reasons: list[tuple[str, Promise | str]], is_text: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["reason"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = reasons
        if not is_text:
            self.fields["words"].required = True
            self.fields["words"].error_messages["required"] = _("Say in a few words what happened, and where.")


class WhereForm(forms.Form):
    """In which of the person's cities something happened; whose officers read the report."""

    city = forms.ChoiceField(label=_("In which city?"))
    digest = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, cities: list[City], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["city"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [(city.slug, city.name) for city in cities]
