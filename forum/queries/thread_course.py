"""The course of a thread: posts, acts done to the thread, and numbers whose posts have left, as they followed."""

from collections.abc import Hashable
from dataclasses import dataclass, field

from forum.models import Event
from forum.queries.numbers import Stub
from forum.queries.posts import ShownPost


@dataclass(frozen=True, slots=True)
class Act:
    """Something done to the thread; `is_told`: the viewer may read its names and reason."""

    event: Event
    is_told: bool


@dataclass(slots=True)
class Step:
    """One step in the course of a thread: a post, acts done to the thread, or numbers whose posts have left.

    `is_break` is the place after the opening post, where its poll stands and the replies begin.
    """

    shown: ShownPost | None = None
    acts: list[Act] = field(default_factory=list)
    stub: Stub | None = None
    is_break: bool = False

    @property
    def key(self) -> Hashable:
        """What decides how it looks; None for what is not to be kept."""
        return self.shown and self.shown.key


def course_of(posts: list[ShownPost], acts: list[Act], stubs: list[Stub]) -> list[Step]:
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
        if shown.post.is_opener:
            steps.append(Step(is_break=True))
    steps += [Step(stub=stub) for stub in left]
    return [*steps, Step(acts=waiting)] if waiting else steps
