"""What each kind of page says of itself; from what its view has read already, so without a query."""

from functools import partial
from typing import Any

from django.core.paginator import Page
from django.urls import reverse
from django.utils.translation import gettext as _

from forum.models import Board, City, Digest
from forum.queries.heads import structured
from forum.queries.heads.cards import card_of_city, card_of_digest, card_of_thread, card_path
from forum.queries.heads.meta import PageMeta
from forum.queries.people import PersonPage
from forum.queries.thread_pages import ThreadPage
from forum.text.excerpts import shorten

DESCRIPTION_LENGTH = 80  # Han characters: what search engines show


def plain_meta(origin: str, path: str, title: str, *, chosen: str = "", **more: Any) -> PageMeta:
    """Return what a page says whose words are the site's own, so that it is the same page in each language."""
    return PageMeta(origin, path, title, in_each_language=True, chosen=chosen, **more)


def home_meta(origin: str, *, chosen: str) -> PageMeta:
    """Return what the home page says: the site, and how to search it."""
    words = _("Cities of people who talk with each other: boards, threads and digests, in Chinese and English.")
    data = structured.of_site(origin)
    return plain_meta(origin, reverse("home"), _("Cityboards"), chosen=chosen, description=words, data=data)


def directory_meta(origin: str, *, page: "Page[Any]", category: str, name: str, chosen: str) -> PageMeta:
    """Return what the directory says; orders and searches are the same page."""
    path = reverse("cities", query={"category": category} if category else None)
    is_plain = not category and not name and page.number == 1
    if is_plain:
        return plain_meta(origin, path, _("Cities"), chosen=chosen)
    return PageMeta(origin, path, _("Cities"), is_indexed=not name and page.number == 1)


def city_meta(origin: str, city: City, *, chosen: str) -> PageMeta:
    """Return what a city's front page says; that of one which only its citizens read is not to be found."""
    path, is_open = reverse("city", args=[city.slug]), city.visibility == City.Visibility.PUBLIC
    return plain_meta(
        origin,
        path,
        city.name,
        chosen=chosen,
        description=city.description,
        is_indexed=is_open,
        card=card_path("city", city.pk, card_of_city(city)) if is_open else "",
        data=structured.of_place(origin, [(_("Cities"), reverse("cities")), (city.name, path)]) if is_open else None,
    )


def board_meta(origin: str, board: Board, *, is_first: bool) -> PageMeta:
    """Return what a board says; its orders are the same page, and pages further down are only led through."""
    city = board.city
    path, is_open = reverse("board", args=[city.slug, board.slug]), city.visibility == City.Visibility.PUBLIC
    steps = [(city.name, reverse("city", args=[city.slug])), (board.name, path)]
    return PageMeta(
        origin,
        path,
        f"{board.name} · {city.name}",
        description=board.description or city.description,
        is_indexed=is_open and is_first,
        card=card_path("city", city.pk, card_of_city(city)) if is_open else "",
        data=structured.of_place(origin, steps) if is_open and is_first else None,
    )


def thread_meta(origin: str, page: ThreadPage, *, with_data: bool) -> PageMeta:
    """Return what a page of a thread says; `with_data`: with the posts on it as data, which a member does not need."""
    thread, number = page.thread, page.numbers.number
    is_open = not thread.is_hidden and thread.city.visibility == City.Visibility.PUBLIC
    title = thread.title if number == 1 else _("%(title)s, page %(number)s") % {"title": thread.title, "number": number}
    return PageMeta(
        origin,
        _page_path("thread", [thread.pk], number),
        title,
        description=thread.excerpt,
        kind="article",
        card=card_path("thread", thread.pk, card_of_thread(thread)) if is_open else "",
        published=thread.created_at,
        modified=thread.last_post_at,
        section=thread.board.name,
        language=thread.language,
        previous=_page_path("thread", [thread.pk], number - 1) if page.numbers.has_previous() else "",
        next=_page_path("thread", [thread.pk], number + 1) if page.numbers.has_next() else "",
        is_indexed=is_open,
        data=partial(structured.of_thread, origin, page) if is_open and with_data else None,
    )


def person_meta(origin: str, page: PersonPage, *, is_first: bool) -> PageMeta:
    """Return what the page of a person says; of who hides their posts it only says that there is such a page."""
    person = page.person
    return PageMeta(
        origin,
        reverse("person", args=[person.username]),
        person.name,
        description=shorten(person.about, DESCRIPTION_LENGTH),
        kind="profile",
        is_indexed=is_first and page.posts is not None,
        data=structured.of_person(origin, page) if page.posts is not None and is_first else None,
    )


def digest_meta(origin: str, digest: Digest, page: "Page[Any]") -> PageMeta:
    """Return what a digest says; a private one is not to be found."""
    names, number = [digest.owner.username, digest.slug], page.number
    return PageMeta(
        origin,
        _page_path("digest", names, number),
        f"{digest.title} · {digest.owner.name}",
        description=shorten(digest.description, DESCRIPTION_LENGTH),
        kind="article",
        card=card_path("digest", digest.pk, card_of_digest(digest)) if digest.is_public else "",
        published=digest.created_at,
        modified=digest.changed_at,
        previous=_page_path("digest", names, number - 1) if page.has_previous() else "",
        next=_page_path("digest", names, number + 1) if page.has_next() else "",
        is_indexed=digest.is_public,
    )


def _page_path(name: str, args: list[Any], number: int) -> str:
    return reverse(name, args=args, query={"page": number} if number > 1 else None)
