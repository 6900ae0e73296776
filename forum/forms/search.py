"""The form of a search, which offers every filter without its language; and the form to keep a search."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from forum.models import SavedSearch
from forum.search.language import Filters, Query, titles_or_text
from forum.search.operators import ANY_NUMBER, Range
from forum.search.parsing import parse
from forum.search.writing import operator_name, written

MARK = "filters"  # is in the address of a form that was sent
DAY = timedelta(days=1)
SHORTEST = 1

_NAMED = ("author", "city", "board")

HAS_CHOICES = [("image", _("An image")), ("link", _("A link")), ("code", _("Code"))]
IS_CHOICES = [
    ("opener", _("Opening posts")),
    ("featured", _("Featured threads")),
    ("pinned", _("Pinned threads")),
    ("locked", _("Locked threads")),
]


class FiltersForm(forms.Form):
    """Words and all filters. What the fields cannot hold stays among the words, in the language of searches."""

    prefix = "f"

    words = forms.CharField(label=_("Words"), required=False, max_length=1000)
    in_titles = forms.BooleanField(label=_("Only in titles"), required=False)
    author = forms.CharField(label=_("Author"), required=False, max_length=100)
    city = forms.CharField(label=_("City"), required=False, max_length=100)
    board = forms.CharField(label=_("Board"), required=False, max_length=100)
    since = forms.DateField(label=_("From this day"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("Until this day"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    recommended = forms.IntegerField(
        label=_("Recommendations, at least"), required=False, min_value=SHORTEST, max_value=999_999
    )
    has = forms.MultipleChoiceField(
        label=_("Contains"), required=False, choices=HAS_CHOICES, widget=forms.CheckboxSelectMultiple
    )
    kind = forms.MultipleChoiceField(
        label=_("Only"), required=False, choices=IS_CHOICES, widget=forms.CheckboxSelectMultiple
    )

    @classmethod
    def showing(cls, query: Query) -> "FiltersForm":
        """Return the form filled in with a query."""
        filters = query.filters
        fields: dict[str, Any] = {name: names[0] for name in _NAMED if len(names := getattr(filters, name)) == 1}
        without: dict[str, Any] = dict.fromkeys(fields, ())
        filters = replace(filters, **without)
        if filters.recommended.high is None and (filters.recommended.low or 0) >= SHORTEST:
            fields["recommended"], filters = filters.recommended.low, replace(filters, recommended=ANY_NUMBER)
        if filters.before and filters.before > date.min:
            fields["until"] = (filters.before - DAY).isoformat()
        fields["since"] = filters.after.isoformat() if filters.after else None
        fields |= {"has": sorted(filters.has), "kind": sorted(filters.is_)}
        rest = replace(filters, after=None, before=None, has=frozenset(), is_=frozenset())
        is_titles, node = titles_or_text(query.node)
        fields |= {"in_titles": is_titles, "words": written(Query(node, rest))}
        return cls(initial=fields)

    def text(self, *, in_chinese: bool) -> str:
        """Return the query that the filled-in form asks for; only for a valid form."""
        data = self.cleaned_data
        named: dict[str, Any] = {name: (data[name],) for name in _NAMED if data[name]}
        filters = Filters(
            **named,
            has=frozenset(data["has"]),
            is_=frozenset(data["kind"]),
            after=data["since"],
            before=data["until"] + DAY if data["until"] and data["until"] < date.max else None,
            recommended=Range(data["recommended"]),
        )
        words = parse(data["words"])
        # A quotation mark left open would swallow what comes after it.
        typed = (
            written(words, in_chinese=in_chinese) if any(one.kind == "quote" for one in words.problems) else words.text
        )
        titles = f"{operator_name('in', in_chinese)}:{operator_name('title', in_chinese)}" if data["in_titles"] else ""
        return " ".join(filter(None, [typed.strip(), titles, written(Query(filters=filters), in_chinese=in_chinese)]))

    @property
    def words_field(self) -> forms.BoundField:
        """The field of the words."""
        return self["words"]

    @property
    def filter_fields(self) -> list[forms.BoundField]:
        """The fields of the filters."""
        return [self[name] for name in self.fields if name != "words"]

    @property
    def key(self) -> str | None:
        """What the filters look like by: alike in all forms that nobody has filled in, None in any other."""
        return None if self.is_bound or self.is_used else "empty"

    @property
    def is_used(self) -> bool:
        """Whether a filter is set beside the words."""
        return any(field.value() for field in self.filter_fields)


class SaveSearchForm(forms.ModelForm):
    """Under which name a search is kept."""

    class Meta:
        model = SavedSearch
        fields = ("query", "scope", "name")
        labels = {"name": _("Name")}
        widgets = {"query": forms.HiddenInput, "scope": forms.HiddenInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = False
