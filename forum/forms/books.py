"""The form that asks for a book."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

HORIZONTAL, VERTICAL = "horizontal", "vertical"


class BookForm(forms.Form):
    """In which format, and for Chinese in which direction."""

    format = forms.ChoiceField(
        label=_("Format"),
        choices=(("pdf", _("PDF, for paper and wide screens")), ("epub", _("EPUB, for e-readers and phones"))),
        widget=forms.RadioSelect,
    )
    direction = forms.ChoiceField(
        label=_("Direction"),
        choices=((HORIZONTAL, _("In lines, from left to right")), (VERTICAL, _("In columns, from right to left"))),
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, is_chinese: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_chinese:
            del self.fields["direction"]

    @property
    def is_vertical(self) -> bool:
        """Whether a valid form asks for columns."""
        return self.cleaned_data.get("direction") == VERTICAL
