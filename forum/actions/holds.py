"""Posts that wait for approval: holding them, approving and refusing them. Deciding twice changes nothing."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forum import events
from forum.actions import counters
from forum.actions.carried_marks import post_came_late
from forum.actions.findings import Finding
from forum.models import Event, Hold, Post, Thread
from forum.permissions.parties import weigh_party
from forum.permissions.records import rules_of
from forum.permissions.roles import Viewer
from forum.permissions.rules import can_decide_hold
from forum.permissions.verdicts import require
from forum.search.index import index_posts

if TYPE_CHECKING:
    from accounts.models import User


def hold_post(post: Post, finding: Finding, *, at: datetime) -> Hold:
    """Let a post that was just stored held wait, until when the officers promised to decide, and return the hold."""
    city = post.thread.city
    return Hold.objects.create(
        city=city,
        post=post,
        why=finding.why,
        found=finding.found,
        created_at=at,
        due_at=at + timedelta(hours=rules_of(city).decision_hours),
    )


def _locked(hold: Hold) -> Hold:
    """Return the hold as it stands now, with its post and thread; the thread locked first, as in every act."""
    thread_id = Post.objects.values_list("thread", flat=True).get(hold=hold.pk)
    thread = (
        Thread.objects.select_for_update(of=("self",), no_key=True).select_related("board", "city").get(pk=thread_id)
    )
    hold = Hold.objects.select_for_update(of=("self",)).select_related("post__author").get(pk=hold.pk)
    hold.city = thread.board.city = thread.city
    hold.post.thread = thread
    return hold


def _show(post: Post, *, at: datetime) -> None:
    """Show the post as if it were written now: in its place in the thread, and as news."""
    thread = post.thread
    post.is_held, post.is_hidden, post.created_at = False, False, at
    post.save(update_fields=["is_held", "is_hidden", "created_at"])
    index_posts([post])  # the index keeps its time
    if not post.is_opener:
        counters.held_reply_shown(thread, by=post.author, at=at)
        post_came_late(post)
        events.record("post.created", by=post.author, post=post, at=at)
        return
    thread.is_held, thread.is_hidden, thread.posts_count = False, False, 1
    thread.created_at = thread.last_post_at = at
    thread.save(update_fields=["is_held", "is_hidden", "posts_count", "created_at", "last_post_at"])
    counters.thread_came(thread.board, at=at)
    events.record("thread.created", by=post.author, thread=thread, post=post, at=at, title=thread.title)


def _decide(hold: Hold, state: Hold.State, *, by: "User", answer: str, at: datetime) -> None:
    hold.state, hold.decided_by, hold.decided_at, hold.answer = state, by, at, answer
    hold.save(update_fields=["state", "decided_by", "decided_at", "answer"])


@transaction.atomic
def approve_post(hold: Hold, *, by: "User", answer: str = "", at: datetime | None = None) -> Hold:
    """Show the held post as if it were written now, and return the hold.

    One that is decided already comes back as it is: `decided_by` says whose decision stands. Raises Forbidden.
    """
    hold = _locked(hold)
    require(can_decide_hold(Viewer.of(by), hold))
    if hold.state != Hold.State.WAITING:
        return hold
    now, post = at or timezone.now(), hold.post
    party = weigh_party(by, post.thread, post)
    _show(post, at=now)
    _decide(hold, Hold.State.APPROVED, by=by, answer=answer.strip(), at=now)
    events.record("post.approved", by=by, post=post, person=post.author, is_party=party, at=now)
    return hold


@transaction.atomic
def refuse_post(hold: Hold, *, by: "User", answer: str, at: datetime | None = None) -> Hold:
    """Leave the held post to its author and the officers alone, with the reason, and return the hold.

    One that is decided already comes back as it is. Raises Forbidden, and ValidationError for a missing `answer`.
    """
    hold = _locked(hold)
    require(can_decide_hold(Viewer.of(by), hold))
    if hold.state != Hold.State.WAITING:
        return hold
    if not answer.strip():
        raise ValidationError({"answer": _("Say why. Only the author and the officers of this city read it.")})
    now, post = at or timezone.now(), hold.post
    party = weigh_party(by, post.thread, post)
    _decide(hold, Hold.State.REFUSED, by=by, answer=answer.strip(), at=now)
    events.record(
        "post.refused", by=by, post=post, person=post.author, is_private=True, is_party=party, at=now, hold=hold.pk
    )
    return hold


@transaction.atomic
def show_refused_post(
    hold: Hold, *, by: "User", reason: str = "", undoes: Event | None = None, at: datetime | None = None
) -> Hold:
    """Take a refusal back, on appeal or by the officer: show the post as if it were written now. Raises Forbidden."""
    hold = _locked(hold)
    require(can_decide_hold(Viewer.of(by), hold))
    if hold.state != Hold.State.REFUSED:
        return hold
    now, post = at or timezone.now(), hold.post
    party = weigh_party(by, post.thread, post)
    _show(post, at=now)
    _decide(hold, Hold.State.APPROVED, by=by, answer=hold.answer, at=now)
    events.record(
        "post.approved",
        by=by,
        post=post,
        person=post.author,
        reason=reason.strip(),
        undoes=undoes,
        is_party=party,
        at=now,
    )
    return hold
