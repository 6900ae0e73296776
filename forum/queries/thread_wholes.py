"""A thread's page as all members of the same rights see it, and which of its posts are another to one of them."""

from collections.abc import Hashable
from dataclasses import replace

from accounts.models import User
from forum.permissions.roles import Viewer
from forum.queries.drafts import offer_in
from forum.queries.posts import ShownPost, shown_posts
from forum.queries.thread_pages import ThreadPage


def is_shared(page: ThreadPage) -> bool:
    """Return whether the viewer sees what others of the same rights see, own marks aside.

    Not who folds something there, has begun to write, closes their account or sees posts that wait; nor a page with a
    poll or with numbers whose posts have left, or a hidden thread.
    """
    user, face = page.viewer.user, page.face
    if user is None or page.posts is not face.posts or page.poll or face.former or page.thread.is_hidden:
        return False
    if user.folded_words or user.must_confirm or user.closes_at or user.closed_at or offer_in(page.thread):
        return False
    blocks = page.viewer.standing.blocks
    return not (blocks and blocks & {page.thread.author_id, *face.people})


def shared_page(page: ThreadPage, person: User) -> ThreadPage:
    """Return the page as the person sees it, who stands for all that stand as its viewer does and has marked nothing.

    They are nobody; in the viewer's own thread they bear the viewer's id, so that page is the viewer's alone.
    """
    viewer = Viewer(person)
    viewer.standing = page.viewer.standing
    return replace(page, viewer=viewer, thread=page.face.thread, marks=type(page.marks)(), reading=None, is_shared=True)


def id_in(page: ThreadPage) -> int:
    """Return the id of the person for `shared_page`: 0, but in the viewer's own thread theirs."""
    user = page.viewer.user
    return user.pk if user and user.pk == page.thread.author_id else 0


def own_posts(page: ThreadPage) -> dict[int, ShownPost]:
    """Return the posts that look otherwise to the viewer than to others, by their place on the page, with their keys.

    Those they recommended or kept, those of theirs and those under which their name stands, and the first new one.
    """
    user, face, marks = page.viewer.user, page.face, page.marks
    assert user is not None
    marked = marks.recommended | marks.kept
    is_there = user.pk in face.people and user.pk != page.thread.author_id
    if not (marked or is_there or page.first_new):
        return {}
    found = {}
    for number, post in enumerate(page.posts):
        is_named = is_there and (post.author_id == user.pk or user in face.names.get(post.pk, ()))
        if is_named or post.pk in marked or post is page.first_new:
            [shown] = shown_posts(page.viewer, [post], page.officers, face.names, marks)
            shown.is_first_unread = post is page.first_new
            shown.key = page.keys.of_post(shown)
            found[number] = shown
    return found


def key_of(page: ThreadPage) -> Hashable:
    """Return what decides how a `shared_page` looks, the look of the site and its address aside."""
    user = page.viewer.user
    assert user is not None
    return (page.keys.whole, user.is_staff, user.shows_signatures)
