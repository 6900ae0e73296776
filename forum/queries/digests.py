"""Digests: whose they are, what is in them, and what has become of it since."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404

from accounts.models import User
from forum.models import Digest, DigestEntry, Post
from forum.permissions.cities import can_see_city
from forum.permissions.digests import visible_digests
from forum.permissions.people import visible_people
from forum.permissions.posts import can_see_post
from forum.permissions.roles import Viewer
from forum.text.markdown import render


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """An entry as the viewer may see it: the kept text, and how it stands to the original.

    `html` and `title` are empty when `is_readable` is not; then `is_closed` says that the city is only for
    its citizens, else a moderator hid the post. `is_changed`: the original was edited after it was kept.
    """

    entry: DigestEntry
    is_readable: bool
    is_closed: bool = False
    is_hidden: bool = False
    is_changed: bool = False
    title: str = ""
    html: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A digest one may put a post into; `entry` when the post is there already."""

    digest: Digest
    entry: DigestEntry | None = None


def digests_of(viewer: Viewer, owner: User, *, limit: int = 200) -> list[Digest]:
    """Return the digests of a person that the viewer may see, the last changed first."""
    rows = Digest.objects.filter(owner=owner).order_by("-changed_at", "-pk")
    return list(visible_digests(viewer, rows)[:limit])


def get_digest(viewer: Viewer, owner: str, slug: str) -> Digest:
    """Return a digest with its owner; raise Http404 when the viewer may not know of it."""
    shown = Exists(visible_people().filter(pk=OuterRef("owner")))
    rows = visible_digests(viewer, Digest.objects.select_related("owner"))
    digest = rows.filter(shown, owner__username=owner, slug=slug).first()
    if digest is None:
        raise Http404("No such digest")
    return digest


def get_own_digest(viewer: Viewer, slug: str) -> Digest:
    """Return a digest of the viewer; raise Http404 when they have none of that address."""
    digest = Digest.objects.select_related("owner").filter(owner=viewer.user, slug=slug).first()
    if digest is None:
        raise Http404("No such digest")
    return digest


def get_entry(viewer: Viewer, slug: str, pk: int) -> DigestEntry:
    """Return an entry of the viewer's own digest; raise Http404 when it is not there."""
    rows = _entries().select_related("digest__owner", "chapter").filter(digest__owner=viewer.user, digest__slug=slug)
    entry = rows.filter(pk=pk).first()
    if entry is None:
        raise Http404("No such entry")
    return entry


def choices_for(viewer: Viewer, post: Post) -> list[Choice]:
    """Return the viewer's digests, the last changed first, each with the entry of this post if it has one."""
    assert viewer.user is not None
    held = DigestEntry.objects.filter(post=post, digest__owner=viewer.user).select_related("revision")
    entries = {entry.digest_id: entry for entry in held}
    return [Choice(digest, entries.get(digest.pk)) for digest in digests_of(viewer, viewer.user)]


def shown_entry(viewer: Viewer, entry: DigestEntry, *, with_text: bool = True) -> ShownEntry:
    """Return the entry as the viewer may see it; without its text where only the rest is asked for, to save the work.

    A former version is rendered each time it is shown: it is stored as it was typed.
    """
    post = entry.post
    if not can_see_post(viewer, post):
        return ShownEntry(entry, is_readable=False, is_closed=not can_see_city(viewer, post.thread.city))
    is_present = entry.revision.number == post.revision_number
    html = post.html if is_present or not with_text else render(entry.revision.body, prefix=f"e{entry.pk}-")
    return ShownEntry(
        entry,
        is_readable=True,
        is_hidden=post.is_hidden or post.thread.is_hidden,
        is_changed=not is_present,
        title=entry.revision.title or post.thread.title,
        html=html if with_text else "",
    )


def entries_of(digest: Digest) -> QuerySet[DigestEntry]:
    """Return the entries of the digest in the order of reading, with all that is asked of them on a page."""
    return _entries().filter(digest=digest)


def _entries() -> QuerySet[DigestEntry]:
    rows = DigestEntry.objects.select_related("revision", "post__author", "post__thread__city", "post__thread__board")
    return rows.order_by("position", "pk")
