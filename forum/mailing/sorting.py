"""Sorting: each notification is looked at once, and put into the letter that will carry it, or into none."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import User
from forum.mailing.addresses import reachable
from forum.mailing.choices import Rhythms
from forum.mailing.days import day_of, due
from forum.mailing.families import family_of
from forum.models import Letter, MailSetting, Notification, Rhythm
from forum.notifying.bundles import conversation_of
from forum.notifying.kinds import NEWS

AT_ONCE = 1000  # notifications in one transaction
STALE = timedelta(days=7)  # what is older when it is looked at is no news for a mail

type Key = tuple[int, str, str, str]  # person, rhythm, family, about: what makes a letter one letter


@dataclass(frozen=True, slots=True)
class _Place:
    key: Key
    due_at: datetime


def sort_news(at: datetime | None = None) -> int:
    """Look at all notifications that nobody has looked at; return how many were put into letters.

    Several who sort at the same time share the work. What could not be placed, because its letter was sealed in that
    moment, is looked at again by the next round.
    """
    now, placed = at or timezone.now(), 0
    while Notification.objects.filter(is_sorted=False).exists():
        seen, put = _sort_some(now)
        placed += put
        if seen < AT_ONCE:
            break
    return placed


@transaction.atomic
def _sort_some(now: datetime) -> tuple[int, int]:
    """Return how many notifications were looked at, and how many of them were put into letters."""
    waiting = Notification.objects.filter(is_sorted=False).select_related("event").order_by("pk")
    rows = list(waiting.select_for_update(skip_locked=True, of=("self",))[:AT_ONCE])
    places = dict(_places(rows, now))
    letters = _letters(places.values(), now)
    moved: list[Notification] = []
    unwanted = [row.pk for row in rows if row.pk not in places]
    for row in rows:
        place = places.get(row.pk)
        if place and place.key in letters:
            row.letter_id, row.is_sorted = letters[place.key], True
            moved.append(row)
    Notification.objects.filter(pk__in=unwanted).update(is_sorted=True)
    Notification.objects.bulk_update(moved, ["letter", "is_sorted"], batch_size=200)
    return len(rows), len(moved)


def _places(rows: Sequence[Notification], now: datetime) -> Iterator[tuple[int, _Place]]:
    """Yield the ids of those notifications that go out by mail, with the letters they belong into."""
    rhythms, people = Rhythms(row.user_id for row in rows), [row.user_id for row in rows]
    addresses = reachable(people)
    zones = dict(User.objects.filter(pk__in=addresses).values_list("pk", "time_zone"))
    for row in rows:
        family = family_of(row.kind)
        rhythm = rhythms.of(row.user_id, family.name)
        is_known = row.read_at is not None and not family.is_always
        is_stale = row.created_at < now - STALE or row.kind not in NEWS
        if rhythm == Rhythm.NONE or row.user_id not in addresses or is_known or is_stale:
            continue
        due_at = due(rhythm, zones[row.user_id], now)
        if rhythm == Rhythm.ONCE:
            key = (row.user_id, rhythm.value, family.name, _about(row))
        else:
            key = (row.user_id, rhythm.value, "", str(day_of(due_at, zones[row.user_id])))
        yield row.pk, _Place(key, due_at)


def _about(row: Notification) -> str:
    """Return what stands together in one mail: the same as on the page of notifications."""
    match NEWS[row.kind].bundled:
        case "thread":
            return f"thread:{row.thread_id}"
        case "post":
            return f"post:{row.event.post_id}"
        case "conversation":
            return f"conversation:{conversation_of(row)}"
    return f"news:{row.pk}"


def _letters(places: Iterable[_Place], now: datetime) -> dict[Key, int]:
    """Return the ids of the letters with these keys, made where they are missing and held until they are filled."""
    wanted = {place.key: place.due_at for place in places}
    if not wanted:
        return {}
    rows = [
        Letter(user_id=user, rhythm=rhythm, family=family, about=about, due_at=due_at, created_at=now)
        for (user, rhythm, family, about), due_at in wanted.items()
    ]
    Letter.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    found = Letter.objects.filter(
        state=Letter.State.OPEN, user__in={key[0] for key in wanted}, about__in={key[3] for key in wanted}
    )
    keys = {
        (letter.user_id, letter.rhythm, letter.family, letter.about): letter.pk
        for letter in found.select_for_update().order_by("pk")
    }
    return {key: pk for key, pk in keys.items() if key in wanted}


def open_bulletins(at: datetime | None = None) -> int:
    """Make the next bulletin of everybody who wants one and has none waiting; return how many were made."""
    now, rows = at or timezone.now(), []
    for rhythm in (Rhythm.DAILY, Rhythm.WEEKLY):
        waiting = Letter.objects.filter(user=OuterRef("user"), rhythm=rhythm, state=Letter.State.OPEN)
        wanted = MailSetting.objects.filter(~Exists(waiting), family="bulletin", rhythm=rhythm)
        zones = dict(wanted.values_list("user", "user__time_zone"))
        for user in reachable(zones):
            due_at = due(rhythm, zones[user], now)
            about = str(day_of(due_at, zones[user]))
            rows.append(Letter(user_id=user, rhythm=rhythm, about=about, due_at=due_at, created_at=now))
    Letter.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    return len(rows)
