"""Forms of moderation: a reason, how long a pin lasts, where a thread moves, which posts split off."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.forms.moments import end_of_day, not_too_far
from forum.text.ranges import read_ranges


class ReasonForm(forms.Form):
    """Why an officer acts; it stands in the public log."""

    reason = forms.CharField(
        label=_("Reason"), max_length=500, required=False, help_text=_("Stands in the public log of the city.")
    )

    def __init__(self, *args: Any, is_required: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = is_required


class ActForm(ReasonForm):
    """An act of an officer: its reason, and whether names and content stay out of the public log."""

    is_private = forms.BooleanField(
        label=_("Keep names and content out of the public log"),
        required=False,
        help_text=_("For where they would do harm, such as a leaked address. The act itself stays in the log."),
    )


class PinForm(ReasonForm):
    """How long a thread stays at the top."""

    WEEK, MONTH, DAY, OPEN = "week", "month", "day", "open"
    LENGTHS = {WEEK: timedelta(days=7), MONTH: timedelta(days=30)}

    lasting = forms.ChoiceField(
        label=_("How long"),
        choices=((WEEK, _("One week")), (MONTH, _("One month")), (DAY, _("Until a day")), (OPEN, _("With no end"))),
        initial=WEEK,
        widget=forms.RadioSelect,
    )
    until = forms.DateField(
        label=_("Until this day"),
        required=False,
        validators=[not_too_far],
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Only for “Until a day”."),
    )
    field_order = ("lasting", "until", "reason")

    def clean(self) -> dict[str, Any]:
        """Return what was typed, with `until` as the moment at which the pin runs out, None for no end."""
        data = super().clean() or self.cleaned_data
        lasting, day = data.get("lasting"), data.get("until")
        if lasting == self.DAY and not day and "until" not in self.errors:
            self.add_error("until", _("Name the day."))
        if lasting in self.LENGTHS:
            data["until"] = timezone.now() + self.LENGTHS[lasting]
        elif lasting == self.DAY and day:
            data["until"] = end_of_day(day)
        else:
            data["until"] = None
        return data


class MoveForm(ActForm):
    """To which board of the same city a thread moves."""

    board = forms.ChoiceField(label=_("Board"))
    field_order: tuple[str, ...] = ("board", "reason")

    def __init__(self, *args: Any, boards: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = self.fields["board"]
        assert isinstance(choices, forms.ChoiceField)
        choices.choices = boards


class SplitForm(MoveForm):
    """Which posts go into a new thread, its title and its board. Posts are ticked, or named by number."""

    title = forms.CharField(label=_("Title of the new thread"), max_length=200)
    numbers = forms.CharField(
        label=_("Posts, by number"),
        max_length=500,
        required=False,
        help_text=_("Such as 5-9, 12. Those ticked above go along."),
    )
    field_order: tuple[str, ...] = ("numbers", "title", "board", "reason")

    def clean_numbers(self) -> list[tuple[int, int]]:
        """Return the ranges of numbers that were typed."""
        try:
            return read_ranges(self.cleaned_data["numbers"])
        except ValueError as problem:
            raise forms.ValidationError(_("Write numbers like this: 5-9, 12.")) from problem
