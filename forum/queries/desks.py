"""Desks: what a form of writing says beforehand of the rules, and as whom one may write."""

from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forum.models import Board, City, Post, Thread
from forum.permissions.offices import offices_of
from forum.permissions.records import Record, record_of, rules_of
from forum.permissions.roles import Viewer
from forum.permissions.rules import is_exempt, is_on_probation, may_start_thread, may_write
from forum.permissions.threads import can_create_thread, can_reply_to_thread
from forum.permissions.verdicts import Verdict
from forum.queries.rule_words import length_in_words


@dataclass(frozen=True, slots=True)
class Desk:
    """Whether the viewer may write there now, what to know before, and the offices in which they may speak."""

    verdict: Verdict
    notes: list[str] = field(default_factory=list)
    offices: list[tuple[str, Promise | str]] = field(default_factory=list)


def desk_in_thread(viewer: Viewer, thread: Thread, record: Record | None = None) -> Desk:
    """Return the desk of a reply; at most one query, none when the record came along with the thread."""
    verdict = can_reply_to_thread(viewer, thread)
    if not verdict:
        return Desk(verdict, offices=_offices(viewer, thread.city))
    record = record or record_of(viewer, thread.city)
    return _desk(viewer, thread.board, record, may_write(viewer, thread.city, record))


def desk_on_board(viewer: Viewer, board: Board) -> Desk:
    """Return the desk of a new thread; at most one query."""
    verdict = can_create_thread(viewer, board)
    if not verdict:
        return Desk(verdict, offices=_offices(viewer, board.city))
    record = record_of(viewer, board.city)
    return _desk(viewer, board, record, may_start_thread(viewer, board.city, record))


def _desk(viewer: Viewer, board: Board, record: Record, verdict: Verdict) -> Desk:
    notes = _notes(viewer, board, record) if verdict else []
    return Desk(verdict, notes, _offices(viewer, board.city))


def _offices(viewer: Viewer, city: City) -> list[tuple[str, Promise | str]]:
    return [(name, Post.Office(name).label) for name in offices_of(viewer, city)]


def _notes(viewer: Viewer, board: Board, record: Record) -> list[str]:
    """Return what one should know before one writes, a sentence each."""
    rules, city = rules_of(board.city), board.city
    notes = [words] if (words := length_in_words(board)) else []
    if not is_exempt(viewer, city):
        notes += _waiting(viewer, city, record)
        if rules.posts_per_day:
            words = ngettext(
                "This city allows %(asked)s post within a day; you have written %(has)s.",
                "This city allows %(asked)s posts within a day; you have written %(has)s.",
                rules.posts_per_day,
            )
            notes.append(words % {"asked": rules.posts_per_day, "has": record.posts_today})
    if rules.repost_comment:
        words = ngettext(
            "A repost stands in quotations (>) and has at least %(asked)s character of your own beside them.",
            "A repost stands in quotations (>) and has at least %(asked)s characters of your own beside them.",
            rules.repost_comment,
        )
        notes.append(words % {"asked": rules.repost_comment})
    if rules.repost_source:
        notes.append(_("A repost names its source."))
    return notes


def _waiting(viewer: Viewer, city: City, record: Record) -> list[str]:
    rules, notes = rules_of(city), []
    if is_on_probation(viewer, city, record):
        words = ngettext(
            "You are new here: your post waits for approval. The officers promise to decide within %(hours)s hour.",
            "You are new here: your post waits for approval. The officers promise to decide within %(hours)s hours.",
            rules.decision_hours,
        )
        notes.append(words % {"hours": rules.decision_hours})
    elif rules.held_words or rules.held_patterns:
        notes.append(_("Posts with certain words or patterns wait for approval."))
    return notes
