"""What people have heard, in short."""

from accounts.models import User
from forum.models import Event, Notification
from forum.notifying import deliver, retract
from forum.notifying.delivering import TAKEN_BACK


def tell_all() -> None:
    """Tell everybody of everything that happened so far, as if it had been committed at once."""
    deliver(Event.objects.exclude(actor=None).order_by("pk"))
    retract(Event.objects.filter(kind__in=TAKEN_BACK))


def forget() -> None:
    """Let everybody have heard of everything so far."""
    tell_all()
    Notification.objects.all().delete()
    Event.objects.all().delete()


def heard_by(person: User) -> list[str]:
    """Return the kinds of what the person heard, the oldest first."""
    return list(Notification.objects.filter(user=person).order_by("created_at", "pk").values_list("kind", flat=True))


def hearers() -> dict[str, str]:
    """Return what everybody heard who heard anything, by sign-in name."""
    rows = Notification.objects.order_by("created_at", "pk").values_list("user__username", "kind")
    heard: dict[str, list[str]] = {}
    for name, kind in rows:
        heard.setdefault(name, []).append(kind)
    return {name: " ".join(kinds) for name, kinds in heard.items()}
