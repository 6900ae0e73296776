"""Answering the roll call, writing in the guestbook, recommending a city."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from forum import events
from forum.actions.moderation import NEEDS_REASON
from forum.models import City, CityRecommendation, GuestbookEntry, RollCall
from forum.permissions.city_life import (
    can_answer_roll,
    can_moderate_guestbook,
    can_recommend_city,
    can_write_in_guestbook,
)
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import require

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def answer_roll(city: City, *, by: "User", at: datetime | None = None) -> RollCall:
    """Say that one was in the city today, the day of the active time zone; twice a day changes nothing.

    Raises Forbidden.
    """
    require(can_answer_roll(Viewer.of(by), city))
    now = at or timezone.now()
    row, is_new = RollCall.objects.get_or_create(
        city=city, user=by, day=timezone.localdate(now), defaults={"created_at": now}
    )
    if is_new:
        events.record("roll.answered", by=by, city=city, at=now)
    return row


@transaction.atomic
def write_in_guestbook(
    city: City, *, by: "User", body: str, submission: UUID | None = None, at: datetime | None = None
) -> GuestbookEntry:
    """Leave a line in the guestbook; the same `submission` is the same line.

    Raises Forbidden, and ValidationError for an empty `body`.
    """
    require(can_write_in_guestbook(Viewer.of(by), city))
    body, now = body.replace("\0", "").strip(), at or timezone.now()
    if not body:
        raise ValidationError({"body": _("Write something first.")})
    entry = GuestbookEntry(city=city, author=by, body=body, submission=submission, created_at=now)
    if submission is None:
        entry.save(force_insert=True)
    else:
        entry, is_new = GuestbookEntry.objects.get_or_create(
            author=by, submission=submission, defaults={"city": city, "body": body, "created_at": now}
        )
        if not is_new:
            return entry
    events.record("guestbook.written", by=by, city=city, at=now, entry=entry.pk)
    return entry


def _show_or_hide(entry: GuestbookEntry, *, by: "User", hidden: bool, reason: str, at: datetime | None) -> None:
    entry = GuestbookEntry.objects.select_for_update(of=("self",)).select_related("city", "author").get(pk=entry.pk)
    require(can_moderate_guestbook(Viewer.of(by), entry.city))
    if hidden and not reason.strip():
        raise ValidationError({"reason": NEEDS_REASON})
    if entry.is_hidden == hidden:
        return
    entry.is_hidden = hidden
    entry.save(update_fields=["is_hidden"])
    kind = "guestbook.hidden" if hidden else "guestbook.restored"
    events.record(kind, by=by, city=entry.city, person=entry.author, reason=reason.strip(), at=at, entry=entry.pk)


@transaction.atomic
def hide_guestbook_entry(entry: GuestbookEntry, *, by: "User", reason: str, at: datetime | None = None) -> None:
    """Take a line out of the guestbook; twice changes nothing.

    Raises Forbidden, and ValidationError for a missing `reason`.
    """
    _show_or_hide(entry, by=by, hidden=True, reason=reason, at=at)


@transaction.atomic
def restore_guestbook_entry(entry: GuestbookEntry, *, by: "User", reason: str = "", at: datetime | None = None) -> None:
    """Show a hidden line again; twice changes nothing. Raises Forbidden."""
    _show_or_hide(entry, by=by, hidden=False, reason=reason, at=at)


@transaction.atomic
def recommend_city(city: City, *, by: "User", at: datetime | None = None) -> City:
    """Recommend the city by name; a second time changes nothing. Raises Forbidden."""
    require(can_recommend_city(Viewer.of(by), city))
    _row, is_new = CityRecommendation.objects.get_or_create(
        city=city, user=by, defaults={"created_at": at or timezone.now()}
    )
    if is_new:
        City.objects.filter(pk=city.pk).update(recommendations_count=F("recommendations_count") + 1)
        events.record("city.recommended", by=by, city=city, at=at)
    return city


@transaction.atomic
def withdraw_city_recommendation(city: City, *, by: "User", at: datetime | None = None) -> City:
    """Take back one's recommendation of the city; a second time changes nothing."""
    deleted, _rows = CityRecommendation.objects.filter(city=city, user=by).delete()
    if deleted:
        City.objects.filter(pk=city.pk).update(recommendations_count=F("recommendations_count") - 1)
        events.record("city.unrecommended", by=by, city=city, at=at)
    return city
