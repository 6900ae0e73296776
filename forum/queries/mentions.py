"""Mentions: whom the @names of a text mean, and whose names are offered while one types."""

from urllib.parse import unquote

from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse

from accounts.models import User
from forum.models import Post, Thread
from forum.permissions.posts import readable_posts
from forum.permissions.roles import Viewer
from forum.permissions.threads import visible_threads
from forum.text.mentions import MOST, mentioned_addresses, possible_names

OFFERED = 6
LATELY = 100  # posts of the thread whose authors stand first
_LAST = chr(0x10FFFF)  # stands after all that people write


def people_named(source: str) -> dict[str, User]:
    """Return the people whose @names may stand in the text, by sign-in name in lower case, as many as one may mention.

    One query, none for a text without any.
    """
    names = possible_names(source)
    if not names:
        return {}
    rows = User.objects.annotate(lower=Lower("username")).filter(lower__in=names, is_active=True)
    found = {person.username.lower(): person for person in rows}
    return {name: found[name] for name in [name for name in names if name in found][:MOST]}


def addresses_of(people: dict[str, User]) -> dict[str, str]:
    """Return the address of each person, by the same names: what the renderer makes links of."""
    return {name: reverse("person", args=[person.username]) for name, person in people.items()}


def people_mentioned_in(html: str) -> list[User]:
    """Return the people to whom the mentions in rendered HTML lead; one query, none where nobody is mentioned."""
    names = [unquote(address.rstrip("/").rpartition("/")[2]) for address in mentioned_addresses(html)]
    return list(User.objects.filter(username__in=names, is_active=True).order_by("pk")) if names else []


def names_to_offer(viewer: Viewer, text: str, *, thread: int | None = None) -> list[User]:
    """Return whose names to offer for what was typed after @, at most OFFERED; two queries beside that for the roles.

    Who wrote in the thread of late stands first; for no text at all they stand alone. Oneself, and people who cannot
    sign in, are left out.
    """
    text = text.strip().casefold()[:60]
    found = _lately_in(viewer, thread) if thread else []
    if text and len([one for one in found if _begins(one, text)]) < OFFERED:
        found += _beginning(text)
    known = {one.pk: one for one in found if _begins(one, text) and not one.is_claimable and one != viewer.user}
    return list(known.values())[:OFFERED]


def _begins(person: User, text: str) -> bool:
    return any(name.casefold().startswith(text) for name in (person.username, person.name))


def _lately_in(viewer: Viewer, thread: int) -> list[User]:
    """Return who wrote the last posts of the thread that the viewer may see, the last first; some more than once."""
    there = visible_threads(viewer, Thread.objects.filter(pk=thread))
    posts = readable_posts(
        viewer, Post.objects.filter(thread__in=there, author__is_active=True, author__closes_at=None)
    )
    return [post.author for post in posts.order_by("-number").select_related("author").only("author")[:LATELY]]


def _beginning(text: str) -> list[User]:
    """Return people whose sign-in name or display name may begin with the text, by two indexes.

    The database compares by its own rules, so what it finds has to be looked at again.
    """
    people = User.objects.annotate(lower_username=Lower("username"), lower_display_name=Lower("display_name"))
    near = Q(lower_username__range=(text, text + _LAST)) | Q(lower_display_name__range=(text, text + _LAST))
    return list(
        people.filter(near, is_active=True, closes_at=None, is_claimable=False).order_by("username")[: 4 * OFFERED]
    )
