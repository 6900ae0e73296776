"""The front: what it keeps for visitors, for whom, and that it is gone when it no longer holds."""

import pytest

from forum.actions.posts import add_reply
from tests.caching.visitors import Site
from tests.world import World

PAGES = ("/", "/cities/", "/c/stoneferry/", "/c/stoneferry/b/general/", "/t/{thread}/")


@pytest.fixture
def site(world: World) -> Site:
    return Site()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_made_once_and_holds_nothing_of_anybodys(site: Site, world: World, path: str) -> None:
    path = path.format(thread=world.thread.pk)
    first, second = site.get(path), site.get(path)
    assert (first.status, first.was_kept, second.was_kept) == (200, False, True)
    assert (first.headers, first.body) == (second.headers, second.body)
    assert "Set-Cookie" not in first.headers
    assert "csrfmiddlewaretoken" not in first.text
    assert first.headers["Cache-Control"] == "public, no-cache"
    assert {"Accept-Encoding", "Accept-Language", "Cookie", "HX-Request"} <= set(first.headers["Vary"].split(", "))
    assert first.headers.keys() >= {"ETag", "Content-Security-Policy", "X-Frame-Options", "Permissions-Policy"}


def test_a_reply_is_on_the_next_page(site: Site, world: World) -> None:
    path = f"/t/{world.thread.pk}/"
    site.get(path)
    add_reply(world.thread, by=world.cai, body="Four planks now.")
    answer = site.get(path)
    assert not answer.was_kept
    assert "Four planks now." in answer.text
