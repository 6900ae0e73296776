"""Recommending a post by name, and withdrawing it."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists
from django.utils import timezone

from forum import events
from forum.actions import counters
from forum.models import Post, Recommendation, Revision, Thread
from forum.permissions.recommendations import can_recommend_post, can_withdraw_recommendation
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import require

if TYPE_CHECKING:
    from accounts.models import User


def _locked(post: Post) -> Post:
    if post.is_opener:  # its thread counts along: that row first, as in every act
        Thread.objects.select_for_update(no_key=True).values_list("pk").get(pk=post.thread_id)
    # The weaker lock: a reply that points to this post must not wait for us while we wait for its thread.
    return (
        Post.objects.select_for_update(of=("self",), no_key=True)
        .select_related("thread__city")
        .defer("body", "html")
        .get(pk=post.pk)
    )


@transaction.atomic
def recommend_post(post: Post, *, by: "User", at: datetime | None = None) -> Post:
    """Recommend the post in its present version and return it; a second time changes nothing. Raises Forbidden."""
    post = _locked(post)
    # The lock on the post makes the answer good until the end of the transaction.
    given = Exists(Recommendation.objects.filter(post=post, user=by))
    revision = Revision.objects.only("pk").annotate(is_recommended=given).get(post=post, number=post.revision_number)
    if revision.is_recommended:
        return post
    require(can_recommend_post(Viewer.of(by), post))
    now = at or timezone.now()
    Recommendation.objects.create(post=post, user=by, revision=revision, created_at=now)
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
