"""Recommending a post by name, and withdrawing it."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Exists, QuerySet
from django.utils import timezone

from accounts.prepared import Prepared
from accounts.statements import insert
from forum import events
from forum.actions import counters
from forum.models import Post, Recommendation, Revision, Thread
from forum.permissions.recommendations import can_recommend_post, can_withdraw_recommendation
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import require

if TYPE_CHECKING:
    from accounts.models import User


def _thread_rows(pk: int) -> QuerySet[Thread, int]:
    return Thread.objects.select_for_update(no_key=True).filter(pk=pk).values_list("pk", flat=True)


def _post_rows(pk: int) -> QuerySet[Post]:
    # The weaker lock: a reply that points to this post must not wait for us while we wait for its thread.
    rows = Post.objects.select_for_update(of=("self",), no_key=True).select_related("thread__city")
    return rows.defer("body", "html").filter(pk=pk)


def _revision_rows(post: int, number: int, user: int) -> QuerySet[Revision]:
    given = Exists(Recommendation.objects.filter(post=post, user=user))
    return Revision.objects.only("pk").annotate(is_recommended=given).filter(post=post, number=number)


_locked_thread = Prepared(_thread_rows)
_locked_post = Prepared(_post_rows)
_revision: Prepared[Any] = Prepared(_revision_rows)


def _locked(post: Post) -> Post:
    if post.is_opener:  # its thread counts along: that row first, as in every act
        _locked_thread(post.thread_id)
    [locked] = _locked_post(post.pk)
    return locked


@transaction.atomic
def recommend_post(post: Post, *, by: "User", at: datetime | None = None) -> Post:
    """Recommend the post in its present version and return it; a second time changes nothing. Raises Forbidden."""
    post = _locked(post)
    # The lock on the post makes the answer good until the end of the transaction.
    [revision] = _revision(post.pk, post.revision_number, by.pk)
    if revision.is_recommended:
        return post
    require(can_recommend_post(Viewer.of(by), post))
    now = at or timezone.now()
    insert(Recommendation(post=post, user=by, revision=revision, created_at=now))
    counters.recommendation_changed(post, change=1)
    post.recommendations_count += 1
    events.record("post.recommended", by=by, post=post, at=now)
    return post


@transaction.atomic
def withdraw_recommendation(post: Post, *, by: "User", at: datetime | None = None) -> Post:
    """Take back one's recommendation of the post and return it; a second time changes nothing. Raises Forbidden."""
    post = _locked(post)
    recommendation = Recommendation.objects.filter(post=post, user=by).first()
    if recommendation is None:
        return post
    require(can_withdraw_recommendation(Viewer.of(by), post))
    recommendation.delete()
    counters.recommendation_changed(post, change=-1)
    post.recommendations_count -= 1
    events.record("post.unrecommended", by=by, post=post, at=at)
    return post
