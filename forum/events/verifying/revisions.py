"""The walk along the versions of all posts of a city."""

from collections.abc import Iterator, Sequence
from itertools import batched

from django.db.models import Exists, OuterRef

from forum.events.chain import ANCHOR, revision_content_hash, revision_hash
from forum.events.verifying.events import CHUNK, OF_REVISIONS
from forum.events.verifying.faults import ADDED, REMOVED, Broken
from forum.models import City, Event, Post, Revision

LOT = 200  # posts whose versions are asked for at once


def walk_revisions(city: City) -> int:
    """Follow the versions of each post and return their number. Raises Broken at the first that is not right."""
    bare = Post.objects.filter(~Exists(Revision.objects.filter(post=OuterRef("pk"))), thread__city=city)
    if post := bare.order_by("pk").first():
        raise Broken("revision", f"1 of post {post.pk}", None, REMOVED)
    walk, count = _Walk(erased_revisions(city)), 0
    # By posts in small lots: to put the texts of a whole city in order would take as much memory as they do.
    ids = Post.objects.filter(thread__city=city).order_by("pk").values_list("pk", flat=True)
    for posts in batched(ids.iterator(LOT), LOT):
        for chunk in batched(_revisions(posts), CHUNK):
            for revision in chunk:
                walk.step(revision)
            _check_anchored(chunk)
            count += len(chunk)
    walk.leave_post()
    return count


def _revisions(posts: Sequence[int]) -> Iterator[Revision]:
    rows = Revision.objects.filter(post__in=posts).select_related("post")
    unread = ("post__html", "post__source", "post__submission", "is_hidden")
    return rows.defer(*unread).order_by("post_id", "number").iterator(CHUNK)


def erased_revisions(city: City) -> set[tuple[int, int]]:
    """Return post id and number of the versions that were erased by the program."""
    acts = Event.objects.filter(city=city, kind="revision.erased").values_list("post_id", "data")
    erased = {(post_id, data.get("version", 0)) for post_id, data in acts.iterator(CHUNK)}
    whole = Event.objects.filter(city=city, kind="post.taken_back").values_list("post_id", "data")
    for post_id, data in whole.iterator(CHUNK):
        erased |= {(post_id, number) for number in range(1, data.get("versions", 0) + 1)}
    return erased


class _Walk:
    """Where the walk stands: the revision before, if any."""

    def __init__(self, erased: set[tuple[int, int]]) -> None:
        self.erased, self.last = erased, None

    last: Revision | None

    def step(self, revision: Revision) -> None:
        """Check one revision after the one before it."""
        if self.last and self.last.post_id != revision.post_id:
            self.leave_post()
        last = self.last
        number = last.number + 1 if last else 1
        if revision.number != number:
            raise Broken("revision", f"{number} of post {revision.post_id}", None, REMOVED)
        self._check_content(revision)
        if revision_hash(last.chain_hash if last else "", revision) != revision.chain_hash:
            raise self._broken(revision, "who, when or its number was altered, or the version before it")
        self.last = revision

    def leave_post(self) -> None:
        """Check that the post shows its last version."""
        last, self.last = self.last, None
        if last is None:
            return
        post = last.post
        if post.revision_number > last.number:
            raise Broken("revision", f"{last.number + 1} of post {post.pk}", None, REMOVED)
        if post.revision_number < last.number:
            raise self._broken(last, "the post says that it has fewer versions")
        if (post.title, post.body) != (last.title, last.body):
            raise Broken("post", str(post.pk), post.pk, "its text is not that of its last version")

    def _check_content(self, revision: Revision) -> None:
        if revision.salt:
            if revision_content_hash(revision) != revision.content_hash:
                raise self._broken(revision, "its title, text or reason was altered")
        elif (revision.post_id, revision.number) not in self.erased:
            raise self._broken(revision, "its content is gone, and no act says who erased it")
        elif revision.title or revision.body or revision.reason:
            raise self._broken(revision, "it was given content again after that was erased")

    def _broken(self, revision: Revision, words: str) -> Broken:
        return Broken("revision", f"{revision.number} of post {revision.post_id}", revision.pk, words)


def _check_anchored(chunk: Sequence[Revision]) -> None:
    """See to it that an event of the city holds each revision; those of an archive are held together."""
    here = [revision for revision in chunk if revision.number > 1 or revision.post.source_id is None]
    acts = Event.objects.filter(post__in={revision.post_id for revision in here}, kind__in=OF_REVISIONS)
    anchors = {data.get(ANCHOR) for data in acts.values_list("data", flat=True)}
    for revision in here:
        if revision.chain_hash not in anchors:
            raise Broken("revision", f"{revision.number} of post {revision.post_id}", revision.pk, ADDED)
