"""Erasing personal content for good: the words go, their hashes stay, and so does the chain."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from forum import events
from forum.actions.attachments import displace_images
from forum.events.chain import ANCHOR
from forum.models import Event, Post, Revision, Thread
from forum.permissions.erasing import can_erase_content
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import require
from forum.search.index import index_posts

if TYPE_CHECKING:
    from accounts.models import User

ERASINGS = ("event.erased", "event.taken_back", "revision.erased", "post.taken_back")
UNTITLED = "…"


@transaction.atomic
def erase_event_content(event: Event, *, by: "User", reason: str, at: datetime | None = None) -> Event:
    """Erase the reason and the words in the data of an event; twice changes nothing. Returns the event.

    Numbers and the anchor of a revision or ballot stay. Raises Forbidden, and ValidationError for `event` when it is
    itself the act of an erasing.
    """
    require(can_erase_content(Viewer.of(by)))
    event = Event.objects.select_for_update(of=("self",), no_key=True).select_related("city").get(pk=event.pk)
    if event.kind in ERASINGS:
        raise ValidationError({"event": _("That something was erased stays in the log.")})
    if event.is_erased:
        return event
    event.reason, event.salt, event.data = "", "", without_words(event.data)
    event.save(update_fields=["reason", "salt", "data"])
    events.record("event.erased", by=by, city=event.city, reason=reason.strip(), at=at, position=event.position)
    return event


def without_words(data: dict[str, Any]) -> dict[str, Any]:
    """Return what stays of an event's data: numbers and the anchor."""
    kept = {name: value for name, value in data.items() if isinstance(value, int)}
    return kept | {ANCHOR: data[ANCHOR]} if ANCHOR in data else kept


def erase_words(rows: Iterable[Event], *, by: "User", at: datetime) -> None:
    """Erase the content of events with the account of a person who leaves (for actions that have checked that).

    The chain holds that it was done; the public log does not fill with it.
    """
    for event in Event.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=[row.pk for row in rows]):
        if event.position is None or event.is_erased or event.kind in ERASINGS:
            continue
        event.reason, event.salt, event.data = "", "", without_words(event.data)
        event.save(update_fields=["reason", "salt", "data"])
        events.record("event.taken_back", by=by, city=event.city, at=at, position=event.position)


@transaction.atomic
def erase_revision(revision: Revision, *, by: "User", reason: str, at: datetime | None = None) -> Revision:
    """Erase title, text and reason of a version of a post, and return it; twice changes nothing.

    The present version takes the text of the post along. What the events of that version say of it goes as well.
    Raises Forbidden, and ValidationError for `revision` while it is the present text of a post that shows.
    """
    require(can_erase_content(Viewer.of(by)))
    rows = Post.objects.select_for_update(of=("self",), no_key=True).select_related("thread__city")
    post = rows.get(pk=revision.post_id)
    revision = Revision.objects.get(pk=revision.pk)
    if revision.is_erased:
        return revision
    is_present = revision.number == post.revision_number
    if is_present and not (post.is_hidden or post.thread.is_hidden):
        raise ValidationError({"revision": _("This is the present text. Hide the post first.")})
    revision.title = revision.body = revision.reason = revision.salt = ""
    revision.is_erased = True
    revision.save(update_fields=["title", "body", "reason", "salt", "is_erased"])
    displace_images(revision)
    if is_present:
        _empty(post)
    events.record("revision.erased", by=by, post=post, reason=reason.strip(), at=at, version=revision.number)
    for event in Event.objects.filter(post=post, data__anchor=revision.chain_hash):
        if event.reason or without_words(event.data) != event.data:
            erase_event_content(event, by=by, reason=reason, at=at)
    return revision


def _empty(post: Post) -> None:
    """Take the text of the post away, and out of the search."""
    post.title = post.body = post.html = post.source = ""
    post.save(update_fields=["title", "body", "html", "source"])
    if post.is_opener:
        Thread.objects.filter(pk=post.thread_id).update(title=UNTITLED, alias="", excerpt="")
        post.thread.title = UNTITLED
    index_posts([post])
