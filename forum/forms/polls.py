"""Forms of polls: putting one up, and the ballot."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from forum.forms.moments import not_too_far
from forum.models import Poll

OPTIONS_LENGTH = 20 * 202


class PollForm(forms.Form):
    """A question and its options, one a line. Left empty as a part of another form it asks for nothing."""

    question = forms.CharField(
        label=_("Question"), max_length=200, error_messages={"required": _("Give the poll a question.")}
    )
    options = forms.CharField(
        label=_("Options"),
        max_length=OPTIONS_LENGTH,
        strip=False,
        help_text=_("One a line, two to twenty."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Give the options, each on a line of its own.")},
    )
    method = forms.ChoiceField(
        label=_("How one chooses"),
        choices=Poll.Method.choices,
        initial=Poll.Method.SINGLE,
        widget=forms.RadioSelect,
        help_text=_("Ranked: voters put the options in order; who has the fewest goes out, round by round."),
    )
    max_choices = forms.IntegerField(
        label=_("Most choices"),
        min_value=1,
        max_value=20,
        required=False,
        help_text=_("For several choices. Empty: as many as one likes."),
    )
    voters = forms.ChoiceField(
        label=_("Who may vote"),
        choices=[choice for choice in Poll.Voters.choices if choice[0] != Poll.Voters.ROLL],
        initial=Poll.Voters.CITIZENS,
        widget=forms.RadioSelect,
    )
    is_secret = forms.BooleanField(
        label=_("Secret ballot"), required=False, help_text=_("Nobody can find out who chose what.")
    )
    showing = forms.ChoiceField(
        label=_("The result is shown"),
        choices=Poll.Showing.choices,
        initial=Poll.Showing.CLOSED,
        widget=forms.RadioSelect,
    )
    closes_at = forms.DateTimeField(
        label=_("Closes"),
        required=False,
        validators=[not_too_far],
        help_text=_("Empty: when you close it."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(self, *args: Any, is_part: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The part of another form that nobody filled in is not asked anything.
        self.empty_permitted, self.use_required_attribute = is_part, not is_part

    def has_changed(self) -> bool:
        """Return whether there is a question or an option; what is only ticked asks for no poll."""
        return any((self[name].data or "").strip() for name in ("question", "options"))

    def clean_options(self) -> list[str]:
        """Return the lines that say something."""
        return [line.strip() for line in self.cleaned_data["options"].splitlines() if line.strip()]

    @property
    def words(self) -> dict[str, Any] | None:
        """What the action is given; None when no poll is asked for."""
        return self.cleaned_data if self.cleaned_data.get("question") else None


class BallotForm(forms.Form):
    """The ballot of a poll: one choice, several, or a rank for each option."""

    submission = forms.UUIDField(required=False, widget=forms.HiddenInput({"id": False}))

    def __init__(self, *args: Any, poll: Poll, options: Sequence[tuple[int, str | Promise]], **kwargs: Any) -> None:
        """Offer the options (position and label) in the way of the poll."""
        super().__init__(*args, **kwargs)
        self.poll, self.positions = poll, [position for position, _label in options]
        required = {"required": _("Choose at least one option.")}
        if poll.method == Poll.Method.RANKED:
            ranks = [("", "–"), *((str(rank), str(rank)) for rank in range(1, len(options) + 1))]
            for position, label in options:
                self.fields[f"rank-{position}"] = forms.ChoiceField(label=str(label), choices=ranks, required=False)
        elif poll.max_choices == 1:
            self.fields["choices"] = forms.ChoiceField(
                label=_("Your choice"), choices=options, widget=forms.RadioSelect, error_messages=required
            )
        else:
            self.fields["choices"] = forms.MultipleChoiceField(
                label=_("Your choices"), choices=options, widget=forms.CheckboxSelectMultiple, error_messages=required
            )

    def clean(self) -> dict[str, Any]:
        """Return `choices` as positions, the first choice first."""
        data = super().clean() or self.cleaned_data
        if self.poll.method == Poll.Method.RANKED:
            data["choices"] = self._ranked(data)
        elif "choices" in data:
            chosen = data["choices"]
            data["choices"] = [int(one) for one in ([chosen] if isinstance(chosen, str) else chosen)]
        return data

    def _ranked(self, data: dict[str, Any]) -> list[int]:
        """Return the ranked positions in order; ranks left out between others are passed over."""
        ranks = {position: int(data[name]) for position in self.positions if data.get(name := f"rank-{position}")}
        if not ranks:
            raise ValidationError(_("Rank at least one option."))
        if len(set(ranks.values())) < len(ranks):
            raise ValidationError(_("Two options have the same rank. Give each rank once."))
        return sorted(ranks, key=lambda position: ranks[position])

    @property
    def rank_fields(self) -> list[forms.BoundField]:
        """The fields of the ranks."""
        return [self[f"rank-{position}"] for position in self.positions]
