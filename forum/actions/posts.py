"""Replying and editing."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forum import events
from forum.actions import counters
from forum.actions.drafts import draft_was_sent
from forum.actions.problems import Conflict
from forum.actions.texts import add_revision, check_length, cleaned, rendered, sent_before
from forum.actions.threads import EXCERPT_LENGTH
from forum.actions.watches import watch_by_writing
from forum.models import Post, Revision, Thread
from forum.permissions.posts import can_edit_post
from forum.permissions.roles import Viewer
from forum.permissions.threads import can_reply_to_thread
from forum.permissions.verdicts import require
from forum.text.excerpts import excerpt

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def add_reply(
    thread: Thread,
    *,
    by: "User",
    body: str,
    title: str = "",
    to: int | None = None,
    source: str = "",
    submission: UUID | None = None,
    at: datetime | None = None,
) -> Post:
    """Add a post to the thread and return it; the same `submission` with the same words returns the same post.

    `to` is the number of the post whose author is addressed. Raises Forbidden, and ValidationError
    for body or `to`. The row of the thread is locked, so numbers follow one another. Who replies watches the thread.
    """
    thread = (
        Thread.objects.select_for_update(of=("self",), no_key=True).select_related("city", "board").get(pk=thread.pk)
    )
    thread.board.city = thread.city
    body, now = cleaned(body), at or timezone.now()
    earlier, submission = sent_before(by=by, submission=submission, body=body)
    if earlier:
        return earlier
    require(can_reply_to_thread(Viewer.of(by), thread))
    check_length(body, thread.board)
    addressed = thread.posts.filter(number=to).first() if to else None
    if to and addressed is None:
        raise ValidationError({"to": _("There is no post %(number)s in this thread.") % {"number": to}})
    post = Post(
        thread=thread,
        number=thread.last_number + 1,
        author=by,
        addressed=addressed,
        addressed_number=to,
        title=title.strip(),
        source=source.strip(),
        submission=submission,
        created_at=now,
        **rendered(body),
    )
    post.save(force_insert=True)
    revision = add_revision(post, by=by, at=now)
    counters.reply_came(thread, by=by, at=now)
    watch_by_writing(thread, by=by, at=now)
    if submission:  # what came from no form was never a draft
        draft_was_sent(thread, by=by, body=body, submission=submission)
    events.record("post.created", by=by, post=post, at=now, anchor=revision.chain_hash)
    return post


@transaction.atomic
def edit_post(
    post: Post,
    *,
    by: "User",
    base: int,
    body: str,
    title: str = "",
    source: str = "",
    reason: str = "",
    at: datetime | None = None,
) -> Post:
    """Give the post a new text and return it; every edit is a revision.

    `base` is the number of the revision that the form showed. For an opening post `title` is the
    thread's. Nothing changed makes no revision. Raises Forbidden, ValidationError, and Conflict when
    the post was edited since.
    """
    post = (
        Post.objects.select_for_update(of=("self",), no_key=True)
        .select_related("thread__city", "thread__board")
        .get(pk=post.pk)
    )
    require(can_edit_post(Viewer.of(by), post))
    title, body, source, now = title.strip(), cleaned(body), source.strip(), at or timezone.now()
    check_length(body, post.thread.board)
    if post.is_opener and not title:
        raise ValidationError({"title": _("Give the thread a title.")})
    if (title, body, source) == (post.title, post.body, post.source):
        draft_was_sent(post, by=by, body=body)
        return post
    if base != post.revision_number:
        raise Conflict(post)
    last = Revision.objects.get(post=post, number=post.revision_number)
    post.revision_number += 1
    post.edited_at, post.source = now, source
    post.title = title
    for field, value in rendered(body).items():
        setattr(post, field, value)
    post.save(force_update=True)
    revision = add_revision(post, by=by, at=now, reason=reason.strip(), previous=last.chain_hash)
    if post.is_opener:
        thread = post.thread
        thread.title, thread.excerpt, thread.language = title, excerpt(body, EXCERPT_LENGTH), post.language
        thread.save(update_fields=["title", "excerpt", "language"])
    draft_was_sent(post, by=by, body=body)
    events.record("post.edited", by=by, post=post, reason=reason.strip(), at=now, anchor=revision.chain_hash)
    return post
