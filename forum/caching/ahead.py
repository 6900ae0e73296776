"""Pages that a browser fetches before anybody asks for them: which, how they are told apart, how long they hold."""

import time
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final

from django.http import HttpRequest, HttpResponseBase
from django.templatetags.static import static

type Answer = Callable[[HttpRequest], HttpResponseBase]
type Start = Callable[..., Any]

RULES: Final = "ahead/links.speculation"  # which links, and when: https://wicg.github.io/nav-speculation/
FORGET: Final = '"prefetchCache"'


def is_ahead(meta: Mapping[str, Any]) -> bool:
    """Return whether nobody has asked for this page yet: a browser fetches it in case somebody does."""
    return "prefetch" in meta.get("HTTP_SEC_PURPOSE", "")


def stamped(start_response: Start) -> Start:
    """Return the WSGI callable that also says when it answered: the page asks this, once somebody looks at it."""

    def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
        return start_response(status, [*headers, ("Server-Timing", f"ahead;dur={time.time():.0f}")], *more)

    return start


def ahead(get_response: Answer) -> Answer:
    """Name the rules on each whole page; after each form have the browser drop what it fetched before."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if request.method == "POST":
            others = response.headers.get("Clear-Site-Data")
            response.headers["Clear-Site-Data"] = f"{others}, {FORGET}" if others else FORGET
        elif response.status_code == 200 and _is_page(request, response):
            response.headers["Speculation-Rules"] = _rules()
        return response

    return middleware


@cache
def _rules() -> str:
    return f'"{static(RULES)}"'


def _is_page(request: HttpRequest, response: HttpResponseBase) -> bool:
    is_html = response.headers.get("Content-Type", "").startswith("text/html")
    return is_html and "HX-Request" not in request.headers
