"""Replying and editing."""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.prepared import Prepared
from accounts.statements import insert, let_go_early
from forum import events
from forum.actions import counters
from forum.actions.drafts import OpenForm, draft_was_sent
from forum.actions.findings import check_edit
from forum.actions.holds import hold_post
from forum.actions.problems import Conflict
from forum.actions.rules import check_repost
from forum.actions.texts import add_revision, check_length, cleaned, rendered, sent_before
from forum.actions.threads import EXCERPT_LENGTH
from forum.actions.watches import watch_by_writing
from forum.actions.writing import compose
from forum.models import Post, Revision, Thread
from forum.permissions.posts import can_edit_post
from forum.permissions.roles import Viewer
from forum.permissions.threads import can_reply_to_thread
from forum.permissions.verdicts import require
from forum.search.index import index_posts
from forum.text.excerpts import excerpt
from forum.text.languages import chosen

if TYPE_CHECKING:
    from accounts.models import User


def _thread_rows(pk: int) -> QuerySet[Thread]:
    rows = Thread.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("city__rules", "board").filter(pk=pk)


def _addressed_rows(thread: int, number: int) -> QuerySet[Post]:
    return Post.objects.filter(thread=thread, number=number, is_held=False)


_locked_thread = Prepared(_thread_rows)
_addressed = Prepared(_addressed_rows)


@transaction.atomic
def add_reply(
    thread: Thread,
    *,
    by: "User",
    body: str,
    title: str = "",
    to: int | None = None,
    language: str = "",
    source: str = "",
    is_repost: bool = False,
    office: str = "",
    submission: UUID | None = None,
    typed_in: OpenForm | None = None,
    at: datetime | None = None,
) -> Post:
    """Add a post to the thread and return it; the same `submission` with the same words returns the same post.

    `to` is the number of the post whose author is addressed, `language` that of the text, guessed when empty, and
    `office` that of Post in which an officer speaks. Where the city's rules say so the post is held for approval. The
    row of the thread is locked, so numbers follow one another. Who replies watches the thread. Raises Forbidden, and
    ValidationError for body, source or `to`.
    """
    let_go_early()
    [thread] = _locked_thread(thread.pk)
    thread.board.city = thread.city
    body, now = cleaned(body), at or timezone.now()
    earlier, submission = sent_before(by=by, submission=submission, body=body)
    if earlier:
        return earlier
    viewer = Viewer.of(by)
    require(can_reply_to_thread(viewer, thread))
    words: dict[str, Any] = {"title": title, "body": body, "source": source, "language": language}
    composed = compose(viewer, thread.board, is_repost=is_repost, office=office, at=now, **words)
    addressed = next(iter(_addressed(thread.pk, to)), None) if to else None
    if to and addressed is None:
        raise ValidationError({"to": _("There is no post %(number)s in this thread.") % {"number": to}})
    post = Post(
        thread=thread,
        number=thread.last_number + 1,
        author=by,
        addressed=addressed,
        addressed_number=to,
        submission=submission,
        **composed.fields,
    )
    insert(post)
    revision = add_revision(post, by=by, at=now)
    index_posts([post])
    waiting: dict[str, Any] = {}
    if composed.finding:
        waiting["hold"] = hold_post(post, composed.finding, at=now).pk
        counters.held_reply_came(thread)
    else:
        counters.reply_came(thread, by=by, at=now)
    watch_by_writing(thread, by=by, at=now)
    if submission:  # what came from no form was never a draft
        draft_was_sent(thread, by=by, body=body, submission=submission, typed_in=typed_in)
    kind = "post.held" if composed.finding else "post.created"
    events.record(kind, by=by, post=post, at=now, anchor=revision.chain_hash, **waiting)
    return post


@transaction.atomic
def edit_post(
    post: Post,
    *,
    by: "User",
    base: int,
    body: str,
    title: str = "",
    alias: str | None = None,
    language: str | None = None,
    source: str = "",
    is_repost: bool | None = None,
    reason: str = "",
    typed_in: OpenForm | None = None,
    at: datetime | None = None,
) -> Post:
    """Give the post a new text and return it; every edit is a revision.

    `base` is the number of the revision that the form showed. For an opening post `title` and `alias` are the
    thread's. Without them alias, language (guessed when empty) and whether it is a repost stay. Nothing changed makes
    no revision. Raises Forbidden, ValidationError, and Conflict when the post was edited since.
    """
    post = _locked(post)
    require(can_edit_post(Viewer.of(by), post))
    title, body, source, now = title.strip(), cleaned(body), source.strip(), at or timezone.now()
    check_length(body, post.thread.board)
    if post.is_opener and not title:
        raise ValidationError({"title": _("Give the thread a title.")})
    is_repost = bool(source) or (post.is_repost if is_repost is None else is_repost)
    alias = post.thread.alias if alias is None or not post.is_opener else alias.strip()
    earlier = chosen(post.language, post.body)
    language = earlier if language is None else language
    given, before = (title, body, source, is_repost), (post.title, post.body, post.source, post.is_repost)
    if (*given, alias, language) == (*before, post.thread.alias, earlier):
        draft_was_sent(post, by=by, body=body, typed_in=typed_in)
        return post
    if base != post.revision_number:
        raise Conflict(post)
    fields = rendered(body, language=language)
    check_repost(post.thread.city, is_repost=is_repost, body=body, source=source)
    check_edit(post, by=by, title=title, body=body, source=source, html=fields["html"], alias=alias, at=now)
    last = Revision.objects.get(post=post, number=post.revision_number)
    post.revision_number += 1
    post.edited_at = now
    for field, value in (fields | {"title": title, "source": source, "is_repost": is_repost}).items():
        setattr(post, field, value)
    post.save(force_update=True)
    revision = add_revision(post, by=by, at=now, reason=reason.strip(), previous=last.chain_hash)
    titles: dict[str, Any] = {}
    if post.is_opener:
        thread = post.thread
        titles = {"alias": alias} if alias != thread.alias else {}
        thread.title, thread.alias, thread.language = title, alias, post.language
        thread.excerpt = excerpt(body, EXCERPT_LENGTH)
        thread.save(update_fields=["title", "alias", "excerpt", "language"])
    index_posts([post])
    draft_was_sent(post, by=by, body=body, typed_in=typed_in)
    anchor = revision.chain_hash
    events.record("post.edited", by=by, post=post, reason=reason.strip(), at=now, anchor=anchor, **titles)
    return post


def _locked(post: Post) -> Post:
    """Return the post as it stands now, its row locked after that of its thread: in the order of every act."""
    threads = Thread.objects.select_for_update(of=("self",), no_key=True).select_related("city__rules", "board")
    thread = threads.get(posts=post.pk)
    post = Post.objects.select_for_update(of=("self",), no_key=True).get(pk=post.pk)
    if post.thread_id != thread.pk:  # it was carried into another one meanwhile
        thread = threads.get(pk=post.thread_id)
    thread.board.city = thread.city
    post.thread = thread
    return post
