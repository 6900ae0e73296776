"""The pictures of pages whose links are shared: a visitor's view, for everybody."""

import hashlib
import logging

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from accounts.limits import limited
from forum.permissions.roles import Viewer
from forum.publishing.cards import NoFont, draw_card
from forum.queries.heads import card_words
from forum.text.card_words import CardWords
from forum.views.media import ALONE

VISITOR = Viewer()
DAY = "public, max-age=86400"  # what a moderator hides is gone from shared caches on the next day
logger = logging.getLogger(__name__)


@require_safe
@limited("reading", reads=True, near=True)
def show(request: HttpRequest, noun: str, shared: str, version: str) -> HttpResponseBase:
    """Send the picture of a thread, city or digest that everybody may read; one of former words leads to the present.

    What no typeface of this system can write gets the picture of the site.
    """
    words = card_words(VISITOR, noun, int(shared))
    if words.version != version:
        return redirect("card", noun, shared, words.version)
    try:
        drawn = _drawn(words)
    except NoFont as problem:
        logger.warning("No picture for %s %s: %s", noun, shared, problem)
        return redirect(static("img/card.png"))
    etag = f'"{hashlib.sha256(drawn).hexdigest()[:16]}"'
    answer: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if answer is None:
        answer = HttpResponse(drawn, content_type="image/png")
    answer.headers["Cache-Control"] = DAY
    answer.headers["Content-Security-Policy"] = ALONE
    answer.headers["ETag"] = etag
    return answer


def _drawn(words: CardWords) -> bytes:
    """Return the picture, drawn once for these words; raise NoFont."""
    kept = caches["cards"]
    drawn: bytes | None = kept.get(words.version)
    if drawn is None:
        drawn = draw_card(words)
        kept.set(words.version, drawn)
    return drawn
