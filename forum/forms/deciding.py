"""The form of one decision in the queue: it asks for what that decision needs, and nothing else."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forum.actions.deciding import Terms
from forum.models import Board, Sanction

# What each decision asks for; an asterisk marks what must be there.
NEEDS: dict[str, tuple[str, ...]] = {
    "approve": ("answer",),
    "refuse": ("answer*",),
    "admit": ("answer",),
    "turn_down": ("answer",),
    "dismiss": ("answer",),
    "uphold": ("answer",),
    "hide": ("reason*", "is_private", "answer"),
    "lock": ("reason*", "answer"),
    "move": ("board*", "reason", "answer"),
    "warn": ("ground*", "words*", "is_private", "answer"),
    "mute": ("ground*", "words*", "length*", "is_private", "answer"),
    "ban": ("ground*", "words*", "length*", "is_private", "answer"),
    "escalate": ("words*",),
}
LENGTHS = (
    ("1", _("1 day")),
    ("3", _("3 days")),
    ("7", _("7 days")),
    ("30", _("30 days")),
    ("90", _("90 days")),
    ("0", pgettext_lazy("until when", "For good")),
)
ANSWERS = {
    "approve": _("Answer to the author"),
    "refuse": _("Answer to the author"),
    "admit": _("Answer to the applicant"),
    "turn_down": _("Answer to the applicant"),
}


class DecisionForm(forms.Form):
    """What goes with a decision: see Terms in forum/actions/deciding.py."""

    board = forms.ChoiceField(label=_("Board"))
    reason = forms.CharField(label=_("Reason"), max_length=500, help_text=_("Stands in the public log of the city."))
    ground = forms.ChoiceField(label=_("Reason"), choices=Sanction.Reason)
    words = forms.CharField(label=_("In your words"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    length = forms.ChoiceField(label=_("How long"), choices=LENGTHS, initial="7")
    is_private = forms.BooleanField(
        label=_("Keep names and content out of the public log"),
        help_text=_("Where naming would harm, for example a leaked address. The act itself stays in the log."),
    )
    answer = forms.CharField(
        label=_("Answer to those who reported"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, decision: str, boards: list[tuple[int, str]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        needs = NEEDS[decision]
        for name in list(self.fields):
            if name not in needs and f"{name}*" not in needs:
                del self.fields[name]
            else:
                self.fields[name].required = f"{name}*" in needs
        if decision in ANSWERS:
            self.fields["answer"].label = ANSWERS[decision]
        if decision == "escalate":
            self.fields["words"].help_text = _("Why the site's moderators should decide. Only they read it.")
        elif "words" in self.fields:
            self.fields["words"].help_text = _("The person reads it, with your name and how to appeal.")
        if "board" in self.fields:
            chosen = self.fields["board"]
            assert isinstance(chosen, forms.ChoiceField)
            chosen.choices = boards or []

    def clean(self) -> dict[str, Any]:
        """Return what was chosen, with `ends_at` in the place of the length (None for good)."""
        data = super().clean() or self.cleaned_data
        if days := int(data.pop("length", None) or 0):
            data["ends_at"] = timezone.now() + timedelta(days=days)
        return data

    def terms(self, boards: Mapping[int, Board]) -> Terms:
        """Return what was filled in, as the action takes it; only for a valid form."""
        data = dict(self.cleaned_data)
        if board := data.pop("board", None):
            data["board"] = boards.get(int(board))
        return Terms(**data)


class BulkForm(forms.Form):
    """Which decision is taken about all that is ticked; the choices are grouped by what waits."""

    decision = forms.ChoiceField(label=_("Decision"), error_messages={"required": _("Choose a decision.")})

    def __init__(self, *args: Any, decisions: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["decision"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [("", _("Choose a decision")), *decisions]
