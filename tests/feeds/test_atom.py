"""Every feed keeps the rules of Atom (RFC 4287) and of feeds in pages (RFC 5005)."""

from datetime import datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.db import connection

from forum.actions.digests import keep_in_new_digest
from forum.actions.moderation import hide_post
from forum.actions.posts import add_reply, edit_post
from forum.actions.threads import create_thread
from forum.models import Post, Thread
from tests.clients import browser, text_of
from tests.world import World

ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def addresses(world: World) -> list[str]:
    """Return the address of every feed, in a world where each has something to tell."""
    hide_post(add_reply(world.thread, by=world.dan, body="Off."), by=world.mei, reason="Off topic")
    digest = keep_in_new_digest(world.opener, by=world.cai, title="Planks", is_public=True).digest
    digest_feed = f"/feeds/u/cai/digests/{digest.slug}/"
    city = "/feeds/c/stoneferry/"
    thread, search = f"/feeds/t/{world.thread.pk}/", "/feeds/search/?q=bridge&in=city:stoneferry"
    return [
        "/feeds/",
        "/feeds/log/",
        city,
        f"{city}log/",
        f"{city}b/general/",
        thread,
        "/feeds/u/cai/",
        digest_feed,
        search,
    ]


def one(parent: ElementTree.Element, name: str) -> str:
    """Return the text of the only element of that name."""
    found = parent.findall(f"{ATOM}{name}")
    assert len(found) == 1, f"{len(found)} × {name}"
    return found[0].text or ""


def links(parent: ElementTree.Element) -> dict[str, str]:
    """Return the addresses of the links by what they are; each is there once."""
    found = [(link.get("rel", ""), link.get("href", "")) for link in parent.findall(f"{ATOM}link")]
    assert len(dict(found)) == len(found)
    return dict(found)


def check(feed: ElementTree.Element) -> None:
    """Assert what RFC 4287 asks of a feed and of its entries."""
    assert feed.tag == f"{ATOM}feed"
    assert feed.get(LANG)
    assert one(feed, "title")
    names = [one(entry, "id") for entry in feed.findall(f"{ATOM}entry")]
    assert len({*names, one(feed, "id")}) == len(names) + 1
    for name in (*names, one(feed, "id")):
        assert name.startswith("tag:127.0.0.1,2026:/")
    assert links(feed).keys() >= {"alternate", "self"}
    for part in (feed, *feed.findall(f"{ATOM}entry")):
        assert one(part, "title")
        assert datetime.fromisoformat(one(part, "updated")).tzinfo
        assert all(urlsplit(address).netloc == "testserver" for address in links(part).values())
        assert len(part.findall(f"{ATOM}content")) + len(part.findall(f"{ATOM}summary")) <= 1
        assert all(author.findtext(f"{ATOM}name") for author in part.findall(f"{ATOM}author"))
    assert feed.find(f"{ATOM}author") is not None  # for entries without one


def read(path: str) -> ElementTree.Element:
    """Return a feed, as a visitor gets it."""
    response = browser().get(path)
    assert response.status_code == 200, path
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)


def test_every_feed_keeps_the_rules(world: World) -> None:
    for path in addresses(world):
        feed = read(path)
        check(feed)
        assert links(feed)["self"] == f"http://testserver{path}"
        assert browser().get(links(feed)["alternate"]).status_code == 200
        # There is a log of the site, but nothing was done in it.
        assert feed.findall(f"{ATOM}entry") or path == "/feeds/log/"


def test_who_has_a_feed_is_not_sent_it_again_until_it_changes(world: World) -> None:
    for path in addresses(world):
        etag = browser().get(path)["ETag"]
        again = browser().get(path, headers={"If-None-Match": etag})
        assert (again.status_code, again.content) == (304, b"")
    path = f"/feeds/t/{world.thread.pk}/"
    etag = browser().get(path)["ETag"]
    edit_post(world.opener, by=world.cai, title="The bridge 橋", body="It is of stone now.", base=1)
    changed = browser().get(path, headers={"If-None-Match": etag})
    assert changed.status_code == 200
    entry = next(e for e in read(path).findall(f"{ATOM}entry") if one(e, "id").endswith(f"/p/{world.opener.pk}/"))
    world.opener.refresh_from_db()
    assert datetime.fromisoformat(one(entry, "updated")) == world.opener.edited_at
    assert "stone" in one(entry, "content")


