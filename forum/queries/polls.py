"""Polls as the viewer sees them: the question, what they may do with it, and the result."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from forum.models import Ballot, Option, Poll, Thread, Voter
from forum.permissions.polls import (
    can_change_poll,
    can_close_poll,
    can_see_poll,
    can_see_result,
    can_set_poll,
    can_vote,
)
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import Verdict, denied
from forum.voting.counting import ahead

YES, NO = "yes", "no"  # the options of a vote about one person
_LABELS: dict[str, Promise | str] = {YES: _("Yes"), NO: _("No")}


@dataclass(frozen=True, slots=True)
class ShownOption:
    """An option with its votes (first choices where ranked); `share` is out of a hundred ballots."""

    option: Option
    label: Promise | str
    votes: int
    share: int
    is_ahead: bool
    is_struck: bool

    @property
    def position(self) -> int:
        """The place of the option on the ballot, by which ballots name it."""
        return self.option.position


@dataclass(frozen=True, slots=True)
class ShownPoll:
    """A poll with what this viewer may know and do of it. `chosen` are their own choices where those are open."""

    poll: Poll
    options: list[ShownOption]
    has_voted: bool
    chosen: list[int]
    may_vote: Verdict
    may_close: Verdict
    may_change: Verdict
    may_see_result: Verdict

    @property
    def winners(self) -> list[ShownOption]:
        """The options that won, once the poll has closed."""
        won = (self.poll.result or {}).get("winners", [])
        return sorted((one for one in self.options if one.position in won), key=lambda one: won.index(one.position))

    @property
    def is_ranked(self) -> bool:
        """Whether voters put the options in order."""
        return self.poll.method == Poll.Method.RANKED


def get_poll(viewer: Viewer, pk: int) -> Poll:
    """Return a poll the viewer may see, with city, thread and election; raise Http404."""
    rows = Poll.objects.select_related("city", "thread__board", "thread__city", "election", "author")
    poll = rows.filter(pk=pk).first()
    if poll is None or not can_see_poll(viewer, poll):
        raise Http404("No such poll")
    if poll.thread:
        poll.thread.city = poll.thread.board.city = poll.city
    return poll


def poll_of_thread(thread: Thread) -> Poll | None:
    """Return the poll of a thread that was loaded with it, None when it has none; no query."""
    poll: Poll | None = getattr(thread, "poll", None)
    if poll:
        poll.thread, poll.city = thread, thread.city
    return poll


def poll_to_change(viewer: Viewer, thread: Thread) -> Poll | None:
    """Return the poll of a thread with its options; one or two queries."""
    poll = Poll.objects.filter(thread=thread).prefetch_related("options").first()
    if poll:
        poll.thread, poll.city = thread, thread.city
    return poll


def may_add_poll(viewer: Viewer, thread: Thread, poll: Poll | None) -> Verdict:
    """Return whether the viewer may put a poll into the thread: it has none yet."""
    return denied("") if poll else can_set_poll(viewer, thread)


def label_of(option: Option) -> Promise | str:
    """Return what stands on the ballot: yes or no about one person, the candidate's name, or the option's own text."""
    if option.poll.thread_id is None and option.text in _LABELS:
        return _LABELS[option.text]
    return str(option.person.name) if option.person else option.text


def shown_poll(viewer: Viewer, poll: Poll) -> ShownPoll:
    """Return the poll with its options and what the viewer may do; one query, two for a member."""
    is_on_roll, has_voted, chosen = _part_of(viewer, poll)
    may_see_result = can_see_result(viewer, poll)
    return ShownPoll(
        poll=poll,
        options=_options(poll, seen=bool(may_see_result)),
        has_voted=has_voted,
        chosen=chosen,
        may_vote=can_vote(viewer, poll, is_on_roll=is_on_roll),
        may_close=can_close_poll(viewer, poll),
        may_change=can_change_poll(viewer, poll),
        may_see_result=may_see_result,
    )


def _part_of(viewer: Viewer, poll: Poll) -> tuple[bool, bool, list[int]]:
    """Return whether the viewer is on the roll, has voted, and what they chose where that is open; one query."""
    if viewer.user is None:
        return False, False, []
    if poll.is_secret:
        voted = Voter.objects.filter(poll=poll, user=viewer.user).values_list("has_voted", flat=True).first()
        return voted is not None, bool(voted), []
    chosen = Ballot.objects.filter(poll=poll, voter=viewer.user).values_list("choices", flat=True).first()
    return chosen is not None, chosen is not None, chosen or []


def _options(poll: Poll, *, seen: bool) -> list[ShownOption]:
    result: dict[str, Any] = poll.result or {}
    votes: dict[str, int] = (result.get("counts") or poll.counts) if seen else {}
    best = result.get("winners", []) if result else ahead({int(key): number for key, number in votes.items()})
    rows = list(Option.objects.filter(poll=poll).select_related("person").order_by("position"))
    for row in rows:
        row.poll = poll
    return [
        ShownOption(
            option=row,
            label=label_of(row),
            votes=votes.get(str(row.position), 0),
            share=round(100 * votes.get(str(row.position), 0) / poll.ballots_count) if poll.ballots_count else 0,
            is_ahead=row.position in best,
            is_struck=row.position in result.get("struck", []),
        )
        for row in rows
    ]
