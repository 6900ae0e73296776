"""Starting a thread, and counting how often it is read."""

from collections.abc import Mapping
from datetime import datetime
from itertools import batched
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Case, F, IntegerField, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from forum import events
from forum.actions import counters
from forum.actions.drafts import OpenForm, draft_was_sent
from forum.actions.holds import hold_post
from forum.actions.polls import add_poll
from forum.actions.texts import add_revision, cleaned, sent_before
from forum.actions.watches import watch_by_writing
from forum.actions.writing import compose
from forum.caching.visits import visits
from forum.models import Board, Post, Thread
from forum.permissions.roles import Viewer
from forum.permissions.threads import can_create_thread
from forum.permissions.verdicts import require
from forum.search.index import index_posts
from forum.text.excerpts import excerpt

if TYPE_CHECKING:
    from accounts.models import User

EXCERPT_LENGTH = 90  # Han characters, or as much Latin text as takes the same room
BATCH = 400  # threads whose views one statement counts


@transaction.atomic
def create_thread(
    board: Board,
    *,
    by: "User",
    title: str,
    body: str,
    alias: str = "",
    language: str = "",
    source: str = "",
    is_repost: bool = False,
    office: str = "",
    poll: Mapping[str, Any] | None = None,
    submission: UUID | None = None,
    typed_in: OpenForm | None = None,
    at: datetime | None = None,
) -> Thread:
    """Start a thread on the board and return it; the same `submission` with the same words returns the same thread.

    `alias` is the title in another language, `language` that of the text, guessed when empty. `office` is that of Post
    in which an officer speaks. `poll` is what `add_poll` takes. Where the city's
    rules say so the thread is held for approval. Who starts a thread watches it. Raises Forbidden, and ValidationError
    for title, body or source, and those of a poll.
    """
    board = Board.objects.select_for_update(of=("self",), no_key=True).select_related("city__rules").get(pk=board.pk)
    title, body, alias, now = title.strip(), cleaned(body), alias.strip(), at or timezone.now()
    earlier, submission = sent_before(by=by, submission=submission, body=body)
    if earlier:
        return earlier.thread
    viewer = Viewer.of(by)
    require(can_create_thread(viewer, board))
    if not title:
        raise ValidationError({"title": _("Give the thread a title.")})
    # The title is repeated in the post, so that revisions carry it.
    beside = "\n".join((alias, poll["question"], *poll["options"]) if poll else (alias,))
    words: dict[str, Any] = {"title": title, "body": body, "source": source, "beside": beside, "language": language}
    composed = compose(viewer, board, starts=True, is_repost=is_repost, office=office, at=now, **words)
    waits = composed.finding is not None
    thread = Thread.objects.create(
        city=board.city,
        board=board,
        author=by,
        title=title,
        alias=alias,
        excerpt=excerpt(body, EXCERPT_LENGTH),
        last_number=1,
        posts_count=0 if waits else 1,
        is_held=waits,
        is_hidden=waits,
        created_at=now,
        last_post_at=now,
        last_author=by,
    )
    post = Post(thread=thread, number=1, author=by, submission=submission, **composed.fields)
    post.save(force_insert=True)
    Thread.objects.filter(pk=thread.pk).update(language=post.language)
    thread.language = post.language
    revision = add_revision(post, by=by, at=now)
    index_posts([post])
    hold = hold_post(post, composed.finding, at=now) if composed.finding else None
    if not hold:
        counters.thread_came(board, at=now)
    watch_by_writing(thread, by=by, at=now, starts=True)
    if submission:  # what came from no form was never a draft
        draft_was_sent(board, by=by, body=body, submission=submission, typed_in=typed_in)
    anchor = revision.chain_hash
    if hold:
        events.record("post.held", by=by, post=post, at=now, anchor=anchor, hold=hold.pk)
    else:
        titles: dict[str, Any] = {"title": title, "alias": alias} if alias else {"title": title}
        events.record("thread.created", by=by, thread=thread, post=post, at=now, anchor=anchor, **titles)
    if poll:
        add_poll(thread, by=by, at=now, **poll)
    return thread


def count_view(thread_id: int, *, reader: str) -> None:
    """Count one reading of the thread, once per reader (a user id, or an address) and half day.

    It is noted here and written a little later, with others: a visit waits for no write. Where nothing writes them,
    because another web server serves the site, the first visit of a new minute does.
    """
    visits.note(thread_id, reader)
    if visits.are_overdue:
        write_views()


def write_views() -> int:
    """Add the readings noted in this process to the counts of their threads; return how many were added."""
    counts, added = visits.take(), 0
    try:
        for chosen in batched(sorted(counts), BATCH):
            added += add_views({pk: counts.pop(pk) for pk in chosen})
    finally:
        visits.give_back(counts)
    return added


@transaction.atomic
def add_views(counts: dict[int, int]) -> int:
    """Add readings to the counts of their threads (thread id → readings); return how many were added.

    A thread that somebody is writing in is left for the next time: nobody waits for a count.
    """
    known = Thread.objects.filter(pk__in=counts)
    free = set(known.select_for_update(skip_locked=True).order_by("pk").values_list("pk", flat=True))
    more = Case(*(When(pk=pk, then=Value(counts[pk])) for pk in free), default=0, output_field=IntegerField())
    if free:
        Thread.objects.filter(pk__in=free).update(views_count=F("views_count") + more)
    if len(free) < len(counts):
        visits.give_back({pk: counts[pk] for pk in known.values_list("pk", flat=True) if pk not in free})
    return sum(counts[pk] for pk in free)
