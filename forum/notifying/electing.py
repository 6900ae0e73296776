"""Who hears of elections: those on the roll, and the site's moderators where a city waits for a mayor."""

from collections.abc import Callable, Iterator

from accounts.models import User
from forum.models import Event, Voter


def roll(kind: str) -> Callable[[Event], Iterator[tuple[int, str]]]:
    """Return what yields everybody on the roll of the event's election."""

    def hearers(event: Event) -> Iterator[tuple[int, str]]:
        people = Voter.objects.filter(poll__election=event.data["election"]).values_list("user", flat=True)
        yield from ((user, kind) for user in people)

    return hearers


def moderators(kind: str) -> Callable[[Event], Iterator[tuple[int, str]]]:
    """Return what yields the site's moderators."""

    def hearers(event: Event) -> Iterator[tuple[int, str]]:
        people = User.objects.filter(is_staff=True, is_active=True).values_list("pk", flat=True)
        yield from ((user, kind) for user in people)

    return hearers
