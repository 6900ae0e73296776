"""Digests: who may see and change them, and keep a post."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from forum.models import Digest, Post
from forum.permissions.cities import SIGN_IN_FIRST, can_act_on_site
from forum.permissions.people import can_see_part, shown_by
from forum.permissions.posts import can_see_post
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import ALLOWED, Verdict, denied


def visible_digests(viewer: Viewer, queryset: QuerySet[Digest]) -> QuerySet[Digest]:
    """Return the digests the viewer may see: their own, and public ones of who shows them."""
    mine = Q(owner=viewer.user) if viewer.is_signed_in else Q(pk__in=())
    return queryset.filter(Q(is_public=True) & shown_by(viewer, "digests", "owner") | mine)


def can_see_digest(viewer: Viewer, digest: Digest) -> bool:
    """Return whether the viewer may see the digest."""
    if viewer.user is not None and viewer.user.pk == digest.owner_id:
        return True
    return digest.is_public and can_see_part(viewer, digest.owner, "digests")


def can_create_digest(viewer: Viewer, *, is_public: bool = False) -> Verdict:
    """Return whether the viewer may make digests: every member; public ones who may act on the site."""
    if not viewer.is_signed_in or not viewer.may("digest"):
        return denied(SIGN_IN_FIRST)
    return can_act_on_site(viewer) if is_public else ALLOWED


def can_edit_digest(viewer: Viewer, digest: Digest) -> Verdict:
    """Return whether the viewer may take things out of the digest, make it private or delete it: only its owner."""
    if viewer.user is not None and viewer.user.pk == digest.owner_id:
        return ALLOWED
    return denied(_("Only its owner may change a digest."))


def can_write_in_digest(viewer: Viewer, digest: Digest, *, is_public: bool) -> Verdict:
    """Return whether the viewer may put words or posts into the digest: its owner, into a public one only who may act.

    `is_public` says what the digest is afterwards.
    """
    verdict = can_edit_digest(viewer, digest)
    return can_act_on_site(viewer) if verdict and is_public else verdict


def can_keep_post(viewer: Viewer, post: Post) -> Verdict:
    """Return whether the viewer may add the post to a digest."""
    if not viewer.may("digest") or not viewer.is_signed_in:
        return denied(SIGN_IN_FIRST)
    if post.is_hidden or post.thread.is_hidden or not can_see_post(viewer, post):
        return denied(_("A hidden post cannot be kept in a digest."))
    return ALLOWED
