"""Imposing and lifting sanctions: warning, mute, ban in a city, and suspension from the site."""

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.dates import say_moment
from accounts.models import User
from forum import events
from forum.actions.moderation import NEEDS_REASON
from forum.models import City, Event, Post, Sanction
from forum.permissions.parties import is_party, weigh_party
from forum.permissions.roles import Viewer
from forum.permissions.sanctions import can_lift_sanction, can_sanction_person, ranks_in
from forum.permissions.verdicts import require

# The event by which each kind is imposed.
IMPOSED = {
    Sanction.Kind.WARNING.value: "sanction.warned",
    Sanction.Kind.MUTE.value: "sanction.muted",
    Sanction.Kind.BAN.value: "sanction.banned",
    Sanction.Kind.SUSPENSION.value: "sanction.suspended",
}
LONGEST_WORDS = 500  # as much as the log holds
SENT_AGAIN = timedelta(minutes=2)  # the same form once more, not a second sanction


@transaction.atomic
def impose_sanction(
    city: City | None,
    *,
    by: User,
    person: User,
    kind: str,
    reason: str,
    words: str = "",
    ends_at: datetime | None = None,
    post: Post | None = None,
    is_private: bool = False,
    at: datetime | None = None,
) -> Sanction:
    """Sanction the person in the city, or suspend them from the site when it is None; return the sanction.

    `reason` is one of Sanction.Reason, `words` say more (needed for "other"), `post` is what it was about. Without
    `ends_at` it holds for good; a warning has no end. A stronger or longer one is allowed beside those in force.
    `is_private` keeps names and words out of the public log. Sending the same twice imposes one. Raises Forbidden,
    and ValidationError for `kind`, `reason`, `words`, `ends_at` or `post`.
    """
    # The lock on the person puts the decisions of two officers one after the other.
    person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    require(can_sanction_person(Viewer.of(by), city, person.pk, rank=ranks_in(city, [person])[person.pk]))
    now, words = at or timezone.now(), words.strip()
    ends_at = None if kind == Sanction.Kind.WARNING else ends_at
    _check(city, kind=kind, reason=reason, words=words, ends_at=ends_at, now=now)
    _check_post(city, person, post)
    wanted = {"city": city, "person": person, "kind": kind, "reason": reason, "words": words, "post": post}
    if earlier := _sent_before(by, wanted, ends_at, now):
        return earlier
    _check_others(city, person, kind, ends_at, now)
    sanction = Sanction.objects.create(imposed_by=by, created_at=now, ends_at=ends_at, **wanted)
    events.record(
        IMPOSED[kind],
        by=by,
        city=city,
        person=person,
        sanction=sanction,
        reason=words,
        is_private=is_private,
        is_party=_weighed(city, by, post),
        at=now,
        why=reason,
        until=ends_at.isoformat() if ends_at else "",
    )
    return sanction


def _sent_before(by: User, wanted: dict[str, Any], ends_at: datetime | None, now: datetime) -> Sanction | None:
    """Return what the same form has already become; its length was counted anew, so its end is a little later."""
    fresh = Sanction.objects.filter(imposed_by=by, created_at__gt=now - SENT_AGAIN, lifted_at=None, **wanted)
    if ends_at is None:
        return fresh.filter(ends_at=None).first()
    return fresh.filter(ends_at__gt=ends_at - SENT_AGAIN, ends_at__lte=ends_at).first()


def _weighed(city: City | None, by: User, post: Post | None) -> bool:
    if post is None:
        return False
    return weigh_party(by, post.thread, post) if city else is_party(by, post.thread, post)


def _check(city: City | None, *, kind: str, reason: str, words: str, ends_at: datetime | None, now: datetime) -> None:
    if kind not in IMPOSED or (kind == Sanction.Kind.SUSPENSION) == (city is not None):
        raise ValidationError({"kind": _("Choose one of the sanctions.")})
    if reason not in Sanction.Reason.values:
        raise ValidationError({"reason": _("Choose one of the reasons.")})
    if reason == Sanction.Reason.OTHER and not words:
        raise ValidationError({"words": _("Say why in your words.")})
    if len(words) > LONGEST_WORDS:
        raise ValidationError({"words": _("At most %(number)s characters are kept.") % {"number": LONGEST_WORDS}})
    if ends_at is not None and ends_at <= now:
        raise ValidationError({"ends_at": _("Choose a time to come.")})


def _check_post(city: City | None, person: User, post: Post | None) -> None:
    if post is None:
        return
    if post.author_id != person.pk or (city is not None and post.thread.city_id != city.pk):
        raise ValidationError({"post": _("%(name)s did not write this post here.") % {"name": person.name}})


def _check_others(city: City | None, person: User, kind: str, ends_at: datetime | None, now: datetime) -> None:
    """Raise ValidationError for `kind` when one of the same kind holds as long already."""
    if kind == Sanction.Kind.WARNING:
        return
    for other in Sanction.objects.in_force(now).filter(city=city, person=person, kind=kind):
        if other.ends_at is None:
            text = _("This sanction on %(name)s is in force for good already.")
            raise ValidationError({"kind": text % {"name": person.name}})
        if ends_at is not None and ends_at <= other.ends_at:
            until = say_moment(other.ends_at)
            text = _("This sanction on %(name)s is in force until %(until)s already. Choose a later end, or lift it.")
            raise ValidationError({"kind": text % {"name": person.name, "until": until}})


def locked_sanction(sanction: Sanction) -> Sanction:
    """Return the sanction as it stands now, with city and people, its row locked."""
    rows = Sanction.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("city", "person", "imposed_by").get(pk=sanction.pk)


@transaction.atomic
def lift_sanction(sanction: Sanction, *, by: User, reason: str, at: datetime | None = None) -> Sanction:
    """End the sanction now, and return it; one that is lifted or has run out stays as it is.

    A warning is taken back. Raises Forbidden, and ValidationError for a missing `reason`.
    """
    sanction, now = locked_sanction(sanction), at or timezone.now()
    rank = ranks_in(sanction.city, [sanction.imposed_by])[sanction.imposed_by_id]
    require(can_lift_sanction(Viewer.of(by), sanction, rank=rank))
    if not reason.strip():
        raise ValidationError({"reason": NEEDS_REASON})
    end_sanction(sanction, by=by, reason=reason.strip(), at=now)
    return sanction


def end_sanction(sanction: Sanction, *, by: User, reason: str, at: datetime) -> Event | None:
    """End a locked sanction and return the event, None when it had ended (for actions that checked that they may)."""
    if sanction.lifted_at or (sanction.ends_at and sanction.ends_at <= at):
        return None
    sanction.lifted_at, sanction.lifted_by = at, by
    sanction.save(update_fields=["lifted_at", "lifted_by"])
    imposed = sanction.events.filter(kind__in=IMPOSED.values(), undone_by=None).first()
    return events.record(
        "sanction.lifted",
        by=by,
        city=sanction.city,
        person=sanction.person,
        sanction=sanction,
        undoes=imposed,
        reason=reason,
        is_private=bool(imposed and imposed.is_private),
        at=at,
    )
