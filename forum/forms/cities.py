"""Forms about a city: founding it, its settings, and asking to join it."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any
from zlib import crc32

from django import forms
from django.forms.models import ModelChoiceField, ModelChoiceIterator
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from forum.models import Category, City


class GroupedCategories(ModelChoiceIterator):
    """The categories of the lower level under the names of the upper one."""

    def __iter__(self) -> Iterator[Any]:
        yield ("", self.field.empty_label)
        for parent, children in groupby(self.queryset, key=lambda category: category.parent):
            yield (str(parent), [self.choice(child) for child in children])


class CategoryField(ModelChoiceField):
    """A choice among the lower level of the directory."""

    iterator = GroupedCategories

    def __init__(self, **kwargs: Any) -> None:
        rows = Category.objects.filter(parent__isnull=False).select_related("parent")
        super().__init__(rows.order_by("parent__position", "parent_id", "position", "id"), **kwargs)


class SettingsForm(forms.ModelForm):
    """The settings of a city."""

    category = CategoryField(label=_("Category"), empty_label=_("Choose a category"))

    class Meta:
        model = City
        fields: tuple[str, ...] = (
            "name",
            "description",
            "category",
            "seal",
            "ink",
            "joining",
            "posting",
            "visibility",
        )
        labels: dict[str, Any] = {
            "name": _("Name of the city"),
            "description": _("What it is about"),
            "seal": _("Seal"),
            "ink": _("Ink of the seal"),
            "joining": _("Who may join"),
            "posting": _("Who may write"),
            "visibility": _("Who may read"),
        }
        help_texts: dict[str, Any] = {
            "description": _("One or two sentences, shown under the name and in the directory."),
            "seal": _("One to four characters, such as the city's name in short. Empty: taken from the name."),
        }
        widgets: dict[str, Any] = {
            "description": forms.Textarea(attrs={"rows": 3}),
            **dict.fromkeys(("ink", "joining", "posting", "visibility"), forms.RadioSelect),
        }


class FoundingForm(SettingsForm):
    """A new city: its settings and its address, which is for good."""

    slug = forms.SlugField(
        label=_("Address"),
        max_length=60,
        required=False,
        allow_unicode=True,
        help_text=_("Letters of any script, digits and hyphens; it stays for good. Empty: made from the name."),
    )
    field_order = ("name", "slug", "description", "category", "seal", "ink", "joining", "posting", "visibility")


class ApplicationForm(forms.Form):
    """Why somebody wants to become a citizen."""

    statement = forms.CharField(
        label=_("Your statement"),
        max_length=2000,
        help_text=_("Who you are and why you want to join. The mayor and the deputy mayors read it."),
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Say in a few words why you want to join.")},
    )

    def __init__(self, *args: Any, questions: Sequence[str] = (), shortest: int = 0, **options: Any) -> None:
        super().__init__(*args, **options)
        if shortest:
            words = ngettext_lazy("At least %(count)s character.", "At least %(count)s characters.", shortest)
            hint = self.fields["statement"].help_text
            self.fields["statement"].help_text = format_lazy("{} {}", hint, words % {"count": shortest})
        # Named by its words, so that no answer ends up under a question that was changed meanwhile.
        self.questions = {f"answer-{crc32(question.encode())}": question for question in questions}
        for name, question in self.questions.items():
            widget = forms.Textarea(attrs={"rows": 3})
            self.fields[name] = forms.CharField(label=question, max_length=1000, widget=widget)

    @property
    def answers(self) -> dict[str, str]:
        """Return what was answered, by the question."""
        return {question: self.cleaned_data[name] for name, question in self.questions.items()}


class AnswerForm(forms.Form):
    """What the applicant is told."""

    answer = forms.CharField(
        label=_("Answer to the applicant"),
        max_length=1000,
        required=False,
        help_text=_("Only the applicant and the officers of this city read it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
