"""Forms of digests: where to keep a post, what a digest is called, and a note."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from forum.forms.long_texts import long_text
from forum.models import Digest, DigestEntry
from forum.queries.digests import Choice

NEW = "new"
FEW = 8  # as many as stand one below the other; more fold into a list


class KeepForm(forms.Form):
    """Where to keep a post: in one of one's digests or in a new one, with a note."""

    digest = forms.ChoiceField(label=_("Digest"), widget=forms.RadioSelect)
    title = forms.CharField(label=_("Title of the new digest"), max_length=80, required=False)
    is_public = forms.BooleanField(label=_("Everybody may read the new digest"), required=False)
    note = forms.CharField(
        label=_("Note"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Why you keep it; it stands beside the text."),
    )

    def __init__(self, *args: Any, choices: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.digests = {str(choice.digest.pk): choice.digest for choice in choices}
        named: list[tuple[str, Any]] = [(str(choice.digest.pk), _label(choice)) for choice in choices]
        field = self.fields["digest"]
        assert isinstance(field, forms.ChoiceField)
        if len(named) > FEW:
            field.widget = forms.Select()
        field.choices = [*named, (NEW, _("A new digest"))]
        field.initial = named[0][0] if named else NEW
        if not named:
            field.widget = forms.HiddenInput()
            self.fields["title"].required = True

    def clean(self) -> dict[str, Any]:
        """Ask for a title when the digest is new."""
        data = super().clean() or self.cleaned_data
        if data.get("digest") == NEW and not data.get("title", "").strip():
            self.add_error("title", _("Give the digest a title."))
        return data

    @property
    def chosen(self) -> Digest | None:
        """The digest that was chosen, None for a new one."""
        return self.digests.get(self.cleaned_data["digest"])


def _label(choice: Choice) -> Any:
    if choice.entry is None:
        return choice.digest.title
    return _("%(title)s (kept there; keeping again takes the present version)") % {"title": choice.digest.title}


class DigestForm(forms.ModelForm):
    """What a digest is called, and who may read it."""

    class Meta:
        model = Digest
        fields = ("title", "subtitle", "dedication", "description", "is_public")
        labels: dict[str, Any] = {
            "title": _("Title"),
            "subtitle": _("Subtitle"),
            "dedication": _("Dedication"),
            "description": _("Description"),
            "is_public": _("Everybody may read this digest"),
        }
        help_texts: dict[str, Any] = {
            "title": _("At most 80 characters."),
            "subtitle": _("Stands below the title; at most 120 characters."),
            "dedication": _("To whom it is given, if you like; at most 200 characters."),
            "description": _("What it is about, for lists; at most 500 characters."),
        }
        widgets: dict[str, Any] = {"description": forms.Textarea(attrs={"rows": 3})}


class NewDigestForm(DigestForm):
    """A new digest: only what it needs to begin with."""

    class Meta(DigestForm.Meta):
        fields = ("title", "description", "is_public")  # type: ignore[assignment]


class ForewordForm(forms.Form):
    """What the owner says before the texts of a digest."""

    body = long_text(16, label=_("Foreword"), required=False)


class ChapterForm(forms.Form):
    """The heading of a chapter and what it opens with."""

    title = forms.CharField(label=_("Heading"), max_length=120, help_text=_("At most 120 characters."))
    body = long_text(6, label=_("Introduction"), max_length=4_000, required=False)


class EntryForm(forms.ModelForm):
    """The note beside a kept text, and the chapter it stands in."""

    class Meta:
        model = DigestEntry
        fields = ("note", "chapter")
        labels: dict[str, Any] = {"note": _("Note"), "chapter": _("Chapter")}
        help_texts: dict[str, Any] = {
            "note": _("At most 1,000 characters."),
            "chapter": _("In another chapter the text comes last."),
        }
        widgets: dict[str, Any] = {"note": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["chapter"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = self.instance.digest.chapters.all()
        field.empty_label = _("Before the first chapter")
        if not field.queryset:
            del self.fields["chapter"]
