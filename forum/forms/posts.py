"""Forms of writing: a reply, a new thread, an edit."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

BODY_LENGTH = 40_000  # characters; as many as the renderer takes

HINT = _("Plain text, or Markdown: **bold**, > quotation, # heading, - list, [^1] footnote.")


def _body(rows: int) -> forms.CharField:
    return forms.CharField(
        label=_("Text"),
        max_length=BODY_LENGTH,
        strip=False,
        help_text=HINT,
        widget=forms.Textarea(attrs={"rows": rows, "class": "compose__text"}),
        error_messages={"required": _("Write something first.")},
    )


class _Source(forms.Form):
    source = forms.CharField(
        label=_("Source"),
        max_length=500,
        required=False,
        help_text=_("For a text that is not your own: where it comes from."),
    )


class ReplyForm(_Source):
    """A reply: its text, a title of its own if it likes one, and the number of the post it addresses."""

    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    body = _body(8)
    to = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)
    submission = forms.UUIDField(required=False, widget=forms.HiddenInput)
    field_order = ("body", "title", "source")


class ThreadForm(_Source):
    """A new thread: its title and its opening text."""

    title = forms.CharField(
        label=_("Title"), max_length=200, error_messages={"required": _("Give the thread a title.")}
    )
    body = _body(14)
    submission = forms.UUIDField(required=False, widget=forms.HiddenInput)
    field_order = ("title", "body", "source")


class EditForm(_Source):
    """A new text for a post; `base` is the number of the revision it was made from."""

    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    body = _body(16)
    reason = forms.CharField(
        label=_("Reason"), max_length=200, required=False, help_text=_("Shown in the history, if you give one.")
    )
    base = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    field_order = ("title", "body", "source", "reason")

    def __init__(self, *args: Any, is_opener: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].required = is_opener
