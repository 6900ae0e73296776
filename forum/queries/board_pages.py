"""A page of a board as one viewer sees it: its face, with what is theirs laid over it."""

from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property

from django.http import Http404

from forum.permissions.boards import can_see_board
from forum.permissions.roles import Viewer
from forum.permissions.threads import can_create_thread
from forum.permissions.verdicts import Verdict
from forum.queries.board_faces import PINNED_SHOWN, BoardFace
from forum.queries.list_rows import Listed, seen_by
from forum.queries.own_lists import watch_of_board, with_marks
from forum.queries.paging import PAGE_SIZE, Slice, page_of
from forum.queries.thread_lists import SORTS


@dataclass
class BoardPage:
    """What one viewer sees of a page of a board."""

    viewer: Viewer
    face: BoardFace
    pinned: list[Listed]
    threads: Slice[Listed]
    watch_level: str | None
    may_write: Verdict

    @cached_property
    def head_key(self) -> Hashable:
        """What decides what the page says of itself in its head, and as data."""
        return (self.face.here.print, self.face.place.is_first, self.viewer.is_signed_in)

    @cached_property
    def ends_key(self) -> Hashable:
        """What decides how the ways to older and newer threads look."""
        return (self.face.here.print, self.face.place.sort, self.threads.older, self.threads.newer)

    @cached_property
    def whole_key(self) -> Hashable:
        """What decides how all looks but the rows and the ways to older and newer ones."""
        has_rows = bool(self.pinned or self.threads.items)
        return (self.head_key, self.top_key, self.rail_key, has_rows)

    @cached_property
    def top_key(self) -> Hashable:
        """What decides how all looks that stands above the threads."""
        refusal = str(self.may_write.reason) if self.may_write.is_sanction else ""
        place = self.face.place
        return (
            self.face.here.print,
            place.sort,
            place.is_first,
            bool(self.may_write),
            refusal,
            self.viewer.is_signed_in,
        )

    @cached_property
    def rail_key(self) -> Hashable:
        """What decides how all looks that stands beside the threads."""
        place = self.face.place
        return (self.face.here.print, place.sort, place.month, self.watch_level, self.viewer.is_signed_in)


def board_page(viewer: Viewer, face: BoardFace) -> BoardPage:
    """Return the page of a board as the viewer may see it; raise Http404 when they may not see the board.

    No query for a visitor, two for a member: what is new to them in the threads, and how they watch the board.
    """
    here, place = face.here, face.place
    city, field = here.board.city, SORTS[place.sort]
    if not can_see_board(viewer, here.board):
        raise Http404("No such board")
    pinned, seen = seen_by(viewer, face.pinned, city)[:PINNED_SHOWN], seen_by(viewer, face.rows, city)
    threads = page_of([row.thread for row in seen], field, size=PAGE_SIZE, after=place.after, before=place.before)
    by_thread = {row.thread: row for row in seen}
    listed = with_marks(viewer, [*pinned, *(by_thread[thread] for thread in threads.items)])
    return BoardPage(
        viewer=viewer,
        face=face,
        pinned=listed[: len(pinned)],
        threads=Slice(listed[len(pinned) :], threads.older, threads.newer),
        watch_level=watch_of_board(viewer, here.board),
        may_write=can_create_thread(viewer, here.board),
    )
