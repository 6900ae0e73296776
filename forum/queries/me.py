"""One's own home: my cities and what is new in them, what waits, what I wrote and kept."""

from dataclasses import dataclass

from accounts.models import User
from forum.models import Application, Digest, Hold, Membership, Post, Thread
from forum.permissions.roles import Viewer
from forum.queries.digests import digests_of
from forum.queries.marks import with_news
from forum.queries.people import posts_by
from forum.queries.rules import my_holds
from forum.queries.thread_lists import unread_in_cities

THREADS_SHOWN = 15
POSTS_SHOWN = 5
DIGESTS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Home:
    """What one's own home shows."""

    memberships: list[Membership]
    threads: list[Thread]
    applications: list[Application]
    posts: list[Post]
    digests: list[Digest]
    unread: int
    holds: list[Hold]


def my_home(viewer: Viewer, person: User) -> Home:
    """Return all that a person's own home shows, in eight queries with that for their roles."""
    memberships = Membership.objects.present().filter(user=person).select_related("city")
    waiting = Application.objects.filter(user=person, state=Application.State.WAITING).select_related("city")
    return Home(
        memberships=list(
            with_news(viewer, memberships, "city", key="city").order_by("-city__last_activity_at", "-city")
        ),
        threads=unread_in_cities(viewer, THREADS_SHOWN),
        applications=list(waiting.order_by("-created_at", "-pk")),
        posts=posts_by(viewer, person, marks={}, size=POSTS_SHOWN).items,
        digests=digests_of(viewer, person, limit=DIGESTS_SHOWN),
        unread=viewer.unread,
        holds=my_holds(viewer),
    )
