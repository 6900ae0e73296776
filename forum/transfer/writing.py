"""The one place where an archive is written: whole threads, posts, first revisions and acts."""

from collections import Counter

from django.db import transaction
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Greatest

from accounts.models import User
from forum import events
from forum.events.chain import fold_hash, seal_revision
from forum.models import Board, City, Post, Revision, Thread
from forum.search.index import index_posts
from forum.text.html_to_markdown import from_html
from forum.text.plain import to_text
from forum.transfer.drafting import Draft
from forum.transfer.people import People
from forum.transfer.topics import Entry

REASON_LENGTH = 500
BATCH = 400  # rows in one INSERT

ACTS = {
    "closed.enabled": "thread.locked",
    "autoclosed.enabled": "thread.locked",
    "closed.disabled": "thread.unlocked",
    "autoclosed.disabled": "thread.unlocked",
    "pinned.enabled": "thread.pinned",
    "pinned_globally.enabled": "thread.pinned",
    "pinned.disabled": "thread.unpinned",
    "pinned_globally.disabled": "thread.unpinned",
    "archived.enabled": "thread.archived",
    "visible.enabled": "thread.listed",
    "visible.disabled": "thread.unlisted",
    "split_topic": "thread.split",
}


@transaction.atomic
def write(drafts: list[Draft], people: People, *, by: User) -> dict[str, int]:
    """Write the drafts, all or none, with every number that depends on them; return counts for the report.

    The first revisions of all posts are anchored in the city's chain by one event, in the name of `by`.
    """
    new = [draft for draft in drafts if draft.is_new]
    Thread.objects.bulk_create([draft.thread for draft in new], batch_size=BATCH)
    for draft in drafts:
        for post in draft.posts:
            post.thread = draft.thread
    posts = Post.objects.bulk_create([post for draft in drafts for post in draft.posts], batch_size=BATCH)
    revisions = Revision.objects.bulk_create([_first_revision(post) for post in posts], batch_size=BATCH)
    index_posts(posts)
    _address([draft.thread for draft in drafts])
    for draft in drafts:
        if draft not in new:
            _lengthen(draft)
    _count(drafts, new)
    with events.told_together():
        _anchor(drafts[0].thread.city, revisions, by=by)
        _tell(drafts, people)
    return {
        "threads": len(new),
        "posts": len(posts),
        "addressed": sum(post.addressed_number is not None for post in posts),
        "recommendations": sum(post.earlier_recommendations for post in posts),
        "edited": sum(post.earlier_edits > 0 for post in posts),
        "hidden": sum(post.is_hidden for post in posts),
        "acts": sum(len(draft.acts) for draft in drafts),
        "gaps": sum(draft.topic.has_gaps for draft in new),
    }


def _first_revision(post: Post) -> Revision:
    return seal_revision(
        Revision(
            post=post,
            number=1,
            author_id=post.author_id,
            title=post.title,
            body=post.body,
            created_at=post.edited_at or post.created_at,
        )
    )


def _anchor(city: City, revisions: list[Revision], *, by: User) -> None:
    """Record in one event which revisions came, by the ids of the first and the last and a hash over all of them."""
    if revisions:
        revisions = sorted(revisions, key=lambda revision: revision.pk)
        events.record(
            "city.batch_imported",
            by=by,
            city=city,
            posts=len(revisions),
            first=revisions[0].pk,
            last=revisions[-1].pk,
            anchor=fold_hash(revision.chain_hash for revision in revisions),
        )


def _address(threads: list[Thread]) -> None:
    """Let each post that addresses another point to it, where that one is here."""
    addressed = Post.objects.filter(thread=OuterRef("thread"), number=OuterRef("addressed_number")).values("pk")[:1]
    Post.objects.filter(thread__in=threads, addressed=None, addressed_number__isnull=False).update(
        addressed=Subquery(addressed)
    )


def _lengthen(draft: Draft) -> None:
    """Bring the numbers of a thread that was here before up to date with the posts that came."""
    shown = sum(not post.is_hidden and not post.is_opener for post in draft.posts)
    rows = Thread.objects.filter(pk=draft.thread.pk)
    rows.update(
        last_number=Greatest(F("last_number"), max(draft.topic.entries)),
        posts_count=F("posts_count") + len(draft.posts),
        replies_count=F("replies_count") + shown,
    )
    if draft.posts:
        newest = max(draft.posts, key=lambda post: post.created_at)
        rows.filter(last_post_at__lt=newest.created_at).update(
            last_post_at=newest.created_at, last_author_id=newest.author_id
        )


def _count(drafts: list[Draft], new: list[Draft]) -> None:
    """Count what came in on its boards and in their city; what is hidden does not count."""
    threads: Counter[int] = Counter()
    posts: Counter[int] = Counter()
    for draft in drafts:
        if not draft.thread.is_hidden:
            threads[draft.thread.board_id] += draft in new
            posts[draft.thread.board_id] += sum(not post.is_hidden for post in draft.posts)
    for board_id in threads:
        Board.objects.filter(pk=board_id).update(
            threads_count=F("threads_count") + threads[board_id], posts_count=F("posts_count") + posts[board_id]
        )
    City.objects.filter(pk=drafts[0].thread.city_id).update(
        threads_count=F("threads_count") + threads.total(), posts_count=F("posts_count") + posts.total()
    )


def _tell(drafts: list[Draft], people: People) -> None:
    """Record what moderators did over there, at its own time; nobody did it here."""
    actors = User.objects.in_bulk({people.id_of(act.author) for draft in drafts for act in draft.acts})
    for draft in drafts:
        for act in draft.acts:
            _tell_act(draft.thread, act, actors[people.id_of(act.author)])
        for post in draft.posts:
            if post.is_hidden:
                events.record("post.came_hidden", by=None, post=post, at=post.edited_at or post.created_at)
        if draft.is_new and draft.thread.is_hidden:
            events.record("thread.came_hidden", by=None, thread=draft.thread, at=draft.thread.created_at)


def _tell_act(thread: Thread, act: Entry, actor: User) -> None:
    events.record(
        ACTS.get(act.code, "thread.acted"),
        by=actor,
        thread=thread,
        reason=to_text(from_html(act.cooked))[:REASON_LENGTH],
        at=act.at,
        number=act.number,
        code=act.code,
        source_id=act.source_id,
    )
