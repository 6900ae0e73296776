"""Writes Atom feeds (RFC 4287), in pages (RFC 5005); one that has not changed is not sent again."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urlencode, urlsplit
from xml.etree.ElementTree import Element, SubElement, tostring

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from forum.feeds.unchanged import unchanged

_NAMESPACE = "http://www.w3.org/2005/Atom"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # XML has no way to write these
_BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)  # when a feed without entries last changed


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: `html` is a whole text, `summary` the beginning of one; `author` may be None in a feed of the site."""

    path: str
    title: str
    published: datetime
    updated: datetime
    author: User | None = None
    html: str = ""
    summary: str = ""
    language: str = ""
    categories: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class AtomFeed:
    """A feed: `path` is the page that it follows, `older` the mark of its next page, if there is one."""

    title: str
    path: str
    entries: list[Entry]
    subtitle: str = ""
    older: str = ""


def answer(request: HttpRequest, feed: AtomFeed) -> HttpResponse:
    """Return the feed as an answer; 304 to who has exactly this."""
    origin = f"{request.scheme}://{request.get_host()}"
    root = _feed(origin, request.get_full_path(), feed)
    root[0:0] = list(_pages(request, origin, feed.older))
    for entry in feed.entries:
        root.append(_entry(origin, entry))
    body = b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="utf-8")
    response = HttpResponse(body, content_type="application/atom+xml; charset=utf-8")
    response.headers["X-Robots-Tag"] = "noindex"
    return unchanged(request, response)


def tag(path: str) -> str:
    """Return the name of a thing for good (RFC 4151): it does not change with the address of the site's pages."""
    return f"tag:{urlsplit(settings.SITE_ADDRESS).hostname or 'localhost'},2026:{path}"


def _feed(origin: str, here: str, feed: AtomFeed) -> Element:
    base = {"xmlns": _NAMESPACE, f"{_XML}lang": get_language() or "", f"{_XML}base": origin + feed.path}
    root = Element("feed", base)
    _write(root, "id", tag(urlsplit(here).path + _what(here)))
    _write(root, "title", feed.title)
    if feed.subtitle:
        _write(root, "subtitle", feed.subtitle)
    _write(root, "updated", max((entry.updated for entry in feed.entries), default=_BEGINNING).isoformat())
    SubElement(root, "link", rel="alternate", type="text/html", href=origin + feed.path)
    SubElement(root, "link", rel="self", type="application/atom+xml", href=origin + here)
    site = SubElement(root, "author")  # of what has no author of its own
    _write(site, "name", _("Cityboards"))
    _write(site, "uri", f"{origin}{reverse('home')}")
    return root


def _what(here: str) -> str:
    """Return what of the query names the feed: all of a search but its page."""
    kept = [pair for pair in urlsplit(here).query.split("&") if pair.startswith(("q=", "in="))]
    return f"?{'&'.join(kept)}" if kept else ""


def _pages(request: HttpRequest, origin: str, older: str) -> Iterable[Element]:
    """Yield the links to the first page, from any other, and to the next one."""
    kept = {name: value for name, value in request.GET.items() if name != "after"}
    if "after" in request.GET:
        yield Element("link", rel="first", href=f"{origin}{request.path}{f'?{urlencode(kept)}' if kept else ''}")
    if older:
        yield Element("link", rel="next", href=f"{origin}{request.path}?{urlencode(kept | {'after': older})}")


def _entry(origin: str, entry: Entry) -> Element:
    root = Element("entry", {f"{_XML}lang": entry.language} if entry.language else {})
    _write(root, "id", tag(entry.path))
    _write(root, "title", entry.title)
    SubElement(root, "link", rel="alternate", type="text/html", href=origin + entry.path)
    _write(root, "published", entry.published.isoformat())
    _write(root, "updated", entry.updated.isoformat())
    if entry.author is not None:
        author = SubElement(root, "author")
        _write(author, "name", entry.author.name)
        if entry.author.is_active and not entry.author.is_nameless:
            _write(author, "uri", f"{origin}{reverse('person', args=[entry.author.username])}")
    for name in entry.categories:
        SubElement(root, "category", term=_NO_XML.sub("", name))
    if entry.html:
        _write(root, "content", entry.html, type="html")
    elif entry.summary:
        _write(root, "summary", entry.summary)
    return root


def _write(parent: Element, name: str, text: str, **attributes: str) -> None:
    SubElement(parent, name, attributes).text = _NO_XML.sub("", str(text))
