"""What proves that a form was sent from a page of this site: a token, or where the browser says it came from."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, HttpResponseForbidden
from django.middleware.csrf import CsrfViewMiddleware

type View = Callable[..., HttpResponseBase]


def has_session(request: HttpRequest) -> bool:
    """Return whether the browser shows a session, be it one that is over."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def takes_visitors_forms[V: View](view: V) -> V:
    """Mark a view whose form a visitor may send without a token: what it does concerns their own browser only."""
    view.takes_visitors_forms = True  # type: ignore[attr-defined]
    return view


def is_from_here(request: HttpRequest) -> bool:
    """Return whether the browser says that a page of this very origin sent the form.

    Browsers say it by themselves, and no page can make them lie (Fetch, sections 3.2 and 3.2.1; Fetch Metadata). Who
    says neither Origin nor Sec-Fetch-Site has said nothing.
    """
    origin, site = request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site")
    if origin is None and site is None:
        return False
    here = f"{request.scheme}://{request.get_host()}"
    return origin in (None, here, *settings.CSRF_TRUSTED_ORIGINS) and site in (None, "same-origin")


class TokenMiddleware(CsrfViewMiddleware):
    """Asks each form for its token, but those of visitors on the views that are marked: their pages hold no token.

    A token is somebody's own, and a page that holds one could be kept for nobody else.
    """

    def process_view(
        self, request: HttpRequest, callback: View, callback_args: Any, callback_kwargs: Any
    ) -> HttpResponseForbidden | None:
        """Let the form pass, or return the answer that refuses it."""
        if getattr(callback, "takes_visitors_forms", False) and not has_session(request) and is_from_here(request):
            return None
        return super().process_view(request, callback, callback_args, callback_kwargs)
