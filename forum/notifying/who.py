"""Who hears of an event, and why: pure reads."""

from collections.abc import Callable, Iterable, Iterator
from itertools import batched

from accounts.models import User
from forum.models import Application, City, Event, Post, Watch
from forum.notifying import appealing, electing, messaging, reporting
from forum.notifying.watchers import Watchers
from forum.permissions.posts import people_who_see_post
from forum.permissions.roles import people_with
from forum.permissions.threads import people_who_see_thread

type Hearer = tuple[int, str]  # a person's id, and the kind of news

PEOPLE_AT_ONCE = 500  # ids in one query


def _thread_author(kind: str) -> Callable[[Event], Iterable[Hearer]]:
    return lambda event: [(event.thread.author_id, kind)] if event.thread else []


def _post_author(kind: str) -> Callable[[Event], Iterable[Hearer]]:
    return lambda event: [(event.post.author_id, kind)] if event.post else []


def _person(kind: str) -> Callable[[Event], Iterable[Hearer]]:
    return lambda event: [(event.person_id, kind)] if event.person_id else []


def _talked_to(event: Event) -> Iterator[Hearer]:
    """Yield who is replied to: the person addressed, then the author of the thread."""
    if event.post and event.post.addressed:
        yield event.post.addressed.author_id, "addressed"
    if event.thread:
        yield event.thread.author_id, "reply"


def _authors_carried(event: Event) -> Iterator[Hearer]:
    """Yield whose posts were split off into another thread."""
    authors = Post.objects.filter(thread=event.data.get("other")).values_list("author", flat=True)
    yield from ((user, "posts_split") for user in authors.order_by("author").distinct())


def _refused_applicant(event: Event) -> Iterator[Hearer]:
    # The event does not name a refused person, because the log is public; the application does.
    decided = Application.objects.filter(city=event.city_id, decided_by=event.actor_id, decided_at=event.created_at)
    for user_id in decided.filter(state=Application.State.REFUSED).values_list("user", flat=True):
        yield user_id, "refused"


def _officers(event: Event) -> Iterator[Hearer]:
    if event.city:
        deciding = User.objects.filter(people_with("admit", event.city), memberships__city=event.city)
        for user_id in deciding.values_list("pk", flat=True):
            yield user_id, "applied"


def _approvers(event: Event) -> Iterator[Hearer]:
    if event.city:
        deciding = User.objects.filter(people_with("approve", event.city), memberships__city=event.city)
        for user_id in deciding.values_list("pk", flat=True):
            yield user_id, "held"


