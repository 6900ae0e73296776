"""Drafts: nobody but their author ever sees them."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from forum.models import Board, Conversation, Draft, Post, Thread
from forum.models.drafts import Place
from forum.permissions.boards import can_see_board
from forum.permissions.cities import SIGN_IN_FIRST, can_act_on_site
from forum.permissions.conversations import can_see_conversation
from forum.permissions.posts import can_edit_post, can_see_post
from forum.permissions.roles import Viewer
from forum.permissions.threads import can_create_thread, can_reply_to_thread, can_see_thread
from forum.permissions.verdicts import ALLOWED, Verdict, denied


def visible_drafts(viewer: Viewer, queryset: QuerySet[Draft]) -> QuerySet[Draft]:
    """Return the drafts the viewer may see: their own."""
    return queryset.filter(user=viewer.user) if viewer.is_signed_in else queryset.none()


def can_see_draft(viewer: Viewer, draft: Draft) -> bool:
    """Return whether the viewer may see the draft."""
    return viewer.user is not None and viewer.user.pk == draft.user_id


def can_see_place(viewer: Viewer, place: Place) -> bool:
    """Return whether the viewer may see what a draft is for."""
    if isinstance(place, Conversation):
        return can_see_conversation(viewer, place) if place.pk else viewer.is_signed_in
    if isinstance(place, Thread):
        return can_see_thread(viewer, place)
    return can_see_board(viewer, place) if isinstance(place, Board) else can_see_post(viewer, place)


def can_save_draft(viewer: Viewer, place: Place) -> Verdict:
    """Return whether the viewer may keep a draft there: also where the text itself cannot be sent at present."""
    if viewer.user is None:
        return denied(SIGN_IN_FIRST)
    if not can_see_place(viewer, place):
        return denied(_("There is nothing here to write to."))
    if isinstance(place, Post) and place.author_id != viewer.user.pk:
        return denied(_("Only the author may edit a post."))
    return ALLOWED


def can_send_draft(viewer: Viewer, place: Place) -> Verdict:
    """Return whether the viewer may at present send what a draft for this place holds."""
    if isinstance(place, Conversation):  # who leaves it takes their drafts along, so it may still be seen
        return can_act_on_site(viewer)
    if not can_see_place(viewer, place):
        return denied(_("You cannot see the place of this draft at present. Your text is kept."))
    if isinstance(place, Thread):
        return can_reply_to_thread(viewer, place)
    return can_create_thread(viewer, place) if isinstance(place, Board) else can_edit_post(viewer, place)


def can_discard_draft(viewer: Viewer, draft: Draft) -> Verdict:
    """Return whether the viewer may throw the draft away."""
    return ALLOWED if can_see_draft(viewer, draft) else denied(_("Only its author may discard a draft."))
