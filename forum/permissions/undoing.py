"""Undoing: which acts in the log can be taken back, by whom and for how long; and who keeps one's content private."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.models import City, Event
from forum.permissions.cities import can_act_in_city
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import ALLOWED, Verdict, denied

UNDO_WITHIN = timedelta(days=30)

# Kinds of acts that can be taken back → the ability that it needs: the same as for the act.
ABILITIES = {
    "thread.pinned": "pin",
    "thread.pinned_until": "pin",
    "thread.unpinned": "pin",
    "thread.featured": "pin",
    "thread.unfeatured": "pin",
    "thread.locked": "lock",
    "thread.unlocked": "lock",
    "thread.hidden": "hide",
    "thread.restored": "hide",
    "post.hidden": "hide",
    "post.restored": "hide",
    "thread.moved": "move",
    "thread.merged": "move",
    "thread.split": "move",
    "post.refused": "approve",
    "board.ordered": "build",
    "sanction.warned": "sanction",
    "sanction.muted": "sanction",
    "sanction.banned": "sanction",
    "log.marked_private": "hide",
    "log.marked_public": "hide",
}

# What of the data such an act must still say.
NEEDED = {
    "thread.merged": ("other", "numbers", "first"),
    "thread.split": ("other", "posts"),
    "thread.moved": ("old_board",),
    "board.ordered": ("was",),
}

NOT_UNDONE = _("This act cannot be taken back.")
TOO_LATE = _("An act can be taken back for 30 days. That time has passed.")
UNDONE_ALREADY = _("This act has been taken back already.")
OFFICERS_UNDO = _("Only the mayor of this city and the deputy mayors who may do such acts may take them back.")


def _is_undone(event: Event) -> bool:
    """Return whether the act was taken back; lists say it in `is_undone`, so that it costs no query."""
    known = getattr(event, "is_undone", None)
    return Event.objects.filter(undoes=event).exists() if known is None else bool(known)


def can_undo_event(viewer: Viewer, event: Event, *, at: datetime | None = None, is_late: bool = False) -> Verdict:
    """Return whether the viewer may take the act back: who may do such acts, once, within 30 days.

    `is_late` leaves the time out of it: an appeal may be decided after it. No query when the event says `is_undone`.
    """
    # What came with an archive was done by nobody here.
    if event.kind not in ABILITIES or event.city is None or event.actor_id is None or not _is_whole(event):
        return denied(NOT_UNDONE)
    if viewer.is_signed_in and not viewer.may(ABILITIES[event.kind], event.city):
        return denied(OFFICERS_UNDO)
    verdict = can_act_in_city(viewer, event.city)
    if not verdict:
        return verdict
    if not is_late and event.created_at + UNDO_WITHIN < (at or timezone.now()):
        return denied(TOO_LATE)
    return denied(UNDONE_ALREADY) if _is_undone(event) else ALLOWED


def _is_whole(event: Event) -> bool:
    """Return whether the event says enough to take it back: not what archives recorded, or what was erased since."""
    return all(name in event.data for name in NEEDED.get(event.kind, ()))


def can_mark_private(viewer: Viewer, city: City) -> Verdict:
    """Return whether the viewer may take names and content of an act out of the public log, or put them back."""
    if viewer.is_signed_in and not viewer.may("hide", city):
        return denied(_("Only the mayor of this city and the deputy mayors who may hide posts may do this."))
    return can_act_in_city(viewer, city)
