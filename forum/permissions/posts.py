"""Posts: who may see their text, edit and moderate them."""

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from forum.models import Post, Thread
from forum.permissions.cities import SIGN_IN_FIRST, can_act_in_city
from forum.permissions.roles import Viewer, people_with
from forum.permissions.threads import OFFICERS_ONLY, can_see_thread, people_who_see_thread, visible_threads
from forum.permissions.verdicts import ALLOWED, Verdict, denied

if TYPE_CHECKING:
    from accounts.models import User


def visible_posts(viewer: Viewer, queryset: QuerySet[Post]) -> QuerySet[Post]:
    """Return the posts whose text the viewer may see (a thread page shows a tombstone for the others)."""
    there = Exists(visible_threads(viewer, Thread.objects.filter(pk=OuterRef("thread"))))
    return readable_posts(viewer, queryset.filter(there))


def readable_posts(viewer: Viewer, queryset: QuerySet[Post]) -> QuerySet[Post]:
    """Return the posts whose text the viewer may see, of posts in threads that they may see."""
    if viewer.is_moderator:
        return queryset
    shown = Q(is_hidden=False)
    if viewer.is_signed_in:
        halls = [city for city in viewer.city_ids if viewer.is_officer(city)]
        shown |= Q(author=viewer.user) | Q(thread__city__in=halls)
    return queryset.filter(shown)


def can_see_post(viewer: Viewer, post: Post) -> bool:
    """Return whether the viewer may see the text of the post."""
    if not can_see_thread(viewer, post.thread):
        return False
    is_author = viewer.user is not None and viewer.user.pk == post.author_id
    return not post.is_hidden or is_author or viewer.is_officer(post.thread.city)


def people_who_see_post(post: Post, people: "QuerySet[User]") -> "QuerySet[User]":
    """Return those of the people who may see the text of the post: `can_see_post` for many at once."""
    people = people_who_see_thread(post.thread, people)
    if post.is_hidden:
        people = people.filter(people_with("officiate", post.thread.city) | Q(pk=post.author_id))
    return people


def can_edit_post(viewer: Viewer, post: Post) -> Verdict:
    """Return whether the viewer may edit the post: its author, while thread and city are open."""
    if viewer.user is None:
        return denied(SIGN_IN_FIRST)
    if viewer.user.pk != post.author_id:
        return denied(_("Only the author may edit a post."))
    verdict = can_act_in_city(viewer, post.thread.city)
    if not verdict:
        return verdict
    if post.is_held:
        return denied(_("This post waits for approval, or was refused it. What you write anew is a new post."))
    if post.is_hidden or post.thread.is_hidden:
        return denied(_("This post is hidden; it can be edited when an officer has restored it."))
    if post.thread.is_locked:
        return denied(_("This thread is locked; its posts stay as they are."))
    return ALLOWED


def can_moderate_post(viewer: Viewer, post: Post) -> Verdict:
    """Return whether the viewer may hide or restore the post."""
    if viewer.is_signed_in and not viewer.may("hide", post.thread.city):
        return denied(OFFICERS_ONLY)
    return can_act_in_city(viewer, post.thread.city)
