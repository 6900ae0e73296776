"""What a book says of its posts, and the words around them; in the language that is active."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.conf import settings
from django.utils import timezone, translation
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from accounts.dates import calendar, say_day, say_moment
from accounts.models import User
from forum.models import City, Post
from forum.permissions.roles import Viewer
from forum.publishing.book import Words
from forum.text.names import seal_characters
from forum.text.xhtml import plain_words

SITE = "Cityboards"
LANGUAGES = {"zh-Hant": "zh-hant", "en": "en"}  # of texts, and the catalogue that speaks to their readers


@contextmanager
def speaking(language: str, years: str = User.Calendar.WESTERN) -> Iterator[str]:
    """Speak the language of the texts within, that of the site when they have none of ours; yield its name.

    Moments are told in the time zone of the site, for a book has many readers, and in the years of `years`, one of
    User.Calendar.
    """
    name = language if language in LANGUAGES else ("en" if settings.LANGUAGE_CODE.startswith("en") else "zh-Hant")
    zone = timezone.get_default_timezone()
    with translation.override(LANGUAGES[name]), timezone.override(zone), calendar(years):
        yield name


def years_of(viewer: Viewer) -> str:
    """Return how years are counted in a book that the viewer asks for; in western ones for a visitor."""
    return viewer.user.calendar if viewer.user else User.Calendar.WESTERN


def words_of_book() -> Words:
    """Return the words that every book needs."""
    return Words(
        contents=_("Contents"),
        cover=_("Cover"),
        foreword=_("Foreword"),
        colophon=_("Colophon"),
        note=pgettext("in a book", "Note"),
        links=_("Links"),
        versions=_("Versions of the texts"),
        page=_("Page %s"),
    )


def label_of(post: Post) -> str:
    """Return what a post is cited by: No. 12."""
    return _("No. %(number)s") % {"number": post.number}


def title_of_chapter(first: int, last: int) -> str:
    """Return what a run of posts is called in the contents."""
    return (
        _("No. %(first)s–%(last)s") % {"first": first, "last": last}
        if first != last
        else _("No. %(number)s") % {"number": first}
    )


def office_of(post: Post) -> str:
    """Return in which office the post was written, if in any."""
    return str(post.get_office_display()) if post.office else ""


def answers_of(post: Post) -> str:
    """Return to which post this one replies, empty when to none."""
    if post.addressed is None:
        text = _("In reply to No. %(number)s, which is not in the archive")
        return text % {"number": post.addressed_number} if post.addressed_number else ""
    name = plain_words(post.addressed.author.name)
    if post.addressed.thread_id != post.thread_id:
        return _("In reply to %(name)s, in another thread") % {"name": name}
    return _("In reply to %(name)s, No. %(number)s") % {"name": name, "number": post.addressed.number}


def facts_of(post: Post, *, edits: int, edited_at: datetime | None) -> tuple[str, ...]:
    """Return the edit mark and the number of recommendations."""
    facts = []
    if edits and edited_at:
        moment = say_moment(edited_at)
        facts.append(_("Edited on %(moment)s, edit no. %(number)s") % {"moment": moment, "number": edits})
    elif edits:
        facts.append(_("edit no. %(number)s") % {"number": edits})
    if count := post.recommendations:
        text = ngettext("%(number)s recommendation", "%(number)s recommendations", count)
        facts.append(text % {"number": f"{count:,}"})
    return tuple(facts)


def source_of(post: Post) -> str:
    """Return where a text comes from that is not the writer's own."""
    if post.source:
        return _("Source: %(source)s") % {"source": plain_words(post.source)}
    return _("Repost") if post.is_repost else ""


def span(first: datetime, last: datetime) -> str:
    """Return from which day to which a text was written."""
    one, other = say_day(first), say_day(last)
    return one if one == other else str(format_lazy("{} – {}", one, other))


def seal_of(city: City) -> str:
    """Return the characters of the seal of a city."""
    return plain_words(city.seal or seal_characters(city.name))


def colophon(*, address: str, made: datetime, posts: int) -> tuple[tuple[str, str], ...]:
    """Return what stands on the last page, besides the hashes."""
    return (
        (_("Address of the original"), address),
        (pgettext("book", "Made on"), say_moment(made)),
        (_("Texts"), ngettext("%(count)s post", "%(count)s posts", posts) % {"count": f"{posts:,}"}),
        (_("Rights"), _("Each text belongs to who wrote it.")),
        (
            _("Proof"),
            _("Each line names a text, its version and the hash of it, by which the record of the site proves it."),
        ),
    )
