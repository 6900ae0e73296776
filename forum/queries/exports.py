"""All that belongs to one person, row after row, for them to take along; nothing here holds a whole list."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Exists, Model, OuterRef, Q

from accounts.models import User
from forum.models import (
    Application,
    Digest,
    DigestEntry,
    Draft,
    Event,
    Membership,
    Message,
    Participant,
    Post,
    RecentSearch,
    Recommendation,
    Report,
    Revision,
    SavedSearch,
    Watch,
)
from forum.permissions.appeals import decisions_about
from forum.permissions.posts import can_see_post
from forum.permissions.roles import Viewer
from forum.permissions.threads import can_see_thread

CHUNK = 200  # rows held at a time


@dataclass(frozen=True, slots=True)
class OwnPost:
    """A post of the person. `is_place_seen`: they may read the thread as well, not only their own words."""

    post: Post
    is_place_seen: bool


@dataclass(frozen=True, slots=True)
class KeptText:
    """An entry of a digest of the person, and whether they may read the text at present."""

    entry: DigestEntry
    is_readable: bool


@dataclass(frozen=True, slots=True)
class GivenRecommendation:
    """A recommendation of the person, and whether they may read the post at present."""

    recommendation: Recommendation
    is_readable: bool


def own_posts(person: User) -> Iterator[OwnPost]:
    """Yield every post of the person, also hidden ones, the oldest first; one query."""
    viewer = Viewer.of(person)
    rows = Post.objects.filter(author=person).select_related("thread__board", "thread__city", "addressed__author")
    for post in rows.order_by("created_at", "pk").iterator(CHUNK):
        yield OwnPost(post, can_see_thread(viewer, post.thread))


def own_revisions(person: User) -> Iterator[Revision]:
    """Yield every version of every post of the person, with the post; one query."""
    rows = Revision.objects.filter(post__author=person).select_related("post", "author")
    yield from rows.order_by("post__created_at", "post_id", "number").iterator(CHUNK)


def own_digests(person: User) -> Iterator[Digest]:
    """Yield the digests of the person with their chapters, in the order of `kept_texts`; two queries."""
    yield from Digest.objects.filter(owner=person).order_by("pk").prefetch_related("chapters").iterator(CHUNK)


def kept_texts(person: User) -> Iterator[KeptText]:
    """Yield the entries of all digests of the person, digest by digest, in their places; one query."""
    viewer = Viewer.of(person)
    rows = DigestEntry.objects.filter(digest__owner=person).select_related(
        "revision", "post__author", "post__thread__city", "post__thread__board"
    )
    for entry in rows.order_by("digest_id", "position", "pk").iterator(CHUNK):
        yield KeptText(entry, can_see_post(viewer, entry.post))


def given_recommendations(person: User) -> Iterator[GivenRecommendation]:
    """Yield the recommendations the person gave, the oldest first; one query."""
    viewer = Viewer.of(person)
    rows = Recommendation.objects.filter(user=person).select_related("revision", "post__author", "post__thread__city")
    for recommendation in rows.order_by("created_at", "pk").iterator(CHUNK):
        yield GivenRecommendation(recommendation, can_see_post(viewer, recommendation.post))


def own_memberships(person: User) -> Iterator[Membership]:
    """Yield the memberships of the person with their cities; one query."""
    yield from Membership.objects.filter(user=person).select_related("city").order_by("joined_at", "pk").iterator(CHUNK)


def own_applications(person: User) -> Iterator[Application]:
    """Yield the applications of the person with their cities; one query."""
    rows = Application.objects.filter(user=person).select_related("city")
    yield from rows.order_by("created_at", "pk").iterator(CHUNK)


def own_drafts(person: User) -> Iterator[Draft]:
    """Yield the drafts of the person with their places, the oldest first; one query."""
    rows = Draft.objects.filter(user=person).select_related("thread__city", "board__city", "post__thread__city")
    yield from rows.order_by("created_at", "pk").iterator(CHUNK)


def own_watches(person: User) -> Iterator[Watch]:
    """Yield what the person watches, with the cities and people; one query."""
    rows = Watch.objects.filter(user=person).select_related("city", "board__city", "thread", "person")
    yield from rows.order_by("created_at", "pk").iterator(CHUNK)


def own_decisions(person: User) -> Iterator[Event]:
    """Yield what was decided about the person, with their appeals, the oldest first; three queries."""
    rows = decisions_about(Viewer.of(person)).select_related("city", "actor", "appeal__decided_by")
    yield from rows.order_by("created_at", "pk").iterator(CHUNK)


def own_reports(person: User) -> Iterator[Report]:
    """Yield what the person reported, with the cases, the oldest first; one query."""
    rows = Report.objects.filter(reporter=person).select_related("case__city", "case__post", "case__person")
    yield from rows.order_by("created_at", "pk").iterator(CHUNK)


def own_searches(person: User) -> Iterator[SavedSearch | RecentSearch]:
    """Yield what the person saved of searches, then what they looked for lately; two queries."""
    yield from SavedSearch.objects.filter(user=person).order_by("created_at", "pk").iterator(CHUNK)
    yield from RecentSearch.objects.filter(user=person).order_by("searched_at", "pk").iterator(CHUNK)


def own_rows[M: Model](model: type[M], owner: str, person: User, *related: str) -> Iterator[M]:
    """Yield every row of a table that leads to the person by the field `owner`, the oldest first; one query."""
    rows = model._default_manager.filter(**{owner: person})
    rows = rows.select_related(*related) if related else rows
    yield from rows.order_by("pk").iterator(CHUNK)


def conversations_written_in(person: User) -> list[tuple[int, str]]:
    """Return number and subject of the conversations of which the archive holds messages; one query."""
    written = Message.objects.filter(conversation=OuterRef("conversation"), author=person)
    rows = Participant.objects.filter(Q(left_at=None) | Exists(written), user=person, conversation__last_number__gt=0)
    return list(rows.order_by("conversation_id").values_list("conversation_id", "conversation__subject"))
