"""A thread page whole: everything its template shows, read in a fixed number of queries."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.core.paginator import Page

from forum.models import Event, Membership, Thread
from forum.permissions.records import record_in
from forum.permissions.roles import Viewer
from forum.permissions.threads import can_moderate_thread
from forum.permissions.verdicts import Verdict
from forum.queries.desks import Desk, desk_in_thread
from forum.queries.log import is_open_to
from forum.queries.marks import Reading, reading_of
from forum.queries.numbers import Stub, stubs_between
from forum.queries.polls import ShownPoll, may_add_poll, poll_of_thread, shown_poll
from forum.queries.posts import ShownPost, page_of_thread, shown_posts
from forum.queries.thread_lists import ListPlace
from forum.queries.threads import Neighbours, acts_between, officers_of, thread_in_list


@dataclass(frozen=True, slots=True)
class Act:
    """Something done to the thread; `is_told`: the viewer may read its names and reason."""

    event: Event
    is_told: bool


@dataclass(slots=True)
class Step:
    """One step in the course of a thread: a post, acts done to the thread, or numbers whose posts have left."""

    shown: ShownPost | None = None
    acts: list[Act] = field(default_factory=list)
    stub: Stub | None = None


@dataclass(slots=True)
class ThreadPage:
    """What a thread page shows."""

    thread: Thread
    neighbours: Neighbours
    numbers: "Page[int]"
    pages: list[int | str]
    steps: list[Step]
    officers: list[Membership]
    place: ListPlace
    desk: Desk
    may: dict[str, Verdict]
    poll: ShownPoll | None
    may_add_poll: Verdict
    reading: Reading | None = None

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
        posts = [step.shown.post for step in self.steps if step.shown]
        is_news = self.reading is not None and any(self.reading.is_new(post) for post in posts)
        return max(post.number for post in posts) if is_news else 0

    @property
    def opener(self) -> ShownPost | None:
        """The opening post when it stands on this page."""
        return next((step.shown for step in self.steps if step.shown and step.shown.post.is_opener), None)


def _course(posts: list[ShownPost], acts: list[Act], stubs: list[Stub]) -> list[Step]:
    """Return posts, acts and stubs as they followed one another; acts in a row make one step.

    Numbers order the posts, the clock the acts: an act stands before the first post that was later than it and than
    every post before, because posts brought in from elsewhere may be older than those above them.
    """
    steps: list[Step] = []
    waiting, left = list(acts), list(stubs)
    for shown in posts:
        before = [act for act in waiting if act.event.created_at < shown.post.created_at]
        if before:
            steps.append(Step(acts=before))
            waiting = waiting[len(before) :]
        while left and left[0].first.number < shown.post.number:
            steps.append(Step(stub=left.pop(0)))
        steps.append(Step(shown=shown))
    steps += [Step(stub=stub) for stub in left]
    return [*steps, Step(acts=waiting)] if waiting else steps


def thread_page(viewer: Viewer, pk: int, *, number: int, place: ListPlace) -> ThreadPage:
    """Return page `number` of a thread; raise Http404 for a thread or page that is not there for the viewer.

    Five queries: thread with neighbours, posts, officers, recommenders, acts; a poll on the first page one or two more.
    """
    thread, neighbours = thread_in_list(viewer, pk, place)
    page, posts, following = page_of_thread(viewer, thread, number)
    officers = officers_of(thread.city_id)
    first = posts[0] if posts and number > 1 else None
    acts = [Act(event, is_open_to(viewer, event)) for event in acts_between(thread, first, following)]
    poll = poll_of_thread(thread)
    reading = reading_of(viewer, thread)
    shown = shown_posts(viewer, posts, officers)
    if first_new := next((one for one in shown if reading and reading.is_new(one.post)), None):
        first_new.is_first_unread = True
    return ThreadPage(
        thread=thread,
        neighbours=neighbours,
        numbers=page,
        pages=list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)),
        steps=_course(shown, acts, stubs_between(viewer, thread, first, following)),
        officers=officers,
        place=place,
        desk=desk_in_thread(viewer, thread, record_in(thread)),
        may={ability: can_moderate_thread(viewer, thread, ability) for ability in ("pin", "lock", "hide", "move")},
        poll=shown_poll(viewer, poll) if poll and number == 1 else None,
        may_add_poll=may_add_poll(viewer, thread, poll),
        reading=reading,
    )
