"""The pictures of pages whose links are shared: a visitor's view, for everybody."""

import hashlib
import logging

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from accounts.limits import limited, take, who_asks
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

    What no typeface of this system can write gets the picture of the site, and so does who has many drawn in a short
    time.
    """
    words = card_words(VISITOR, noun, int(shared))
    if words.version != version:
        return redirect("card", noun, shared, words.version)
    drawn = caches["cards"].get(words.version) or _drawn(request, words)
    if not drawn:
        return redirect(static("img/card.png"))
    etag = f'"{hashlib.sha256(drawn).hexdigest()[:16]}"'
    answer: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if answer is None:
        answer = HttpResponse(drawn, content_type="image/png")
    answer.headers["Cache-Control"] = DAY
    answer.headers["Content-Security-Policy"] = ALONE
    answer.headers["ETag"] = etag
    return answer


def _drawn(request: HttpRequest, words: CardWords) -> bytes:
    """Return the picture, drawn now and kept; nothing when it cannot be, or when who asks has had many drawn."""
    if take("expensive", who_asks(request)):
        return b""
    try:
        drawn = draw_card(words)
    except NoFont as problem:
        logger.warning("No picture for %s: %s", request.path, problem)
        return b""
    caches["cards"].set(words.version, drawn)
    return drawn
