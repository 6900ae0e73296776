"""Parties to a matter (當事人): officers who would decide where they are involved themselves."""

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from forum.models import Membership, Post, Rules, Thread
from forum.permissions.verdicts import Forbidden

if TYPE_CHECKING:
    from accounts.models import User

ANOTHER_OFFICER = _("You are party to this matter. In this city another officer decides then.")
ONLY_THE_SITE = _(
    "You are party to this matter. In this city somebody else decides then; as it has no other officer, the site's "
    "moderators do."
)


class PartyForbidden(Forbidden):
    """Raised when the city leaves to another officer what its officer is party to; it names thread and post."""

    def __init__(self, reason: str | Promise, thread: Thread, post: Post | None = None) -> None:
        super().__init__(reason)
        self.thread, self.post = thread, post


def is_party(by: "User", thread: Thread, post: Post | None = None) -> bool:
    """Return whether the person has written in the thread, wrote the post, or is answered by it; one query at most."""
    if by.pk == thread.author_id or (post is not None and by.pk == post.author_id):
        return True
    involved = Q(thread=thread)
    if post is not None and post.addressed_id:
        involved |= Q(pk=post.addressed_id)
    return Post.objects.filter(involved, author=by).exists()


def weigh_party(by: "User", thread: Thread, post: Post | None = None) -> bool:
    """Return whether the officer is party to the matter, as the act is marked then.

    Raises PartyForbidden when they are and the city asks for a second officer.
    """
    if not is_party(by, thread, post):
        return False
    if Rules.objects.filter(city=thread.city_id, second_officer=True).exists():
        others = Membership.objects.filter(city=thread.city_id).officers().exclude(user=by)
        raise PartyForbidden(ANOTHER_OFFICER if others.exists() else ONLY_THE_SITE, thread, post)
    return True
