"""A text as it will look; nothing is stored."""

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from forum.queries.mentions import addresses_of, people_named
from forum.text.languages import guess
from forum.text.markdown import render


@dataclass(frozen=True, slots=True)
class Preview:
    """A rendered text and its language."""

    html: SafeString
    language: str


def previewed(body: str) -> Preview:
    """Return the text as the site would show it."""
    people = addresses_of(people_named(body))
    return Preview(mark_safe(render(body, prefix="preview-", people=people)), guess(body))  # noqa: S308 - the sanitiser's output
