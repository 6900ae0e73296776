"""A text as it will look; nothing is stored."""

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from forum.queries.mentions import addresses_of, people_named
from forum.text.counting import Count, count
from forum.text.languages import CHOICES, guess
from forum.text.markdown import render
from forum.text.pictures import undescribed


@dataclass(frozen=True, slots=True)
class Preview:
    """A rendered text, its language, how long it is, and how many pictures in it nobody described."""

    html: SafeString
    language: str
    length: Count
    undescribed: int = 0


def previewed(body: str, language: str = "") -> Preview:
    """Return the text as the site would show it; its language is guessed unless one of CHOICES is given."""
    language = language if language in CHOICES else guess(body)
    people = addresses_of(people_named(body))
    html = mark_safe(render(body, lang=language, prefix="preview-", people=people))  # noqa: S308 - the sanitiser's output
    return Preview(html, language, count(body), undescribed(html))
