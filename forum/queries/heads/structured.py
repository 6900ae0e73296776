"""Structured data of pages (JSON-LD, schema.org), as Google's guide to discussion forums wants it.

A page of a thread is one DiscussionForumPosting: the opening post, and as comments the replies that stand on this page.
A later page names the opening post by title and address only, and begins its comments with its own. What the page shows
no text of (hidden, held, folded) is not there. Texts are cut, for the page itself holds them whole.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from forum.models import Post
from forum.permissions.posts import can_see_post
from forum.queries.people import PersonPage
from forum.queries.thread_pages import ThreadPage
from forum.text.excerpts import shorten
from forum.text.json_text import Json, json_of
from forum.text.plain import html_to_text

TEXT_LENGTH = 150  # Han characters, or twice as many Latin letters
_ENOUGH = 3000  # characters of HTML in which they are looked for
_REMEMBERED = 300  # comments: after a change the other posts of the page are as before
_OPENERS = 30

type Data = dict[str, Any]
type Named = tuple[str, str]  # a name as it is shown, and that of the page of who bears it, if there is one


def of_site(origin: str) -> Mapping[str, Any]:
    """Return the site as data: its name, and how to search it."""
    target = f"{origin}{reverse('search')}?q={{q}}"
    return _graph(
        {
            "@type": "WebSite",
            "name": _("Cityboards"),
            "url": f"{origin}/",
            "potentialAction": {"@type": "SearchAction", "target": target, "query-input": "required name=q"},
        },
        {"@type": "Organization", "name": _("Cityboards"), "url": f"{origin}/"},
    )


def of_place(origin: str, steps: list[tuple[str, str]]) -> Mapping[str, Any]:
    """Return the way to a place as data: names and paths from the top down."""
    return _graph(_breadcrumbs(origin, steps))


def of_thread(origin: str, page: ThreadPage) -> Mapping[str, Any]:
    """Return a page of a thread as data, without a query."""
    thread = page.thread
    path, number = reverse("thread", args=[thread.pk]), page.numbers.number
    here = f"{origin}{path}" if number == 1 else f"{origin}{path}?page={number}"
    place = reverse("board", args=[thread.city.slug, thread.board.slug])
    steps = [(thread.city.name, reverse("city", args=[thread.city.slug])), (thread.board.name, place)]
    crumbs = _breadcrumbs(origin, [*steps, (thread.title, path)])
    told = _told(page)
    opener = next((post for post in told if post.is_opener), None)
    if opener is None and (number == 1 or not thread.excerpt):
        return _graph(crumbs)  # the opening post may not be read: then there is nothing that others reply to
    posting: Data = {
        "@type": "DiscussionForumPosting",
        "headline": thread.title,
        "url": f"{origin}{path}",
        "author": _author(origin, _named(thread.author)),
        "datePublished": thread.created_at.isoformat(timespec="seconds"),
        "text": _text(opener.html) if opener else thread.excerpt,
        "isPartOf": f"{origin}{place}",
        "interactionStatistic": [_count("CommentAction", thread.replies_count)],
        "comment": _comments(origin, here, [post for post in told if not post.is_opener]),
    }
    if thread.language:
        posting["inLanguage"] = thread.language
    if thread.recommendations_count:
        posting["interactionStatistic"].append(_count("LikeAction", thread.recommendations_count))
    if opener and opener.edited_at:
        posting["dateModified"] = opener.edited_at.isoformat(timespec="seconds")
    return _graph(posting, crumbs)


def of_person(origin: str, page: PersonPage) -> Mapping[str, Any]:
    """Return the page of a person as data, with no more than it shows."""
    person, path = page.person, reverse("person", args=[page.person.username])
    about: Data = {"@type": "Person", "name": person.name, "alternateName": person.username, "url": f"{origin}{path}"}
    if person.about:
        about["description"] = shorten(person.about, TEXT_LENGTH)
    if page.numbers:
        about["agentInteractionStatistic"] = _count("WriteAction", page.numbers.posts)
        if page.shows_recommendations:
            about["interactionStatistic"] = _count("LikeAction", page.numbers.recommendations)
    return _graph(
        {"@type": "ProfilePage", "dateCreated": person.date_joined.isoformat(timespec="seconds"), "mainEntity": about}
    )


def _told(page: ThreadPage) -> list[Post]:
    """Return the posts of the page whose text everybody may read."""
    shown = [post for post in page.posts if not post.is_hidden and not post.is_held]
    return [post for post in shown if can_see_post(page.viewer, post)]


def _comments(origin: str, here: str, posts: list[Post]) -> list[Json]:
    """Return posts as data, each written once: after a change most of them are as they were."""
    return [
        _comment(
            origin,
            here,
            post.number,
            _named(post.author),
            post.created_at,
            post.edited_at,
            post.recommendations,
            post.html,
        )
        for post in posts
    ]


@lru_cache(_REMEMBERED)
def _comment(
    origin: str, here: str, number: int, author: Named, at: datetime, edited_at: datetime | None, likes: int, html: str
) -> Json:
    comment: Data = {
        "@type": "Comment",
        "url": f"{here}#p{number}",
        "position": number,
        "author": _author(origin, author),
        "datePublished": at.isoformat(timespec="seconds"),
        "text": _text(html),
    }
    if edited_at:
        comment["dateModified"] = edited_at.isoformat(timespec="seconds")
    if likes:
        comment["interactionStatistic"] = _count("LikeAction", likes)
    return json_of(comment)


def _text(html: str) -> str:
    if len(html) <= _ENOUGH:
        return _shortened(html)
    begun = _shortened(html[:_ENOUGH].rpartition("<")[0])
    # Pictures and tables may take a long run of tags; then the whole is read.
    return begun if begun.endswith("…") else shorten(html_to_text(html), TEXT_LENGTH)


@lru_cache(_OPENERS)
def _shortened(html: str) -> str:
    return shorten(html_to_text(html), TEXT_LENGTH)


def _named(person: User) -> Named:
    return person.name, person.username if person.is_active and not person.is_nameless else ""


def _author(origin: str, named: Named) -> Data:
    name, username = named
    author: Data = {"@type": "Person", "name": name}
    if username:
        author["url"] = f"{origin}{reverse('person', args=[username])}"
    return author


def _count(action: str, number: int) -> Data:
    return {
        "@type": "InteractionCounter",
        "interactionType": f"https://schema.org/{action}",
        "userInteractionCount": number,
    }


def _breadcrumbs(origin: str, steps: list[tuple[str, str]]) -> Data:
    items = [
        {"@type": "ListItem", "position": position, "name": name, "item": f"{origin}{path}"}
        for position, (name, path) in enumerate(steps, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _graph(*things: Data) -> Mapping[str, Any]:
    return {"@context": "https://schema.org", "@graph": list(things)}
