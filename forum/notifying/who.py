"""Who hears of an event, and why: pure reads."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import batched
from operator import eq, le
from typing import Final

from django.db.models import QuerySet

from accounts.models import User
from accounts.prepared import Prepared
from forum.models import City, Event, Mention, Watch
from forum.notifying.concerned import CONCERNED, Hearer
from forum.notifying.watchers import TooManyError, Watchers, Window
from forum.permissions.posts import people_who_see_post
from forum.permissions.threads import people_who_see_thread

PEOPLE_AT_ONCE = 500  # ids in one query


@dataclass(frozen=True, slots=True)
class Spread:
    """What those hear who watch the place, or who wrote; and at which levels."""

    place: str
    person: str
    levels: frozenset[str]


SPREADING: Final[dict[str, Spread]] = {
    "post.created": Spread("watched", "person_wrote", frozenset({Watch.Level.ALL})),
    "thread.created": Spread("thread", "person_started", frozenset({Watch.Level.ALL, Watch.Level.THREADS})),
}
# What somebody says or does to one. Muting silences it: what officers did to one's own, and decided about oneself,
# comes all the same.
SPOKEN: Final = frozenset({"addressed", "mention", "reply", "recommended"})
# What comes of nobody whom one has blocked.
KEPT_AWAY: Final = SPOKEN | {spread.place for spread in SPREADING.values()} | {"person_wrote", "person_started"}
_STRENGTH: Final = {"addressed": 0, "mention": 1}  # whatever else concerns a person comes after these

# Events that tell of mentions: when a post appears of all that it has by then, an edit of those that came with it.
NAMING: Final = {"post.created": le, "thread.created": le, "post.edited": eq}

type Heard = dict[int, str]  # a person's id → the kind of news


def _mention_rows(post: int) -> QuerySet[Mention]:
    return Mention.objects.filter(post=post)


_mentions = Prepared(_mention_rows)


def hearers_of(events: Sequence[Event], *, most: int) -> list[tuple[Event, Heard]]:
    """Return each event with those who hear of it.

    The events must be loaded with actor, thread and city, post and addressed post. Never the actor, each person once
    and for the strongest reason, nobody who has muted the place or blocked the actor, only who may see it. One query
    each for mentions, watches and blocks; others only where not everybody sees the thread, and by the table of
    those concerned. Raises TooManyError for more than `most` hearers.
    """
    concerned = _concerned(events)
    if sum(len(people) for _event, people in concerned) > most:
        raise TooManyError
    spoken_to = [(event, user) for event, people in concerned for user, kind in people if kind in SPOKEN]
    watchers = Watchers.of(
        spreading=[event for event in events if event.kind in SPREADING],
        personal=list({event.pk: event for event, _user in spoken_to}.values()),
        people={user for _event, user in spoken_to},
        most=most,
    )
    return [(event, _seeing(event, _heard(event, people, watchers))) for event, people in concerned]


def hearers_in_window(event: Event, *, after: int, size: int) -> tuple[Heard, int | None]:
    """Return those who hear of the event among some `size` people with ids above `after`, and the last id looked at.

    That is None when nobody is left. The queries take as long for the last window as for the first.
    """
    [(_event, people)] = _concerned([event])
    window = Window.of(event, sorted({user for user, _kind in people}), after=after, size=size)
    people = [(user, kind) for user, kind in people if window.holds(user)]
    return _seeing(event, _heard(event, people, window.watchers)), window.last


def _concerned(events: Sequence[Event]) -> list[tuple[Event, list[Hearer]]]:
    """Return whom each event concerns in person, the strongest reason first."""
    written = {event.post_id for event in events if event.kind in NAMING and event.post_id}
    named: dict[int | None, list[Mention]] = defaultdict(list)
    for mention in _mentions(*written) if len(written) == 1 else Mention.objects.filter(post__in=written):
        named[mention.post_id].append(mention)
    found = []
    for event in events:
        people = list(CONCERNED[event.kind](event))
        if named_at := NAMING.get(event.kind):
            told = [one for one in named[event.post_id] if named_at(one.created_at, event.created_at)]
            people += [(mention.user_id, "mention") for mention in told]
        found.append((event, sorted(people, key=lambda one: _STRENGTH.get(one[1], 2))))
    return found


def _heard(event: Event, people: Iterable[Hearer], watchers: Watchers) -> Heard:
    """Return who hears of the event by what they chose."""
    places = watchers.levels(event.thread, event.created_at) if event.thread else {}
    persons = watchers.levels_of_person(event.actor_id, event.created_at) if event.thread else {}
    muted = {user for levels in (places, persons) for user, level in levels.items() if level == Watch.Level.MUTED}
    heard: Heard = {}
    for user, kind in people:
        is_quiet = kind == "reply" and places.get(user) == Watch.Level.MENTIONS
        if kind not in SPOKEN or (user not in muted and not is_quiet):
            heard.setdefault(user, kind)
    if spread := SPREADING.get(event.kind):
        shows = event.actor and not event.actor.is_nameless and event.actor.posts_shown_to != User.Audience.MYSELF
        for levels, news in ((persons if shows else {}, spread.person), (places, spread.place)):
            wanting = (user for user, level in levels.items() if level in spread.levels and user not in muted)
            for user in wanting:
                heard.setdefault(user, news)
    away = watchers.blockers(event.actor_id) | {event.actor_id}
    return {
        user: kind
        for user, kind in heard.items()
        if user not in away or (kind not in KEPT_AWAY and user != event.actor_id)
    }


def _seeing(event: Event, heard: Heard) -> Heard:
    """Return those who may see the thread or the post; where everybody may, nobody is asked for."""
    thread, post = event.thread, event.post
    if thread is None or not heard:
        return heard
    if post:
        post.thread = thread
    is_open = thread.city.visibility == City.Visibility.PUBLIC and not thread.is_hidden and not thread.merged_into_id
    if is_open and not (post and post.is_hidden):
        return heard
    seeing: Heard = {}
    for ids in batched(heard, PEOPLE_AT_ONCE):
        people = User.objects.filter(pk__in=ids)
        people = people_who_see_post(post, people) if post else people_who_see_thread(thread, people)
        seeing |= {pk: heard[pk] for pk in people.values_list("pk", flat=True)}
    return seeing
