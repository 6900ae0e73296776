"""Forms of moderation: a reason, and where a thread moves."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class ReasonForm(forms.Form):
    """Why an officer acts; it stands in the public log."""

    reason = forms.CharField(
        label=_("Reason"), max_length=500, required=False, help_text=_("Stands in the public log of the city.")
    )

    def __init__(self, *args: Any, is_required: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = is_required


class MoveForm(ReasonForm):
    """To which board of the same city a thread moves."""

    board = forms.ChoiceField(label=_("Board"))
    field_order = ("board", "reason")

    def __init__(self, *args: Any, boards: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = self.fields["board"]
        assert isinstance(choices, forms.ChoiceField)
        choices.choices = boards
