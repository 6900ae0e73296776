"""The field of a long text, which gets the writing desk around it, and forms whose text becomes a draft."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from forum.forms.moments import not_too_far

BODY_LENGTH = 40_000  # characters; as many as the renderer takes

MACHINERY = ("version", "desk", "appears_at")  # fields about drafts, not about what is sent

HINT = _("Plain text, or Markdown: **bold**, > quotation, # heading, - list, [^1] footnote.")


class LongTextField(forms.CharField):
    """A text as it was typed; the template gives its textarea the toolbar, the count and what else helps one write."""

    has_editor = True


def long_text(rows: int, **options: Any) -> LongTextField:
    """Return the field of a text that people write in Markdown, so many rows high; `options` are those of the field."""
    settings: dict[str, Any] = {
        "label": _("Text"),
        "max_length": BODY_LENGTH,
        "strip": False,
        "help_text": HINT,
        "widget": forms.Textarea(attrs={"rows": rows, "class": "compose__text"}),
        "error_messages": {"required": _("Write something first.")},
    }
    return LongTextField(**(settings | options))


class LaterField(forms.DateTimeField):
    """When a text is to appear; the template shows it apart from the other fields."""

    is_apart = True

    def __init__(self) -> None:
        super().__init__(
            label=_("Appears"),
            required=False,
            validators=[not_too_far],
            help_text=_("Empty: at once. The rules are asked again when the time has come."),
            widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        )


class KeptForm(forms.Form):
    """A form whose text is kept as a draft: it says which version of the draft it was filled from, and bears a mark."""

    version = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)
    desk = forms.UUIDField(required=False, widget=forms.HiddenInput)

    @property
    def to_send(self) -> dict[str, Any]:
        """What the action is given: what was cleaned, without the machinery of drafts."""
        return {name: value for name, value in self.cleaned_data.items() if name not in MACHINERY}
