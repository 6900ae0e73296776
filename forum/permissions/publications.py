"""Books: who may have a thread or digest made into one, and stop that."""

from django.utils.translation import gettext_lazy as _

from forum.models import Digest, Publication, Thread
from forum.permissions.digests import can_see_digest
from forum.permissions.roles import Viewer
from forum.permissions.threads import can_see_thread
from forum.permissions.verdicts import ALLOWED, Verdict, denied

MOST_FOR_VISITORS = 200  # posts
MOST_POSTS = 5_000


def can_take_away(viewer: Viewer, thing: Thread | Digest) -> Verdict:
    """Return whether the viewer may have a book made: who reads it may; of a long one, members."""
    if isinstance(thing, Thread):
        is_seen, size = can_see_thread(viewer, thing), thing.posts_count
        if thing.is_hidden:
            return denied(_("A hidden thread is not made into a book."))
    else:
        is_seen, size = can_see_digest(viewer, thing), thing.entries_count
    if not is_seen:
        return denied(_("There is nothing here that you may take away."))
    if size > MOST_POSTS:
        return denied(_("A book holds at most %(count)s posts.") % {"count": f"{MOST_POSTS:,}"})
    if not viewer.is_signed_in and size > MOST_FOR_VISITORS:
        return denied(_("This is a long one: sign in to have it made into a book."))
    return ALLOWED


def can_cancel_book(viewer: Viewer, publication: Publication, *, is_own: bool = False) -> Verdict:
    """Return whether the viewer may stop the making of a book: who asked for it, and the site's moderators.

    `is_own`: this browser is that of the visitor who asked for it.
    """
    is_mine = viewer.user is not None and viewer.user.pk == publication.asked_by_id
    if is_mine or viewer.is_moderator or (is_own and publication.asked_by_id is None):
        return ALLOWED
    return denied(_("Only who asked for a book may stop its making."))
