"""What an account says of its person."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from accounts.models import User

OF_PROFILE = (
    "username",
    "display_name",
    "email",
    "about",
    "signature",
    "shows_signatures",
    "cities_shown_to",
    "posts_shown_to",
    "recommendations_shown_to",
    "digests_shown_to",
    "watches_replies",
    "folded_words",
    "messages_from",
    "language",
    "text_size",
    "theme",
    "writing",
    "calendar",
    "time_zone",
)


def profile(person: User, address: Callable[[str], str]) -> dict[str, Any]:
    """Return what the account says of the person, nothing secret."""
    values = {name: getattr(person, name) for name in OF_PROFILE}
    return values | {
        "joined": person.date_joined.isoformat(),
        "address": address(reverse("person", args=[person.username])),
    }
