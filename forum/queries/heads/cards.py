"""What stands on the pictures of threads, cities and digests that are shared elsewhere."""

from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404
from django.urls import reverse

from forum.models import City, Digest, Thread
from forum.permissions.cities import visible_cities
from forum.permissions.digests import visible_digests
from forum.permissions.people import visible_people
from forum.permissions.roles import Viewer
from forum.queries.threads import get_thread
from forum.text import names
from forum.text.card_words import CardWords


def card_of_thread(thread: Thread) -> CardWords:
    """Return the words of a thread's picture: its title, its city and board."""
    city = thread.city
    return CardWords(thread.title, city.name, thread.board.name, seal=_seal(city), ink=city.ink)


def card_of_city(city: City) -> CardWords:
    """Return the words of a city's picture: its name, and what it says of itself."""
    return CardWords(city.name, lead=city.description, seal=_seal(city), ink=city.ink)


def card_of_digest(digest: Digest) -> CardWords:
    """Return the words of a digest's picture: its title and second title, and who keeps it."""
    return CardWords(digest.title, digest.owner.name, lead=digest.subtitle)


def card_words(viewer: Viewer, noun: str, pk: int) -> CardWords:
    """Return what stands on the picture of the "thread", "city" or "digest" with this id; one query.

    Raises Http404 for what is not there for the viewer.
    """
    if noun == "thread":
        return card_of_thread(get_thread(viewer, pk))
    if noun == "city":
        return card_of_city(get_object_or_404(visible_cities(viewer, City.objects.all()), pk=pk))
    digests = visible_digests(viewer, Digest.objects.select_related("owner"))
    return card_of_digest(
        get_object_or_404(digests.filter(Exists(visible_people().filter(pk=OuterRef("owner")))), pk=pk)
    )


def card_path(noun: str, pk: int, words: CardWords) -> str:
    """Return the path of the picture of a "thread", "city" or "digest" with these words."""
    return reverse("card", args=[noun, pk, words.version])


def _seal(city: City) -> str:
    return city.seal or names.seal_characters(city.name)
