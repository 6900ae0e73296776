"""Forms of writing: a reply, a new thread, an edit."""

from collections.abc import Sequence
from typing import Any, Self, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from forum.forms.long_texts import KeptForm, LaterField, long_text
from forum.text.languages import CHOICES


def _alias() -> forms.CharField:
    return forms.CharField(
        label=_("Title in another language"),
        max_length=200,
        required=False,
        help_text=_("Stands below the title for who reads this site in that language."),
    )


class _Writing(KeptForm):
    """What all texts share: their language, whether it is a repost, and where it comes from."""

    language = forms.ChoiceField(
        label=_("Language of the text"), required=False, choices=[("", _("Tell by the text")), *CHOICES.items()]
    )

    is_repost = forms.BooleanField(label=_("This is a repost"), required=False)
    source = forms.CharField(
        label=_("Source"),
        max_length=500,
        required=False,
        help_text=_("For a text that is not your own: where it comes from."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        initial = options.get("initial") or {}
        if initial.get("source") and "is_repost" not in initial:  # what names a source is a repost
            options["initial"] = {**initial, "is_repost": True}
        super().__init__(*args, **options)

    def options(self) -> dict[str, Any]:
        """Return what else the form was made with."""
        return {}

    def renewed(self, initial: dict[str, Any]) -> Self:
        """Return a fresh form of this kind with other words, what was chosen beside them being kept."""
        chosen = {name: self.data.get(name, "") for name in ("is_repost", "office", "desk") if name in self.fields}
        return type(self)(initial={**chosen, **initial}, auto_id=self.auto_id, **self.options())


class _New(_Writing):
    """A text that is not yet a post: an officer chooses as whom to write it."""

    office = forms.ChoiceField(
        label=_("Write as"),
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("You do not hold this office any more.")},
    )
    submission = forms.UUIDField(required=False, widget=forms.HiddenInput)
    appears_at = LaterField()

    def __init__(self, *args: Any, offices: Sequence[tuple[str, Any]] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.offices = list(offices)
        office = cast("forms.ChoiceField", self.fields["office"])
        office.choices = [("", _("Myself")), *self.offices]
        if not self.offices:
            office.widget = forms.HiddenInput()

    def options(self) -> dict[str, Any]:
        """Return what else the form was made with."""
        return {"offices": self.offices}


class ReplyForm(_New):
    """A reply: its text, a title of its own if it likes one, and the number of the post it addresses."""

    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    body = long_text(8)
    to = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)
    field_order = ("body", "title", "language", "is_repost", "source", "office")


class ThreadForm(_New):
    """A new thread: its title and its opening text."""

    title = forms.CharField(
        label=_("Title"), max_length=200, error_messages={"required": _("Give the thread a title.")}
    )
    alias = _alias()
    body = long_text(14)
    field_order = ("title", "body", "alias", "language", "is_repost", "source", "office")


class EditForm(_Writing):
    """A new text for a post; `base` is the number of the revision it was made from."""

    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    alias = _alias()
    body = long_text(16)
    reason = forms.CharField(
        label=_("Reason"), max_length=200, required=False, help_text=_("Shown in the history, if you give one.")
    )
    base = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    field_order = ("title", "body", "alias", "language", "is_repost", "source", "reason")

    def __init__(self, *args: Any, is_opener: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["title"].required = is_opener
        if not is_opener:
            del self.fields["alias"]

    def options(self) -> dict[str, Any]:
        """Return what else the form was made with."""
        return {"is_opener": self.fields["title"].required}
