"""A thread page whole: everything its template shows, read in a fixed number of queries."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.core.paginator import Page

from forum.models import Event, Membership, Thread
from forum.permissions.roles import Viewer
from forum.permissions.threads import can_moderate_thread, can_reply_to_thread
from forum.permissions.verdicts import Verdict
from forum.queries.posts import ShownPost, page_of_thread, shown_posts
from forum.queries.thread_lists import ListPlace
from forum.queries.threads import Neighbours, acts_between, officers_of, thread_in_list


@dataclass(slots=True)
class Step:
    """One step in the course of a thread: a post, or acts done to the thread."""

    shown: ShownPost | None = None
    acts: list[Event] = field(default_factory=list)


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
    may_reply: Verdict
    may: dict[str, Verdict]

    @property
    def query(self) -> str:
        """What stands before `page=` in the addresses of the other pages."""
        return f"{urlencode({'from': str(self.place)})}&" if str(self.place) else ""

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
    def opener(self) -> ShownPost | None:
        """The opening post when it stands on this page."""
        return next((step.shown for step in self.steps if step.shown and step.shown.post.is_opener), None)


def _course(posts: list[ShownPost], acts: list[Event]) -> list[Step]:
    """Return posts and acts as they followed one another; acts in a row make one step."""
    # Posts keep the order of their numbers even where an archive's clock went backwards.
    steps: list[Step] = []
    waiting = list(acts)
    for shown in posts:
        before = [act for act in waiting if act.created_at < shown.post.created_at]
        if before:
            steps.append(Step(acts=before))
            waiting = waiting[len(before) :]
        steps.append(Step(shown=shown))
    return [*steps, Step(acts=waiting)] if waiting else steps


def thread_page(viewer: Viewer, pk: int, *, number: int, place: ListPlace) -> ThreadPage:
    """Return page `number` of a thread; raise Http404 for a thread or page that is not there for the viewer.

    Five queries: thread with neighbours, posts, officers, recommenders, acts.
    """
    thread, neighbours = thread_in_list(viewer, pk, place)
    page, posts, following = page_of_thread(viewer, thread, number)
    officers = officers_of(thread.city_id)
    first = posts[0] if posts and number > 1 else None
    acts = acts_between(thread, first, following)
    return ThreadPage(
        thread=thread,
        neighbours=neighbours,
        numbers=page,
        pages=list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)),
        steps=_course(shown_posts(viewer, posts, officers), acts),
        officers=officers,
        place=place,
        may_reply=can_reply_to_thread(viewer, thread),
        may={ability: can_moderate_thread(viewer, thread, ability) for ability in ("pin", "lock", "hide", "move")},
    )
