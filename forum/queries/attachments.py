"""Pictures that people uploaded: one by its name, one's own, and where they are shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import Count, QuerySet, Sum
from django.http import Http404

from accounts.models import User
from forum.models import Attachment, Case, Digest, MessageReport, Placing, Post
from forum.permissions.attachments import can_read_text_of, can_see_attachment
from forum.permissions.roles import Viewer
from forum.queries.paging import Slice, keyset

IMAGES_PER_PAGE = 24
POSTS_NAMED = 5
LOOKED_AT = 50  # texts: nearly always the newest decides who sees a picture


@dataclass(frozen=True, slots=True)
class ShownFile:
    """A picture to be sent; `is_open`: everybody may see it, so what was sent may be kept."""

    attachment: Attachment
    is_open: bool


@dataclass(frozen=True, slots=True)
class Room:
    """How much room a person's pictures take, and how much they may take, in bytes."""

    used: int
    quota: int

    @property
    def left(self) -> int:
        """How much is left."""
        return max(0, self.quota - self.used)

    @property
    def share(self) -> int:
        """How full it is, in percent."""
        return min(100, round(100 * self.used / self.quota)) if self.quota else 100


@dataclass(frozen=True, slots=True)
class OwnImage:
    """A picture of the viewer's: their newest posts and digests that show it, and what keeps it from going."""

    attachment: Attachment
    posts: list[Post] = field(default_factory=list)
    digests: list[Digest] = field(default_factory=list)
    is_reported: bool = False

    @property
    def may_go(self) -> bool:
        """Whether it may be deleted: no text of its owner's shows it, and nobody has still to judge one that did."""
        return not self.posts and not self.digests and not self.is_reported


def placings_of(attachment: Attachment) -> QuerySet[Placing]:
    """Return where the picture is shown, the newest first, each with its text."""
    rows = Placing.objects.filter(attachment=attachment).order_by("-pk")
    return rows.select_related("revision__post__thread__city", "notice__city", "message__conversation", "digest__owner")


def is_seen_by(viewer: Viewer, attachment: Attachment) -> bool:
    """Return whether the viewer may see the picture; one query at most."""
    return can_see_attachment(viewer, attachment, placings_of(attachment).iterator(LOOKED_AT))


def file_named(viewer: Viewer, name: str) -> ShownFile:
    """Return a picture by its name; raise Http404 when the viewer may not see it.

    Two queries; a third for one that many texts show, none of the newest of which the viewer may read.
    """
    attachment = Attachment.objects.filter(name=name).first()
    if attachment is None:
        raise Http404("No such picture")
    newest = list(placings_of(attachment)[:LOOKED_AT])
    if any(can_read_text_of(Viewer(), one) for one in newest if one.message_id is None):
        return ShownFile(attachment, is_open=True)
    has_more = len(newest) == LOOKED_AT
    if can_see_attachment(viewer, attachment, newest) or (has_more and is_seen_by(viewer, attachment)):
        return ShownFile(attachment, is_open=False)
    raise Http404("No such picture")


def images_of(viewer: Viewer, *, marks: Mapping[str, Any]) -> Slice[Attachment]:
    """Return one page of the viewer's pictures, the newest first, with `texts`, how many versions show each.

    One query. Raises Http404 for a wrong mark.
    """
    rows = Attachment.objects.filter(owner=viewer.user).annotate(texts=Count("placings"))
    return keyset(rows, field="created_at", marks=marks, size=IMAGES_PER_PAGE)


def own_image(viewer: Viewer, pk: int) -> OwnImage:
    """Return a picture of the viewer's; raise Http404 when they have none of that number. Five queries."""
    attachment = Attachment.objects.filter(owner=viewer.user, pk=pk).first() if viewer.is_signed_in else None
    if attachment is None:
        raise Http404("No such picture")
    return own_image_of(attachment)


def own_image_of(attachment: Attachment) -> OwnImage:
    """Return the picture with where its owner shows it; four queries at most."""
    ever = Placing.objects.filter(attachment=attachment, revision__isnull=False).values("revision__post")
    posts = Post.objects.filter(pk__in=ever, author=attachment.owner_id, body__contains=attachment.name)
    shown = posts.select_related("thread").order_by("-pk")[:POSTS_NAMED]
    is_reported = Case.objects.open().filter(post__in=ever).exists() or _is_in_reported_message(attachment)
    digests = Digest.objects.filter(placings__attachment=attachment, owner=attachment.owner_id).select_related("owner")
    return OwnImage(attachment, list(shown), list(digests[:POSTS_NAMED]), is_reported)


def _is_in_reported_message(attachment: Attachment) -> bool:
    waiting = MessageReport.objects.filter(state=MessageReport.State.WAITING)
    return waiting.filter(message__placings__attachment=attachment).exists()


def room_of(person: User) -> Room:
    """Return how much room the person's pictures take; one query."""
    used = Attachment.objects.filter(owner=person).aggregate(used=Sum("bytes"))["used"] or 0
    return Room(used, settings.IMAGE_QUOTA)


def own_attachments(person: User) -> QuerySet[Attachment]:
    """Return every picture of the person, for their export; their texts name them by `/media/images/<name>`."""
    return Attachment.objects.filter(owner=person).order_by("pk")