# Whom an event concerns in person, by its kind; who stands first in an answer hears it as that.
CONCERNED: dict[str, Callable[[Event], Iterable[Hearer]]] = {
    "post.created": _talked_to,
    "thread.created": lambda event: (),
    "post.recommended": _post_author("recommended"),
    "post.hidden": _post_author("post_hidden"),
    "post.restored": _post_author("post_restored"),
    "thread.hidden": _thread_author("thread_hidden"),
    "thread.restored": _thread_author("thread_restored"),
    "thread.locked": _thread_author("thread_locked"),
    "thread.unlocked": _thread_author("thread_unlocked"),
    "thread.featured": _thread_author("thread_featured"),
    "thread.pinned": _thread_author("thread_pinned"),
    "thread.pinned_until": _thread_author("thread_pinned"),
    "thread.moved": _thread_author("thread_moved"),
    "thread.merged": _person("thread_merged"),
    "thread.unmerged": _thread_author("thread_unmerged"),
    "thread.split": _authors_carried,
    "post.held": _approvers,
    "post.approved": _post_author("approved"),
    "post.refused": _post_author("post_refused"),
    "application.sent": _officers,
    "report.filed": reporting.deciders,
    "case.escalated": reporting.deciders,
    "case.upheld": reporting.reporters,
    "case.dismissed": reporting.reporters,
    "sanction.warned": _person("warned"),
    "sanction.muted": _person("muted"),
    "sanction.banned": _person("banned"),
    "sanction.suspended": _person("suspended"),
    "sanction.lifted": appealing.relieved,
    "appeal.made": appealing.deciders,
    "appeal.passed_on": appealing.deciders,
    "appeal.granted": appealing.appellant,
    "appeal.refused": appealing.appellant,
    "application.accepted": _person("accepted"),
    "application.refused": _refused_applicant,
    "election.called": electing.roll("vote_called"),
    "election.begun": electing.roll("vote_called"),
    "election.voting": electing.roll("voting"),
    "election.decided": electing.roll("vote_decided"),
    "election.failed": electing.roll("vote_decided"),
    "election.cancelled": electing.roll("vote_cancelled"),
    "candidate.proposed": _person("proposed"),
    "handover.offered": _person("office_offered"),
    "handover.accepted": _person("office_accepted"),
    "handover.declined": _person("office_declined"),
    "handover.withdrawn": _person("office_withdrawn"),
    "mayor.elected": _person("became_mayor"),
    "mayor.handed": _person("became_mayor"),
    "mayor.followed": _person("became_mayor"),
    "mayor.appointed": _person("became_mayor"),
    "mayor.warned": _person("waited_for"),
    "mayor.missing": electing.moderators("mayor_missing"),
    "officer.recalled": _person("recalled"),
    "deputy.elected": _person("elected_deputy"),
    "deputy.ended": _person("term_ended"),
    "poll.closed": _thread_author("poll_closed"),
    "deputy.named": _person("named"),
    "deputy.dismissed": _person("dismissed"),
    "deputy.granted": _person("entrusted"),
    "message.sent": messaging.addressed,
    "conversation.joined": messaging.added,
    "message.reported": messaging.deciders,
    "message_report.upheld": messaging.reporter,
    "message_report.dismissed": messaging.reporter,
}
# What those hear who watch the place: the kind of news, and the levels at which it comes.
SPREADING: dict[str, tuple[str, frozenset[str]]] = {
    "post.created": ("watched", frozenset({Watch.Level.ALL})),
    "thread.created": ("thread", frozenset({Watch.Level.ALL, Watch.Level.THREADS})),
}
# What muting silences; what officers did to one's own and decided about oneself comes all the same.
SILENCED = frozenset({"addressed", "reply", "recommended"})


def hearers_of(events: Iterable[Event]) -> Iterator[tuple[Event, dict[int, str]]]:
    """Yield each event with those who hear of it: their ids and the kind of news.

    The events must be loaded with thread and city, post and addressed post. Never the actor, each person once
    and for the strongest reason, nobody who has muted the place, only who may see it. One query for all watches;
    others only where not everybody sees the thread, and for applications.
    """
    concerned = [(event, list(CONCERNED[event.kind](event))) for event in events]
    watchers = Watchers(
        spreading=[event for event, _people in concerned if event.kind in SPREADING],
        personal=[event for event, people in concerned if any(kind in SILENCED for _user, kind in people)],
        people=[user for _event, people in concerned for user, kind in people if kind in SILENCED],
    )
    for event, people in concerned:
        yield event, _seeing(event, _heard(event, people, watchers))


def _heard(event: Event, people: Iterable[Hearer], watchers: Watchers) -> dict[int, str]:
    levels = watchers.levels(event.thread, event.created_at) if event.thread else {}
    heard: dict[int, str] = {}
    for user, kind in people:
        if kind not in SILENCED or levels.get(user) != Watch.Level.MUTED:
            heard.setdefault(user, kind)
    if event.kind in SPREADING:
        news, wanted = SPREADING[event.kind]
        for user, level in levels.items():
            if level in wanted:
                heard.setdefault(user, news)
    if event.actor_id:
        heard.pop(event.actor_id, None)
    return heard


def _seeing(event: Event, heard: dict[int, str]) -> dict[int, str]:
    """Return those who may see the thread or the post; where everybody may, nobody is asked for."""
    thread, post = event.thread, event.post
    if thread is None or not heard:
        return heard
    if post:
        post.thread = thread
    is_open = thread.city.visibility == City.Visibility.PUBLIC and not thread.is_hidden
    if is_open and not (post and post.is_hidden):
        return heard
    seeing: dict[int, str] = {}
    for ids in batched(heard, PEOPLE_AT_ONCE):
        people = User.objects.filter(pk__in=ids)
        people = people_who_see_post(post, people) if post else people_who_see_thread(thread, people)
        seeing |= {pk: heard[pk] for pk in people.values_list("pk", flat=True)}
    return seeing
