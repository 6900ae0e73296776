"""Which pages of visitors are kept: views say so, and name what their page depends on."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.cache import patch_vary_headers

from accounts.lasting import lasting
from forum.caching.generations import Known, city_scopes, generation
from forum.caching.scopes import EVERYWHERE, SITE, Scope

type View = Callable[..., HttpResponseBase]

# Who asks with one of these headers is no visitor like the others, or asks for a part of a page.
TOLD_APART = ("HTTP_HX_REQUEST", "HTTP_AUTHORIZATION")
VARIES = ("Accept-Encoding", "Cookie", "Accept-Language", "HX-Request")
PUBLIC = "public, no-cache"  # anybody may keep it, and asks each time whether it still holds


@dataclass(frozen=True, slots=True)
class Kept:
    """How long a page holds: while its scopes stand at this generation, and until the clock changes it.

    `thread` is the thread whose views a visit counts among; 0 for none.
    """

    scopes: tuple[Scope, ...]
    generation: int
    until: datetime | None = None
    thread: int = 0


def is_like_others(meta: dict[str, Any], cookies: Collection[str]) -> bool:
    """Return whether who asks with these headers and cookies gets what every visitor gets.

    Not who has a session, however old, or a message waiting in a cookie.
    """
    if settings.SESSION_COOKIE_NAME in cookies or "messages" in cookies:
        return False
    return not any(header in meta for header in TOLD_APART)


def everywhere(*_values: object) -> Known:
    """Return what a page of the whole site depends on, and the generation of that: any change that visitors can see."""
    scopes = (SITE, EVERYWHERE)
    return Known(scopes, generation(scopes))


def of_city(slug: str, *_values: object) -> Known | None:
    """Return what a page of a city depends on, and the generation of that: any change in the city."""
    return city_scopes(slug)


def kept_for_visitors(
    scopes_of: Callable[..., Known | None] = everywhere,
    *,
    reads: Collection[str] = (),
    by: Callable[[HttpRequest], object] | None = None,
    is_visit: bool = False,
) -> Callable[[View], View]:
    """Return a decorator by which the page of a view is kept for the next visitor (docs/caching.md).

    `scopes_of` takes what the address names and returns what the page depends on, with its generation, or None for a
    page that there is not; `by` returns what else it takes, of the request. `reads` are the parameters of the query
    that the view reads: with any other the page is not kept. `is_visit` counts each showing as a view of the thread
    that the address names.
    """
    known = {"hl", *reads}

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method != "GET" or not known.issuperset(request.GET):
                return view(request, *args, **kwargs)
            if not is_like_others(request.META, request.COOKIES) or request.user.is_authenticated:
                return view(request, *args, **kwargs)
            asked = [*kwargs.values(), by(request)] if by else kwargs.values()
            found = scopes_of(*asked)  # first, so that what changes meanwhile is seen to have changed
            request.known = found  # type: ignore[attr-defined]
            with lasting() as held:
                response = view(request, *args, **kwargs)
            if found and response.status_code == 200 and not response.streaming:
                _mark(response, Kept(found.scopes, found.generation, held.until, kwargs["thread"] if is_visit else 0))
            return response

        wrapper.reads = frozenset(known)  # type: ignore[attr-defined]
        return wrapper

    return decorate


def known_to(request: HttpRequest, scopes_of: Callable[..., Known | None], *names: object) -> Known:
    """Return what the page of this request depends on, and the generation of that, asked once.

    `scopes_of` and `names` are those of the view's `kept_for_visitors`. Raises Http404 for what there is not.
    """
    known = getattr(request, "known", None) or scopes_of(*names)
    if known is None:
        raise Http404("No such page")
    return cast("Known", known)


def look_again(request: HttpRequest) -> None:
    """Have the generation asked anew, because the request itself has changed what its page shows."""
    request.known = None  # type: ignore[attr-defined]


def _mark(response: HttpResponseBase, kept: Kept) -> None:
    response.kept = kept  # type: ignore[attr-defined]
    response.headers["Cache-Control"] = PUBLIC
    patch_vary_headers(response, VARIES)


def kept_of(response: object) -> Kept | None:
    """Return how long a response holds, None for one that is not kept: a page that sets a cookie is somebody's own."""
    kept = getattr(response, "kept", None)
    return None if getattr(response, "cookies", None) else kept
