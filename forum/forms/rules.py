"""The form of a city's rules, in sections; and the answer to the author of a held post."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from forum.models import Rules
from forum.queries.rule_words import SECTIONS

_LISTS = {"questions": 4, "held_words": 5, "held_patterns": 3, "report_reasons": 5}
NAMES = tuple(name for _title, names in SECTIONS for name in names)


class RulesForm(forms.ModelForm):
    """All rules of a city."""

    class Meta:
        model = Rules
        fields: tuple[str, ...] = NAMES
        labels: dict[str, Any] = {
            "join_days": _("Days since sign-up before joining"),
            "join_posts": _("Posts on the site before joining"),
            "statement_length": _("Shortest statement of an applicant, in characters"),
            "questions": _("Questions for applicants"),
            "refusal_days": _("Days before a refused person may apply again"),
            "post_days": _("Days since sign-up before writing"),
            "post_posts": _("Posts on the site before writing"),
            "thread_days": _("Days as a citizen before starting threads"),
            "thread_posts": _("Posts in the city before starting threads"),
            "posts_per_day": _("Posts that a person may write within a day"),
            "probation_posts": _("First posts that wait for approval"),
            "probation_days": _("First days in which posts wait for approval"),
            "held_words": _("Words that hold a post for approval"),
            "held_patterns": _("Patterns that hold a post for approval"),
            "decision_hours": _("Hours within which officers promise to decide"),
            "repost_source": _("A repost names its source"),
            "repost_comment": _("Own words in a repost, in characters"),
            "report_reasons": _("Reasons for a report"),
            "second_officer": _("Who is party to a matter leaves it to another officer"),
            "vote_days": _("Days as a citizen before voting in elections"),
            "term_months": _("Term of the mayor, in months"),
            "petition_percent": _("Share of the citizens that calls a vote, in percent"),
            "absence_days": _("Days without the mayor before somebody follows"),
        }
        help_texts: dict[str, Any] = {
            "questions": _("One question a line. Only officers read the answers."),
            "thread_days": _("Also counts for those who may write without being citizens: they start none."),
            "posts_per_day": _("0: as many as they like."),
            "probation_posts": _("So many posts of everybody who is new wait until an officer approves them."),
            "held_words": _(
                "One a line. Case and width of letters make no difference; nobody but officers sees the list."
            ),
            "held_patterns": _("One regular expression a line, as RE2 reads it. Most cities need none."),
            "decision_hours": _("The author sees this deadline, and the ledger counts what is late."),
            "repost_comment": _("Counted outside of quotations, code, pictures and addresses."),
            "report_reasons": _("One a line. Empty: the reasons of the site."),
            "second_officer": _("Who wrote in the thread, or is answered by the post, does not act on it."),
            "term_months": _("0: the term has no end."),
        }
        widgets: dict[str, Any] = {name: forms.Textarea(attrs={"rows": rows}) for name, rows in _LISTS.items()}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in NAMES:
            if isinstance(self.fields[name], forms.IntegerField):
                self.fields[name].required = False  # left empty, it asks for nothing
                self.fields[name].widget.attrs |= {"inputmode": "numeric"}

    def clean(self) -> dict[str, Any]:
        """Return what was typed; an empty number is the default."""
        data = super().clean() or self.cleaned_data
        for name in NAMES:
            if name in data and data[name] is None:
                data[name] = getattr(Rules(), name)
        return data

    def sections(self) -> Iterator[tuple[Promise | str, list[forms.BoundField]]]:
        """Yield each section with its fields."""
        for title, names in SECTIONS:
            yield title, [self[name] for name in names]


class HoldForm(forms.Form):
    """What the author of a held post is told."""

    answer = forms.CharField(
        label=_("Answer to the author"),
        max_length=1000,
        required=False,
        help_text=_("Needed when you refuse. Only the author and the officers of this city read it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
