"""Findings: why a text has to wait for approval, and edits that would bring in such a thing."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from forum.models import City, Hold, Post, Rules
from forum.permissions.records import Record, record_of, rules_of
from forum.permissions.roles import Viewer
from forum.permissions.rules import is_exempt, is_on_probation
from forum.text.holding import patterns_in, words_in
from forum.text.plain import html_to_text

if TYPE_CHECKING:
    from accounts.models import User

_FOUND = 200  # characters of what was found that are kept


@dataclass(frozen=True, slots=True)
class Finding:
    """Why a text has to wait, and what was found in it."""

    why: Hold.Why
    found: str = ""


def _found(
    rules: Rules, title: str, body: str, source: str, html: str, beside: str = ""
) -> tuple[list[str], list[str]]:
    """Return the words and the patterns of the city that stand in a text."""
    if not (rules.held_words or rules.held_patterns):
        return [], []
    # As typed and as read: neither marks within a word nor an address behind it hide anything.
    text = "\n".join((title, source, body, html_to_text(html), beside))
    return words_in(text, rules.held_words), patterns_in(text, rules.held_patterns)


def reason_to_hold(
    viewer: Viewer,
    city: City,
    record: Record,
    *,
    title: str,
    body: str,
    source: str,
    html: str,
    beside: str,
    at: datetime,
) -> Finding | None:
    """Return why what the viewer writes has to wait for approval, None when it has not. Officers' posts never wait.

    `beside` is what else comes with the text, such as the words of a poll.
    """
    if is_exempt(viewer, city):
        return None
    words, patterns = _found(rules_of(city), title, body, source, html, beside)
    if words:
        return Finding(Hold.Why.WORD, ", ".join(words)[:_FOUND])
    if patterns:
        return Finding(Hold.Why.PATTERN, patterns[0][:_FOUND])
    return Finding(Hold.Why.PROBATION) if is_on_probation(viewer, city, record, at) else None


def check_edit(
    post: Post, *, by: "User", title: str, body: str, source: str, html: str, alias: str, at: datetime
) -> None:
    """Raise ValidationError for an edit that would bring in what has to wait for approval.

    A post that is shown cannot wait, so the edit is refused with what was found; the writer still has the text.
    What stood in the post before is no reason.
    """
    viewer, city = Viewer.of(by), post.thread.city
    if is_exempt(viewer, city):
        return
    words, patterns = _found(rules_of(city), title, body, source, html, alias)
    before = post.title, post.body, post.source, post.html, post.thread.alias
    old_words, old_patterns = _found(rules_of(city), *before)
    if new := [word for word in words if word not in old_words]:
        text = _("Posts with these words wait for approval here, and an edit cannot wait: %(words)s")
        raise ValidationError({"body": text % {"words": ", ".join(new)}})
    if set(patterns) - set(old_patterns):
        text = _("Your text matches a pattern that waits for approval here, and an edit cannot wait. Write a new post.")
        raise ValidationError({"body": text})
    if is_on_probation(viewer, city, record_of(viewer, city, at), at):
        text = _("Your posts still wait for approval here, and an edit cannot wait. Write a new post.")
        raise ValidationError({"body": text})
