"""Forms of digests: where to keep a post, what a digest is called, and a note."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

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
        fields = ("title", "description", "is_public")
        labels = {"description": _("Description"), "is_public": _("Everybody may read this digest")}
        widgets: dict[str, Any] = {"description": forms.Textarea(attrs={"rows": 3})}


class NoteForm(forms.ModelForm):
    """The note beside a kept text."""

    class Meta:
        model = DigestEntry
        fields = ("note",)
        labels = {"note": _("Note")}
        widgets: dict[str, Any] = {"note": forms.Textarea(attrs={"rows": 4})}
