"""Pages as they are when nothing of them is kept, and what of them no other page shares."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.test import Client

from accounts.models import User
from accounts.prepared import Remembered
from forum.caching import pieces
from forum.caching.shelf import Shelf

_TOKEN = re.compile(r'(name="csrfmiddlewaretoken" value=)"\w+"')
_SHOWN = re.compile(r'(name="until" value=)"[^"]+"')  # when the page was asked for
_MARK = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")  # of a form not sent yet
_VIEWS = re.compile(r"<li>[\d,]+ views?</li>")  # grows with each visit, and nothing else does by it


@contextmanager
def nothing_kept() -> Iterator[None]:
    """Write each part of a page anew within, of rows that are read anew."""
    kept, pieces.shelf = pieces.shelf, Shelf(0)
    found, Remembered.found = Remembered.found, _found_anew  # type: ignore[method-assign]
    try:
        yield
    finally:
        pieces.shelf, Remembered.found = kept, found  # type: ignore[method-assign]


def _found_anew(query: Remembered[Any, Any], *values: Any, shape: tuple[Any, ...] = ()) -> list[Any]:
    return [query._make(row) for row in query(*values, shape=shape)]


def reader(user: User | None) -> Client:
    """Return the browser of somebody who is signed in, or of a visitor."""
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def page_at(client: Client, path: str) -> tuple[int, str]:
    """Return status and page, without what is new in each."""
    answer = client.get(path)
    text = _VIEWS.sub("<li>views</li>", _TOKEN.sub(r"\1token", answer.content.decode()))
    text = _SHOWN.sub(r"\1moment", text)
    return answer.status_code, _MARK.sub("mark", text)


def both(client: Client, path: str) -> tuple[tuple[int, str], tuple[int, str]]:
    """Return the page as it is made of what is kept, and as it is written anew."""
    kept = page_at(client, path)
    with nothing_kept():
        return kept, page_at(client, path)
