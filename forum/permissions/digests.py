"""Digests: who may see and change them, and keep a post."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from forum.models import Digest, Post
from forum.permissions.cities import SIGN_IN_FIRST
from forum.permissions.posts import can_see_post
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import ALLOWED, Verdict, denied


def visible_digests(viewer: Viewer, queryset: QuerySet[Digest]) -> QuerySet[Digest]:
    """Return the digests the viewer may see: public ones and their own."""
    mine = Q(owner=viewer.user) if viewer.is_signed_in else Q(pk__in=())
    return queryset.filter(Q(is_public=True) | mine)


def can_see_digest(viewer: Viewer, digest: Digest) -> bool:
    """Return whether the viewer may see the digest."""
    return digest.is_public or (viewer.user is not None and viewer.user.pk == digest.owner_id)


def can_create_digest(viewer: Viewer) -> Verdict:
    """Return whether the viewer may make digests: every member."""
    return ALLOWED if viewer.is_signed_in and viewer.may("digest") else denied(SIGN_IN_FIRST)


def can_edit_digest(viewer: Viewer, digest: Digest) -> Verdict:
    """Return whether the viewer may change the digest: only its owner."""
    if viewer.user is not None and viewer.user.pk == digest.owner_id:
        return ALLOWED
    return denied(_("Only its owner may change a digest."))


def can_keep_post(viewer: Viewer, post: Post) -> Verdict:
    """Return whether the viewer may add the post to a digest."""
    if not viewer.may("digest") or not viewer.is_signed_in:
        return denied(SIGN_IN_FIRST)
    if post.is_hidden or post.thread.is_hidden or not can_see_post(viewer, post):
        return denied(_("A hidden post cannot be kept in a digest."))
    return ALLOWED
