"""A text as it will look; nothing is stored."""

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from forum.queries.mentions import addresses_of, people_named
from forum.text.counting import Count, count
from forum.text.languages import guess
from forum.text.markdown import render


@dataclass(frozen=True, slots=True)
class Preview:
    """A rendered text, its language, and how long it is."""

    html: SafeString
    language: str
    length: Count


def previewed(body: str) -> Preview:
    """Return the text as the site would show it."""
    people = addresses_of(people_named(body))
    html = mark_safe(render(body, prefix="preview-", people=people))  # noqa: S308 - the sanitiser's output
    return Preview(html, guess(body), count(body))
