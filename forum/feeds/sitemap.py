"""The sitemap: every address that a visitor may read, as an index of parts with at most 10,000 addresses each."""

from collections.abc import Iterable
from datetime import datetime
from xml.sax.saxutils import escape

from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.limits import limited
from forum.caching.keeping import kept_for_visitors
from forum.feeds.unchanged import unchanged
from forum.permissions.roles import Viewer
from forum.queries.known_addresses import Part, addresses_in, parts

VISITOR = Viewer()
HOUR = 60 * 60
_KEY = "sitemap:parts"
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


@require_safe
@kept_for_visitors()
@limited("reading", reads=True, near=True)
def index(request: HttpRequest) -> HttpResponse:
    """List the parts, each with when something in it last changed; each process looks once an hour."""
    known: list[Part] | None = caches["local"].get(_KEY)
    if known is None:
        known = parts(VISITOR)
        caches["local"].set(_KEY, known, HOUR)
    origin = request.build_absolute_uri("/").rstrip("/")
    rows = [(reverse("sitemap_part", args=[part.section, part.number]), part.changed_at) for part in known]
    return _answer(request, "sitemapindex", "sitemap", origin, rows)


@require_safe
@kept_for_visitors()
@limited("reading", reads=True, near=True)
def in_part(request: HttpRequest, section: str, part: str) -> HttpResponse:
    """List the addresses of one part; there is none without any."""
    origin = request.build_absolute_uri("/").rstrip("/")
    try:
        rows = [(known.path, known.changed_at) for known in addresses_in(VISITOR, section, int(part))]
    except KeyError as problem:
        raise Http404("No such section") from problem
    if not rows:
        raise Http404("No such part")
    return _answer(request, "urlset", "url", origin, rows)


def _answer(
    request: HttpRequest, root: str, row: str, origin: str, rows: Iterable[tuple[str, datetime | None]]
) -> HttpResponse:
    """Return the rows as XML; who has exactly these already is told only that nothing changed."""
    written = []
    for path, at in rows:
        changed = f"<lastmod>{at.isoformat(timespec='seconds')}</lastmod>" if at else ""
        written.append(f"<{row}><loc>{escape(origin + path)}</loc>{changed}</{row}>")
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{_NAMESPACE}">'
    body = "\n".join([head, *written, f"</{root}>\n"]).encode()
    response = HttpResponse(body, content_type="application/xml; charset=utf-8")
    response.headers["X-Robots-Tag"] = "noindex"
    return unchanged(request, response)
