"""Polls: who may see them, put them into a thread, vote, close them early, and see what came of them."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.models import Poll, Thread
from forum.permissions.cities import ARCHIVED, can_act_in_city, can_act_on_site, can_see_city
from forum.permissions.roles import Viewer
from forum.permissions.threads import can_reply_to_thread, can_see_thread
from forum.permissions.verdicts import ALLOWED, Verdict, denied


def can_see_poll(viewer: Viewer, poll: Poll) -> bool:
    """Return whether the viewer may see the poll: where they see its thread, an election where they read the city."""
    return can_see_thread(viewer, poll.thread) if poll.thread else can_see_city(viewer, poll.city)


def can_set_poll(viewer: Viewer, thread: Thread) -> Verdict:
    """Return whether the viewer may put a poll into the thread."""
    is_author = viewer.user is not None and viewer.user.pk == thread.author_id
    if viewer.is_signed_in and not is_author and not viewer.may("lock", thread.city):
        return denied(_("Only who started the thread, and officers who may lock it, put a poll into it."))
    return can_reply_to_thread(viewer, thread)


def can_change_poll(viewer: Viewer, poll: Poll) -> Verdict:
    """Return whether the viewer may change the poll of a thread: as long as nobody has voted."""
    if poll.thread is None or poll.voters == Poll.Voters.ROLL:
        return denied(_("The rules of an election are fixed when it is called."))
    if poll.ballots_count or poll.closed_at:
        return denied(_("Somebody has voted already: the poll stays as it is."))
    return can_set_poll(viewer, poll.thread)


def can_close_poll(viewer: Viewer, poll: Poll) -> Verdict:
    """Return whether the viewer may close the poll of a thread before its time."""
    if poll.thread is None or poll.closed_at:
        return denied(_("Only the open poll of a thread can be closed."))
    is_author = viewer.user is not None and viewer.user.pk in (poll.author_id, poll.thread.author_id)
    if viewer.is_signed_in and not is_author and not viewer.may("lock", poll.city):
        return denied(_("Only who began the poll, and officers who may lock the thread, close it."))
    return can_act_in_city(viewer, poll.city)


def can_vote(viewer: Viewer, poll: Poll, *, is_on_roll: bool, at: datetime | None = None) -> Verdict:
    """Return whether the viewer may cast a ballot now, if they have not yet.

    Who is on the roll of an election keeps the vote whatever the city decides about them afterwards.
    """
    verdict = _can_take_part(viewer, poll, is_on_roll=is_on_roll)
    if verdict and not poll.is_open_at(at or timezone.now()):
        early = poll.closed_at is None and poll.opens_at > (at or timezone.now())
        return denied(_("Voting has not begun yet.") if early else _("Voting is closed."))
    return verdict


def _can_take_part(viewer: Viewer, poll: Poll, *, is_on_roll: bool) -> Verdict:
    if poll.voters == Poll.Voters.ROLL:
        verdict = denied(ARCHIVED) if poll.city.is_archived else can_act_on_site(viewer)
        if verdict and not is_on_roll:
            return denied(_("The roll was fixed when the vote was called, and you are not on it."))
        return verdict
    verdict = can_act_in_city(viewer, poll.city)
    if verdict and poll.thread and poll.thread.is_hidden:
        return denied(_("This thread is hidden; nobody can vote until it is restored."))
    if verdict and poll.voters == Poll.Voters.CITIZENS and not viewer.may("vote", poll.city):
        return denied(_("Only citizens vote here. Join the city first."), way=f"city {poll.city.slug}")
    return verdict


def can_see_result(viewer: Viewer, poll: Poll) -> Verdict:
    """Return whether what was chosen is shown: when the poll has closed, or at any time if it says so."""
    if poll.closed_at or poll.showing == Poll.Showing.LIVE:
        return ALLOWED
    return denied(_("The result is shown when the poll has closed."))
