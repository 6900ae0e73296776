"""The field of a long text in Markdown, which gets the writing desk around it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

BODY_LENGTH = 40_000  # characters; as many as the renderer takes

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
