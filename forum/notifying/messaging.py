"""Who hears of private messages and of what is reported of them. Pure reads."""

from collections.abc import Iterator

from accounts.models import User
from forum.models import Event, MessageReport
from forum.permissions.conversations import people_who_hear

type Hearer = tuple[int, str]  # a person's id, and the kind of news


def addressed(event: Event) -> Iterator[Hearer]:
    """Yield who reads the conversation and has not blocked the author."""
    people = people_who_hear(event.data.get("conversation", 0), event.actor_id)
    for pk in people.values_list("user", flat=True):
        yield pk, "message"


def added(event: Event) -> Iterator[Hearer]:
    """Yield who was brought into the conversation."""
    people = people_who_hear(event.data.get("conversation", 0), event.actor_id)
    for pk in people.filter(user__in=event.data.get("people", ())).values_list("user", flat=True):
        yield pk, "added"


def deciders(event: Event) -> Iterator[Hearer]:
    """Yield the moderators who may decide about a reported message: none who wrote or reported it."""
    report = MessageReport.objects.filter(pk=event.data.get("message_report")).first()
    if report is None or report.state != MessageReport.State.WAITING:
        return
    moderators = User.objects.filter(is_staff=True, is_active=True)
    for pk in moderators.exclude(pk__in=(report.person_id, report.reporter_id)).values_list("pk", flat=True):
        yield pk, "message_reported"


def reporter(event: Event) -> Iterator[Hearer]:
    """Yield who reported the message that was decided about."""
    kind = "message_upheld" if event.kind == "message_report.upheld" else "message_dismissed"
    found = MessageReport.objects.filter(pk=event.data.get("message_report"))
    for pk in found.values_list("reporter", flat=True):
        yield pk, kind
