"""To whom one writes: people found by the names that were typed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models.functions import Lower

from accounts.models import User
from forum.permissions.messages import with_ways
from forum.permissions.roles import Viewer

NAMES_READ = 40  # more than anybody may write to at once
_BETWEEN = re.compile(r"[,，、;；\n]+")


@dataclass(frozen=True, slots=True)
class Recipients:
    """The people who were found, as the viewer may write to them, and the names that nobody has or several share."""

    people: list[User]
    unknown: list[str]


def names_in(text: str) -> list[str]:
    """Return the names that stand in the text with commas between them, each once."""
    names = (" ".join(name.split()).removeprefix("@") for name in _BETWEEN.split(text))
    return list(dict.fromkeys(name for name in names if name))[:NAMES_READ]


def recipients(viewer: Viewer, names: Iterable[str]) -> Recipients:
    """Return whom the names mean: a sign-in name in whatever case, else a display name that only one person has.

    Two queries.
    """
    wanted = {name: name.lower() for name in names}
    if not wanted:
        return Recipients([], [])
    active = with_ways(viewer, User.objects.filter(is_active=True, closes_at=None))
    by_username = active.annotate(key=Lower("username")).filter(key__in=wanted.values())
    found: dict[str, list[User]] = {}
    for person in by_username:
        found.setdefault(person.username.lower(), []).append(person)
    rest = [key for key in wanted.values() if key not in found]
    for person in active.annotate(key=Lower("display_name")).filter(key__in=rest)[: 4 * NAMES_READ] if rest else ():
        found.setdefault(person.display_name.lower(), []).append(person)
    people = [found[key][0] for key in wanted.values() if len(found.get(key, [])) == 1]
    unknown = [name for name, key in wanted.items() if len(found.get(key, [])) != 1]
    return Recipients(list(dict.fromkeys(people)), unknown)
