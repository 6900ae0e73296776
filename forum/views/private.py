"""What the pages of private messages share: they are there only where the site has them, and nothing stores them."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase

type View[**P] = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def private_messages[**P](view: View[P]) -> View[P]:
    """Return the view as one of private messages: 404 where the site has none, and never stored by a browser."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not settings.MESSAGES:
            raise Http404("This site has no private messages")
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "private, no-store"
        return response

    return wrapper