def test_a_long_feed_goes_on_in_pages_that_neither_skip_nor_repeat(world: World) -> None:
    for number in range(70):
        Post.objects.create(
            thread=world.thread, number=10 + number, author=world.cai, body="x", html="<p>x</p>", renderer_version=1
        )
    path, seen = f"/feeds/t/{world.thread.pk}/", list[str]()
    for place in ("first", "second", "third"):
        feed = read(path)
        check(feed)
        seen += [one(entry, "id") for entry in feed.findall(f"{ATOM}entry")]
        assert ("first" in links(feed)) == (place != "first")
        assert ("next" in links(feed)) == (place != "third")
        path = links(feed).get("next", "").removeprefix("http://testserver")
    assert len(seen) == len(set(seen)) == 72
    assert browser().get(f"/feeds/t/{world.thread.pk}/?after=nonsense").status_code == 404


def test_what_xml_cannot_write_is_left_out(world: World) -> None:
    thread = create_thread(world.general, by=world.cai, title="Odd", body="Odd.")
    Thread.objects.filter(pk=thread.pk).update(title="Odd\x0b <b> & \uffff", excerpt="1 < 2 & 3")
    entry = read("/feeds/").find(f"{ATOM}entry")
    assert entry is not None
    assert (one(entry, "title"), one(entry, "summary")) == ("Odd <b> & ", "1 < 2 & 3")


def test_a_feed_of_a_private_digest_is_nobodys(world: World) -> None:
    digest = keep_in_new_digest(world.opener, by=world.cai, title="Planks").digest
    assert browser(world.cai).get(f"/feeds/u/cai/digests/{digest.slug}/").status_code == 404


def test_a_digest_tells_nothing_that_was_hidden_since(world: World) -> None:
    digest = keep_in_new_digest(world.reply, by=world.cai, title="Planks", is_public=True).digest
    path = f"/feeds/u/cai/digests/{digest.slug}/"
    assert len(read(path).findall(f"{ATOM}entry")) == 1
    hide_post(world.reply, by=world.mei, reason="Off topic")
    assert read(path).findall(f"{ATOM}entry") == []


def test_pages_lead_to_their_feeds(world: World) -> None:
    digest = keep_in_new_digest(world.opener, by=world.cai, title="Planks", is_public=True).digest
    for page, feed in (
        ("/", "/feeds/"),
        ("/log/", "/feeds/log/"),
        ("/c/stoneferry/", "/feeds/c/stoneferry/"),
        ("/c/stoneferry/log/", "/feeds/c/stoneferry/log/"),
        ("/c/stoneferry/b/general/", "/feeds/c/stoneferry/b/general/"),
        (f"/t/{world.thread.pk}/", f"/feeds/t/{world.thread.pk}/"),
        ("/u/cai/", "/feeds/u/cai/"),
        (f"/u/cai/digests/{digest.slug}/", f"/feeds/u/cai/digests/{digest.slug}/"),
    ):
        assert f'href="{feed}"' in text_of(browser().get(page)).split("</head>")[0], page


@pytest.mark.parametrize("count", [1, 40])
def test_feeds_of_digest_and_log_take_few_queries(world: World, django_assert_num_queries: object, count: int) -> None:
    assert connection.features.supports_json_field
    keep_in_new_digest(world.opener, by=world.cai, title="Planks", is_public=True)
    for number in range(count):
        hide_post(add_reply(world.thread, by=world.dan, body=f"No. {number}"), by=world.mei, reason="Off topic")
    for path, queries in (("/feeds/u/cai/digests/planks/", 3), ("/feeds/c/stoneferry/log/", 3), ("/feeds/log/", 2)):
        with django_assert_num_queries(queries):  # type: ignore[operator]
            browser().get(path)
