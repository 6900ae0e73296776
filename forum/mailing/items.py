"""What stands in a letter: each thing in a sentence, with its address, harmless whoever wrote it."""

import html
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.dates import say_moment
from accounts.mail import harmless
from forum.models import Election, Notice, Thread
from forum.notifying.bundles import Bundle, place_of_news
from forum.queries.bulletins import Bulletin
from forum.queries.elections import title_of
from forum.text.excerpts import shorten
from forum.text.plain import html_to_text

WORDS = 120  # Han characters of a post that stand in a mail, or as much Latin text as takes the same room


@dataclass(frozen=True, slots=True)
class Item:
    """One thing: a sentence, where it leads, the first words of a text, and what else is known of it."""

    sentence: str
    address: str
    words: str = ""
    language: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Things that stand under one heading."""

    heading: Promise | str
    items: list[Item]


def absolute(path: str) -> str:
    """Return the whole address of a path of the site."""
    return f"{settings.SITE_ADDRESS}{path}"


def news_item(bundle: Bundle) -> Item:
    """Return what a bundle of notifications says; at most one query."""
    event, post, thread = bundle.newest.event, bundle.post, bundle.newest.thread
    words = html_to_text(post.html, without=frozenset(("blockquote", "pre"))) if post else ""
    if not post and event.reason:
        words = _("Reason: %(reason)s") % {"reason": event.reason}
    # The page of notifications says it in HTML; the same sentence without its tags is ours.
    sentence = strip_tags(render_to_string("mail/_sentence.html", {"bundle": bundle}))
    return Item(
        sentence=harmless(html.unescape(sentence)),
        address=absolute(place_of_news(bundle.opened)),
        words=harmless(shorten(words, WORDS)),
        language=post.language if post else "",
        notes=_notes(harmless(thread.city.name) if thread else "", say_moment(bundle.at)),
    )


def sections_of(bulletin: Bulletin) -> Iterator[Section]:
    """Yield the sections of a bulletin that are not empty."""
    if bulletin.threads:
        yield Section(_("The best of my cities"), [_thread_item(thread) for thread in bulletin.threads])
    if bulletin.elections:
        yield Section(_("Votes under way"), [_election_item(election) for election in bulletin.elections])
    if bulletin.notices:
        yield Section(_("Notices"), [_notice_item(notice) for notice in bulletin.notices])


def _thread_item(thread: Thread) -> Item:
    given = getattr(thread, "given", 0)
    replies = thread.replies_count
    return Item(
        sentence=harmless(thread.title),
        address=absolute(reverse("thread", args=[thread.pk])),
        words=harmless(shorten(thread.excerpt, WORDS)),
        language=thread.language,
        notes=_notes(
            harmless(thread.city.name),
            harmless(thread.author.name),
            given and ngettext("%(count)s recommendation", "%(count)s recommendations", given) % {"count": given},
            replies and ngettext("%(count)s reply", "%(count)s replies", replies) % {"count": replies},
        ),
    )


def _election_item(election: Election) -> Item:
    is_open = election.state == Election.State.VOTING
    words = _("Votes can be cast until %(moment)s.") if is_open else _("Candidates can stand until %(moment)s.")
    until = election.ends_at if is_open else election.nominations_end_at or election.ends_at
    return Item(
        sentence=harmless(title_of(election)),
        address=absolute(reverse("election", args=[election.city.slug, election.pk])),
        words=words % {"moment": say_moment(until)},
        notes=_notes(harmless(election.city.name)),
    )


def _notice_item(notice: Notice) -> Item:
    assert notice.city
    return Item(
        sentence=harmless(notice.title),
        address=absolute(reverse("notice", args=[notice.city.slug, notice.pk])),
        words=harmless(shorten(html_to_text(notice.html), WORDS)),
        notes=_notes(harmless(notice.city.name)),
    )


def _notes(*notes: object) -> tuple[str, ...]:
    return tuple(str(note) for note in notes if note)
