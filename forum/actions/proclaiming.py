"""The program's own notices: what came about by itself is told to the city, in every language of the site."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone, translation

from accounts.dates import calendar
from accounts.models import User
from forum.models import City, Notice
from forum.text.markdown import RENDERER_VERSION, render

SHOWN_FOR = timedelta(days=14)
SIMPLIFIED = User.Language.SIMPLIFIED


def in_every_language(words: Callable[[], str]) -> list[str]:
    """Return the words in each language of the site, each version once; Chinese as it was written, not simplified.

    They stay for everybody to read, so they have the site's time zone and western years, whoever brought them about.
    """
    versions = []
    for code in (code for code, _name in settings.LANGUAGES if code != SIMPLIFIED):
        with translation.override(code), timezone.override(None), calendar(User.Calendar.WESTERN):
            versions.append(words())
    return list(dict.fromkeys(versions))


def in_one_line(words: Callable[[], str]) -> str:
    """Return the words in each language of the site, side by side."""
    return " · ".join(in_every_language(words))


def proclaim(city: City, title: Callable[[], str], body: Callable[[], str], *, at: datetime) -> Notice:
    """Post a notice without an author (for actions that have recorded what happened) and return it.

    `title` and `body` give plain words in the language that is active when they are called.
    """
    source = "\n\n".join(in_every_language(body))
    return Notice.objects.create(
        city=city,
        author=None,
        title=in_one_line(title)[:120],
        body=source,
        html=render(source),
        renderer_version=RENDERER_VERSION,
        created_at=at,
        ends_at=at + SHOWN_FOR,
    )
