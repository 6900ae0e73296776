"""A thread page whole: everything its template shows, read in a fixed number of queries."""

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.core.paginator import Page
from django.http import Http404

from forum.models import Membership, Post, Thread
from forum.permissions.records import record_in
from forum.permissions.roles import Viewer
from forum.permissions.threads import can_moderate_thread, can_see_thread
from forum.permissions.verdicts import Verdict
from forum.queries.desks import Desk, desk_in_thread
from forum.queries.log import is_open_to
from forum.queries.marks import Reading, reading_of
from forum.queries.numbers import stubs_of
from forum.queries.own import Marks, own_in_thread
from forum.queries.polls import ShownPoll, may_add_poll, poll_of_thread, shown_poll
from forum.queries.posts import ShownPost, shown_posts, with_held
from forum.queries.thread_course import Act, Step, course_of
from forum.queries.thread_faces import ThreadFace
from forum.queries.thread_keys import PageKeys
from forum.queries.thread_lists import ListPlace
from forum.queries.threads import Neighbours


@dataclass
class ThreadPage:
    """What a thread page shows."""

    viewer: Viewer
    thread: Thread
    face: ThreadFace
    neighbours: Neighbours
    numbers: "Page[int]"
    posts: list[Post]
    marks: Marks
    acts: list[Act]
    officers: list[Membership]
    place: ListPlace
    desk: Desk
    may: dict[str, Verdict]
    poll: ShownPoll | None
    may_add_poll: Verdict
    reading: Reading | None = None
    is_shared: bool = False  # it is that of many, kept whole (queries/thread_wholes.py)

    @cached_property
    def keys(self) -> PageKeys:
        """What decides how its parts look."""
        return PageKeys(self)

    @property
    def pages(self) -> Iterator[int | str]:
        """The numbers of the pages to go to, with marks where some are left out."""
        return self.numbers.paginator.get_elided_page_range(self.numbers.number, on_each_side=2, on_ends=1)

    @property
    def query(self) -> str:
        """What stands before `page=` in the addresses of the other pages."""
        return f"{urlencode({'from': str(self.place)})}&" if str(self.place) else ""

    @property
    def may_reply(self) -> Verdict:
        """Whether the viewer may reply now, by right and by the rules of the city."""
        return self.desk.verdict

    @property
    def may_moderate(self) -> bool:
        """Whether the viewer may do anything of what officers do to a thread."""
        return any(self.may.values())

    @property
    def mayor(self) -> Membership | None:
        """The mayor of the city."""
        return next((officer for officer in self.officers if officer.role == Membership.Role.MAYOR), None)

    @property
    def deputies(self) -> list[Membership]:
        """The deputy mayors of the city."""
        return [officer for officer in self.officers if officer.role == Membership.Role.DEPUTY]

    @property
    def read_to(self) -> int:
        """The number up to which the thread is read when this page is; 0 when nothing on it is new to the viewer."""
        return max(post.number for post in self.posts) if self.first_new else 0

    @cached_property
    def first_new(self) -> Post | None:
        """The first post on the page that is new to the viewer."""
        reading = self.reading
        if reading is None or not getattr(self.thread, "unread", 0):
            return None
        return next((post for post in self.posts if reading.is_new(post)), None)

    @cached_property
    def opener(self) -> ShownPost | None:
        """The opening post when it stands on this page."""
        first = [post for post in self.posts[:1] if post.is_opener]
        return self._as_shown(first)[0] if first else None

    @cached_property
    def steps(self) -> list[Step]:
        """What stands on the page, one after the other."""
        shown = self._as_shown(self.posts)
        for one in shown:
            one.is_first_unread = one.post is self.first_new
            one.key = self.keys.of_post(one)
        return course_of(shown, self.acts, stubs_of(self.viewer, self.thread, self.face.former))

    def _as_shown(self, posts: list[Post]) -> list[ShownPost]:
        return shown_posts(self.viewer, posts, self.officers, self.face.names, self.marks)


def thread_page(viewer: Viewer, face: ThreadFace, place: ListPlace) -> ThreadPage:
    """Return a page of a thread as the viewer may see it; raise Http404 when they may not see the thread.

    No query for a visitor, one for a member: what the thread is to them, and which posts they recommended and kept. One
    more for who sees held posts; a poll on the first page costs one, for a member two.
    """
    if not can_see_thread(viewer, face.thread):
        raise Http404("No such thread")
    thread = copy(face.thread)  # what it is to this viewer is put on it
    posts = face.posts
    if _may_hold(viewer, face):
        posts = with_held(viewer, face.thread, face.numbers, posts, face.following)
    own, marks = own_in_thread(viewer, thread, posts)
    vars(thread).update(own)
    poll = poll_of_thread(face.thread)
    return ThreadPage(
        viewer=viewer,
        thread=thread,
        face=face,
        neighbours=face.neighbours,
        numbers=face.numbers,
        posts=posts,
        marks=marks,
        acts=[Act(event, is_open_to(viewer, event)) for event in face.events],
        officers=face.officers,
        place=place,
        desk=desk_in_thread(viewer, thread, record_in(thread)),
        may={ability: can_moderate_thread(viewer, thread, ability) for ability in ("pin", "lock", "hide", "move")},
        poll=shown_poll(viewer, poll) if poll and face.numbers.number == 1 else None,
        may_add_poll=may_add_poll(viewer, thread, poll),
        reading=reading_of(viewer, thread),
    )


def _may_hold(viewer: Viewer, face: ThreadFace) -> bool:
    if viewer.user is None or not face.held_by:
        return False
    return viewer.user.pk in face.held_by or viewer.is_officer(face.thread.city)
