"""Forms of sanctions and appeals: kind, length and reason; why a decision is wrong; the answer."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forum.forms.moments import end_of_day, not_too_far
from forum.models import Sanction


class SanctionForm(forms.Form):
    """What is imposed on a person, how long, and why. On the site there is one kind, the suspension."""

    A_DAY, FOR_GOOD = "date", "good"
    LENGTHS = (
        ("1", _("1 day")),
        ("3", _("3 days")),
        ("7", _("1 week")),
        ("30", _("1 month")),
        ("90", _("3 months")),
        (A_DAY, _("Until a day")),
        (FOR_GOOD, pgettext_lazy("until when", "For good")),
    )
    KINDS = (
        (Sanction.Kind.WARNING.value, _("Warning: only tells the person")),
        (Sanction.Kind.MUTE.value, _("Mute: reads here, but does not write")),
        (Sanction.Kind.BAN.value, _("Ban: a stranger here, whatever their role")),
    )

    kind = forms.ChoiceField(label=_("Sanction"), choices=KINDS, initial="warning", widget=forms.RadioSelect)
    length = forms.ChoiceField(
        label=_("How long"), choices=LENGTHS, initial="7", help_text=_("A warning has no length.")
    )
    until = forms.DateField(
        label=_("Until this day"),
        required=False,
        validators=[not_too_far],
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Only for “Until a day”."),
    )
    reason = forms.ChoiceField(label=_("Reason"), choices=[("", _("Choose a reason")), *Sanction.Reason.choices])
    words = forms.CharField(
        label=_("In your words"),
        max_length=500,
        required=False,
        help_text=_("The person reads it, and it stands in the public log."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    is_private = forms.BooleanField(
        label=_("Keep names and content out of the public log"),
        required=False,
        help_text=_("For where they would do harm, such as a leaked address. The act itself stays in the log."),
    )

    def __init__(self, *args: Any, on_site: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if on_site:
            for name in ("kind", "is_private"):
                del self.fields[name]
            self.fields["length"].help_text = ""
            self.fields["words"].help_text = _("The person reads it.")

    def clean(self) -> dict[str, Any]:
        """Return what was typed as the action takes it, with `ends_at` for length and day (None for good)."""
        data = super().clean() or self.cleaned_data
        length, day = data.pop("length", ""), data.pop("until", None)
        data["ends_at"] = None
        if data.get("kind") == Sanction.Kind.WARNING:
            return data
        if length == self.A_DAY and day:
            data["ends_at"] = end_of_day(day)
            if data["ends_at"] <= timezone.now():
                self.add_error("until", _("Choose a day to come."))
        elif length == self.A_DAY and "until" not in self.errors:
            self.add_error("until", _("Name the day."))
        elif length.isdigit():
            data["ends_at"] = timezone.now() + timedelta(days=int(length))
        return data


class AppealForm(forms.Form):
    """Why a decision is wrong."""

    words = forms.CharField(
        label=_("Why is the decision wrong?"),
        max_length=3000,
        help_text=_("Only who decides about the appeal reads it. There is one appeal for each decision."),
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": _("Say why the decision is wrong.")},
    )


class HearingForm(forms.Form):
    """The answer to an appeal."""

    answer = forms.CharField(
        label=_("Answer"),
        max_length=500,
        help_text=_("The person reads it, and it stands in the public log. The words of the appeal do not."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
