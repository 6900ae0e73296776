"""What feed readers and search engines are told: the liveliest threads, the newest posts, the addresses of all."""

from django.db.models import QuerySet

from accounts.models import User
from forum.models import Board, City, Post, Thread
from forum.permissions.boards import visible_boards
from forum.permissions.cities import visible_cities
from forum.permissions.posts import visible_posts
from forum.permissions.roles import Viewer
from forum.permissions.threads import visible_threads

LENGTH = 30


def liveliest_threads(viewer: Viewer, *, city: City | None = None, board: Board | None = None) -> list[Thread]:
    """Return the threads with the newest posts, of the site, a city or a board; one query."""
    rows = visible_threads(viewer, Thread.objects.shown().select_related("author", "board", "city"))
    if city is not None:
        rows = rows.filter(city=city)
    if board is not None:
        rows = rows.filter(board=board)
    return list(rows.order_by("-last_post_at", "-pk")[:LENGTH])


def newest_posts(viewer: Viewer, *, thread: Thread | None = None, author: User | None = None) -> list[Post]:
    """Return the newest posts of a thread or of a person, the newest first; one query."""
    rows = visible_posts(viewer, Post.objects.shown().select_related("author", "thread"))
    if thread is not None:
        return list(rows.filter(thread=thread).order_by("-number")[:LENGTH])
    return list(rows.filter(author=author).order_by("-created_at", "-pk")[:LENGTH])


def known_cities(viewer: Viewer) -> QuerySet[City]:
    """Return the cities whose content the viewer may read, the oldest first."""
    return visible_cities(viewer, City.objects.order_by("pk"))


def known_boards(viewer: Viewer) -> QuerySet[Board]:
    """Return the boards the viewer may see, the oldest first."""
    return visible_boards(viewer, Board.objects.select_related("city").order_by("pk"))


def known_threads(viewer: Viewer) -> QuerySet[Thread]:
    """Return the threads the viewer may see, the oldest first, with no more than address and time."""
    return visible_threads(viewer, Thread.objects.only("pk", "last_post_at").order_by("pk"))
