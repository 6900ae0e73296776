"""Pages of help: how one writes, shown by the very renderer that shows what people write."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.preferences import asked_language
from forum.caching.keeping import kept_for_visitors
from forum.queries.heads import plain_meta
from forum.queries.previews import previewed
from forum.views.requests import origin_of

# What one types, by what it is for.
SAMPLES = (
    (_("Paragraphs"), _("An empty line begins a new paragraph.\n\nHere is the second.")),
    (_("Emphasis"), _("This is **bold**, this is *italic*, this is ~~struck out~~.")),
    (_("A heading"), _("## A heading within the text")),
    (_("A quotation"), _("> What somebody else wrote.\n\nWhat I say to it.")),
    (_("A list"), _("- bread\n- tea\n\n1. first\n2. then")),
    (_("A link"), _("[The words of the link](https://example.org/)")),
    (_("A footnote"), _("A word that needs a note.[^1]\n\n[^1]: The note stands at the end.")),
    (_("A table"), _("| Year | Books |\n| --- | --- |\n| 2024 | 12 |\n| 2025 | 15 |")),
    (_("Code"), _("In a line: `print`\n\n```\na block of its own\n```")),
    (_("A line across"), _("above\n\n---\n\nbelow")),
)
# Keys, and what they do; Ctrl is Cmd on a Mac.
KEYS = (
    ("Ctrl+B", _("bold")),
    ("Ctrl+I", _("italic")),
    ("Ctrl+K", _("link")),
    ("Ctrl+E", _("code")),
    ("Ctrl+Shift+7", _("numbered list")),
    ("Ctrl+Shift+8", _("list")),
    ("Ctrl+Shift+9", _("quotation")),
    ("Ctrl+S", _("save the draft now")),
    ("Ctrl+Enter", _("send")),
    ("Esc", _("leave the whole window")),
)


@require_safe
@kept_for_visitors()
def writing(request: HttpRequest) -> HttpResponse:
    """Show what can be typed and what becomes of it, the keys, and how texts are kept."""
    samples = [(title, source, previewed(str(source))) for title, source in SAMPLES]
    path, chosen = reverse("help_writing"), asked_language(request)
    meta = plain_meta(origin_of(request), path, gettext("How to write"), chosen=chosen)
    return render(request, "help/writing.html", {"samples": samples, "keys": KEYS, "meta": meta})
