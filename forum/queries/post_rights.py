"""What a viewer may do with a post: the same for all posts of a kind, so that a page asks once for each kind."""

from dataclasses import dataclass

from forum.models import Post
from forum.permissions.digests import can_keep_post
from forum.permissions.posts import can_edit_post, can_moderate_post, can_see_post
from forum.permissions.recommendations import can_recommend_post
from forum.permissions.roles import Viewer
from forum.permissions.sanctions import can_sanction_author
from forum.permissions.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class Rights:
    """What the viewer may do with posts of one kind."""

    is_readable: bool
    may_edit: Verdict
    may_recommend: Verdict
    may_keep: Verdict
    may_moderate: Verdict
    may_sanction: bool

    @property
    def key(self) -> tuple[bool, ...]:
        """What of it decides how a post looks."""
        rights = (self.may_edit, self.may_recommend, self.may_keep, self.may_moderate)
        return (self.is_readable, *map(bool, rights), self.may_sanction)


def rights_to(viewer: Viewer, post: Post, role: str) -> Rights:
    """Return what the viewer may do with the post, and with all of its kind (see `kind_of`)."""
    return Rights(
        is_readable=can_see_post(viewer, post),
        may_edit=can_edit_post(viewer, post),
        may_recommend=can_recommend_post(viewer, post),
        may_keep=can_keep_post(viewer, post),
        may_moderate=can_moderate_post(viewer, post),
        may_sanction=bool(can_sanction_author(viewer, post, role=role)),
    )


def kind_of(post: Post, role: str) -> tuple[object, ...]:
    """Return what of a post decides what others may do with it in its thread; `role` is that of its author there."""
    return (post.is_hidden, post.is_held, post.author.is_staff, role)


def rights_by_kind(known: dict[tuple[object, ...], Rights], viewer: Viewer, post: Post, role: str) -> Rights:
    """Return the rights to a post, out of those `known` for its kind; new ones are put among them."""
    kind = (viewer.user is not None and post.author_id == viewer.user.pk, *kind_of(post, role))
    return known.get(kind) or known.setdefault(kind, rights_to(viewer, post, role))
