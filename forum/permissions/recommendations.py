"""Recommendations: who may recommend what."""

from django.utils.translation import gettext_lazy as _

from forum.models import Post
from forum.permissions.cities import ARCHIVED, SIGN_IN_FIRST, can_act_in_city
from forum.permissions.posts import can_see_post
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import ALLOWED, Verdict, denied


def can_recommend_post(viewer: Viewer, post: Post) -> Verdict:
    """Return whether the viewer may recommend the post: every member, but nobody their own."""
    if viewer.user is None or not viewer.may("recommend"):
        return denied(SIGN_IN_FIRST)
    if viewer.user.pk == post.author_id:
        return denied(_("You cannot recommend your own post."))
    if post.is_hidden or post.thread.is_hidden or not can_see_post(viewer, post):
        return denied(_("A hidden post cannot be recommended."))
    return can_act_in_city(viewer, post.thread.city, muted_too=True)


def can_withdraw_recommendation(viewer: Viewer, post: Post) -> Verdict:
    """Return whether the viewer may take back a recommendation: also from a post hidden since."""
    if not viewer.is_signed_in:
        return denied(SIGN_IN_FIRST)
    return denied(ARCHIVED) if post.thread.city.is_archived else ALLOWED
