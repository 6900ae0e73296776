"""THE table of those whom an event concerns in person, by its kind. Pure reads."""

from collections.abc import Callable, Iterable, Iterator

from accounts.models import User
from forum.models import Application, Event, Post
from forum.notifying import appealing, electing, messaging, reporting
from forum.permissions.roles import people_with

type Hearer = tuple[int, str]  # a person's id, and the kind of news


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


# Who stands first in an answer hears it as that.
CONCERNED: dict[str, Callable[[Event], Iterable[Hearer]]] = {
    "post.created": _talked_to,
    "post.edited": lambda event: (),  # who is mentioned: those are read for many events at once
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
    "draft.returned": _person("returned"),
    "deputy.named": _person("named"),
    "deputy.dismissed": _person("dismissed"),
    "deputy.granted": _person("entrusted"),
    "message.sent": messaging.addressed,
    "conversation.joined": messaging.added,
    "message.reported": messaging.deciders,
    "message_report.upheld": messaging.reporter,
    "message_report.dismissed": messaging.reporter,
}
