"""A city's front page as one viewer sees it: its face, with what is theirs laid over it."""

from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property

from forum.models import Application, Board
from forum.permissions.cities import can_act_in_city, can_enter_hall, can_see_city
from forum.permissions.city_life import can_recommend_city
from forum.permissions.memberships import can_apply_to_city, can_join_city, can_leave_city
from forum.permissions.roles import Viewer
from forum.permissions.threads import can_create_thread
from forum.permissions.verdicts import Verdict
from forum.queries.city_faces import THREADS_SHOWN, CityFace
from forum.queries.list_rows import Listed, seen_by
from forum.queries.own_lists import news_of_boards, own_application, own_of_city, waiting_in, with_marks


@dataclass
class CityPage:
    """What one viewer sees of a city's front page.

    `boards` come with the number of threads in which something is new; boards and threads only for who may read them.
    """

    viewer: Viewer
    face: CityFace
    is_readable: bool
    threads: list[Listed]
    boards: list[tuple[Board, int]]
    application: Application | None
    watch_level: str | None
    is_recommended: bool
    waiting: int
    may: dict[str, Verdict]
    start_on: Board | None

    @property
    def whole_key(self) -> Hashable:
        """What decides how all looks but the rows and what stands beside them; None for who has asked to join."""
        return self.top_key and (self.head_key, self.top_key, self.is_readable, bool(self.threads))

    @property
    def is_citizen(self) -> bool:
        """Whether the viewer belongs to the city."""
        return self.viewer.is_citizen(self.face.city)

    @cached_property
    def head_key(self) -> Hashable:
        """What decides what the page says of itself in its head."""
        return (self.face.print, self.viewer.is_signed_in)

    @cached_property
    def top_key(self) -> Hashable:
        """What decides how all looks that stands above the threads; None for who has asked to join."""
        if self.application:
            return None
        refusal = str(self.may["act"].reason) if self.may["act"].is_sanction else ""
        rights = (*map(bool, self.may.values()), self.start_on and self.start_on.slug, self.is_citizen)
        own = (self.watch_level, self.is_recommended, self.waiting, self.is_readable, self.viewer.is_signed_in)
        return (self.face.print, rights, refusal, own)

    @cached_property
    def rail_key(self) -> Hashable:
        """What decides how all looks that stands beside the threads."""
        return (self.face.print_of_rail, tuple(number for _board, number in self.boards))


def city_page(viewer: Viewer, face: CityFace) -> CityPage:
    """Return a city's front page as the viewer may see it.

    No query for a visitor, three for a citizen: what the city is to them, what is new on its boards, and in the
    threads. One more for who is none, and for an officer.
    """
    city, is_readable = face.city, can_see_city(viewer, face.city)
    news = news_of_boards(viewer, city) if is_readable else {}
    seen = seen_by(viewer, face.threads, city)[:THREADS_SHOWN] if is_readable else []
    boards = [(board, news.get(board.pk, 0)) for board in face.boards] if is_readable else []
    first = next((board for board, _news in boards if board.is_default), None)
    watch_level, is_recommended = own_of_city(viewer, city)
    return CityPage(
        viewer=viewer,
        face=face,
        is_readable=is_readable,
        threads=with_marks(viewer, seen),
        boards=boards,
        application=own_application(viewer, city),
        watch_level=watch_level,
        is_recommended=is_recommended,
        waiting=waiting_in(viewer, city),
        may={
            "act": can_act_in_city(viewer, city),
            "join": can_join_city(viewer, city),
            "apply": can_apply_to_city(viewer, city),
            "leave": can_leave_city(viewer, city),
            "recommend": can_recommend_city(viewer, city),
            "enter_hall": can_enter_hall(viewer, city),
        },
        start_on=first if first and can_create_thread(viewer, first) else None,
    )
