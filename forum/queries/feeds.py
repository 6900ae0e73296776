"""What feed readers are told: the liveliest threads, the newest posts, what was last kept in a digest."""

from collections.abc import Mapping
from typing import Any

from accounts.models import User
from forum.models import Board, City, Digest, DigestEntry, Post, Thread
from forum.permissions.posts import visible_posts
from forum.permissions.roles import Viewer
from forum.permissions.threads import visible_threads
from forum.queries.digests import ShownEntry, entries_of, shown_entry
from forum.queries.paging import Slice, keyset

LENGTH = 30


def liveliest_threads(
    viewer: Viewer, *, marks: Mapping[str, Any], city: City | None = None, board: Board | None = None
) -> Slice[Thread]:
    """Return a page of the threads with the newest posts, of the site, a city or a board; one query."""
    rows = visible_threads(viewer, Thread.objects.shown().select_related("author", "board", "city"))
    if city is not None:
        rows = rows.filter(city=city)
    if board is not None:
        rows = rows.filter(board=board)
    return keyset(rows, field="last_post_at", marks=marks, size=LENGTH)


def newest_posts_in(viewer: Viewer, thread: Thread, *, marks: Mapping[str, Any]) -> Slice[Post]:
    """Return a page of the posts of a thread, the newest first; one query."""
    rows = visible_posts(viewer, Post.objects.shown().select_related("author", "thread"))
    return keyset(rows.filter(thread=thread), field="number", marks=marks, size=LENGTH)


def newest_posts_by(viewer: Viewer, author: User, *, marks: Mapping[str, Any]) -> Slice[Post]:
    """Return a page of the posts of a person, the newest first; one query."""
    rows = visible_posts(viewer, Post.objects.shown().select_related("author", "thread"))
    return keyset(rows.filter(author=author), field="created_at", marks=marks, size=LENGTH)


def newest_entries(viewer: Viewer, digest: Digest, *, marks: Mapping[str, Any]) -> Slice[ShownEntry]:
    """Return a page of what was kept in a digest and the viewer may read, what was kept last first; one query."""
    rows: Slice[DigestEntry] = keyset(entries_of(digest), field="created_at", marks=marks, size=LENGTH)
    shown = [shown_entry(viewer, entry) for entry in rows.items]
    return Slice([one for one in shown if one.is_readable and not one.is_hidden], older=rows.older)
