"""The front: what it keeps for visitors, for whom, and what it leaves to Django."""

import gzip
import re

import pytest
from django.core.cache import caches
from django.db import Error
from django.test import RequestFactory
from pytest_django import DjangoAssertNumQueries, Settings

from forum.actions.moderation import hide_post
from forum.actions.posts import add_reply
from forum.actions.threads import write_views
from forum.caching import front as front_module
from forum.caching.visits import visits
from tests.caching.visitors import Site
from tests.clients import browser
from tests.world import World

PAGES = ("/", "/cities/", "/c/stoneferry/", "/c/stoneferry/b/general/", "/t/{thread}/", "/t/{thread}/focus/")
# What a visitor may bring along, and what of their page shows it.
WAYS = {
    "zh-hant": ({}, 'lang="zh-hant"'),
    "English": ({"ACCEPT_LANGUAGE": "en-GB,en;q=0.8"}, 'lang="en"'),
    "Simplified, by cookie": ({"COOKIE": "django_language=zh-hans", "ACCEPT_LANGUAGE": "en"}, 'lang="zh-hans"'),
    "large": ({"COOKIE": "size=xlarge"}, 'data-size="xlarge"'),
    "dark": ({"COOKIE": "theme=dark; _ga=GA1.2.3"}, 'data-theme="dark"'),
    "Republic": ({"COOKIE": "calendar=roc"}, 'data-calendar="roc"'),
    "English, dark": ({"COOKIE": "theme=dark", "ACCEPT_LANGUAGE": "en"}, 'lang="en" data-theme="dark"'),
}


@pytest.fixture
def site(world: World, settings: Settings) -> Site:
    settings.LANGUAGE_CODE = "zh-hant"
    return Site()


@pytest.fixture
def thread(world: World) -> str:
    return f"/t/{world.thread.pk}/"


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
    assert first.headers.keys() >= {"Content-Security-Policy", "X-Frame-Options", "Permissions-Policy"}
    assert int(first.headers["Content-Length"]) == len(first.body)


def test_a_kept_page_costs_one_question(
    site: Site, thread: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    site.get(thread)
    with django_assert_num_queries(1):
        assert site.get(thread).was_kept


def test_each_way_to_read_has_a_page_of_its_own(site: Site, thread: str) -> None:
    for _round in range(2):
        for headers, mark in WAYS.values():
            answer = site.get(thread, **headers)
            assert mark in answer.text
            assert answer.text == site.uncached(thread, **headers).text
    assert site.asked == len(WAYS)


def test_the_language_in_an_address_goes_before_all_others(site: Site, thread: str) -> None:
    for _round in range(2):
        answer = site.get(f"{thread}?hl=en", COOKIE="django_language=zh-hans")
        assert 'lang="en"' in answer.text
    assert answer.was_kept
    assert 'lang="zh-hans"' in site.get(thread, COOKIE="django_language=zh-hans").text


def test_nonsense_makes_no_page_of_its_own(site: Site, thread: str) -> None:
    site.get(thread)
    for cookie in ("theme=purple", "size=1;calendar=", "x" * 300, "=;;=", "django_language=tlh"):
        assert site.get(thread, COOKIE=cookie).was_kept, cookie
    for languages in ("xx", ";;q=,", "*", "de-DE,fr;q=0.3"):
        assert site.get(thread, ACCEPT_LANGUAGE=languages).was_kept, languages


def test_a_page_comes_as_the_browser_unpacks_it(site: Site, thread: str) -> None:
    brotli, packed, plain = (site.get(thread, ACCEPT_ENCODING=accepted) for accepted in ("br, gzip", "gzip", ""))
    assert brotli.text.encode() == gzip.decompress(packed.body) == plain.body
    assert [one.headers.get("Content-Encoding") for one in (brotli, packed, plain)] == ["br", "gzip", None]
    assert len({one.headers["ETag"] for one in (brotli, packed, plain)}) == 3
    assert site.get(thread, ACCEPT_ENCODING="gzip").body == packed.body


def test_who_waits_for_a_page_gets_it_compressed_at_once_and_the_next_one_in_fewer_bytes(
    site: Site, world: World, thread: str
) -> None:
    accepted = "gzip, deflate, br, zstd"
    first, second, third = (site.get(thread, ACCEPT_ENCODING=accepted) for _time in range(3))
    assert [one.headers["Content-Encoding"] for one in (first, second, third)] == ["zstd", "br", "br"]
    assert first.text == second.text and (second.headers, second.body) == (third.headers, third.body)
    assert len(second.body) < len(first.body) and int(second.headers["Content-Length"]) == len(second.body)
    changed = ("Content-Encoding", "Content-Length")
    assert {name for name in first.headers if first.headers[name] != second.headers[name]} == set(changed)
    assert first.headers["ETag"].startswith('W/"')
    for mark in (first.headers["ETag"], first.headers["ETag"].removeprefix("W/")):
        assert site.get(thread, ACCEPT_ENCODING=accepted, IF_NONE_MATCH=mark).status == 304
    other = Site()
    assert other.get(thread, ACCEPT_ENCODING=accepted, IF_NONE_MATCH=first.headers["ETag"]).status == 304
    assert other.get(thread, "HEAD", ACCEPT_ENCODING=accepted).body == b""
    add_reply(world.thread, by=world.cai, body="Four planks.")
    answer = site.get(thread, ACCEPT_ENCODING=accepted, IF_NONE_MATCH=first.headers["ETag"])
    assert (answer.status, answer.headers["Content-Encoding"]) == (200, "zstd")


def test_who_has_the_page_is_sent_nothing_until_it_changes(site: Site, world: World, thread: str) -> None:
    page = site.get(thread)
    mark = page.headers["ETag"]
    assert mark.startswith('"')
    for asked in (mark, f"W/{mark}", f'"other", {mark}', "*"):
        answer = site.get(thread, IF_NONE_MATCH=asked)
        assert (answer.status, answer.body) == (304, b"")
        assert {
            name: page.headers[name] for name in ("ETag", "Vary", "Cache-Control")
        }.items() <= answer.headers.items()
        assert "Content-Length" not in answer.headers
    assert site.get(thread, IF_NONE_MATCH='"other"').status == 200
    for change in (
        lambda: add_reply(world.thread, by=world.cai, body="Four planks."),
        lambda: hide_post(world.reply, by=world.mei, reason="a test"),
    ):
        change()
        answer = site.get(thread, IF_NONE_MATCH=mark)
        assert (answer.status, answer.headers["ETag"] != mark) == (200, True)
        mark = answer.headers["ETag"]
    assert Site().get(thread, IF_NONE_MATCH=mark).status == 304  # a process that never made the page knows it too


def test_a_head_is_that_of_the_page(site: Site, thread: str) -> None:
    made, page, kept = site.get(thread, "HEAD"), site.get(thread), site.get(thread, "HEAD")
    assert made.body == kept.body == b""
    assert made.headers == page.headers == kept.headers
    assert (page.was_kept, kept.was_kept) == (True, True)
    assert (site.get("/nowhere/", "HEAD").status, site.get("/nowhere/", "HEAD").body) == (404, b"")


@pytest.mark.parametrize(
    "headers",
    [
        {"COOKIE": "sessionid=of-a-session-that-is-over"},
        {"COOKIE": "theme=dark; sessionid=x"},
        {"COOKIE": "messages=something"},
        {"HX_REQUEST": "true"},
        {"AUTHORIZATION": "Basic eDp5"},
        {"COOKIE": f"a={'x' * 3000}"},
    ],
)
def test_who_is_not_like_the_others_is_left_to_django(site: Site, thread: str, headers: dict[str, str]) -> None:
    site.get(thread)
    for _round in range(2):
        answer = site.get(thread, **headers)
        assert (answer.status, answer.was_kept) == (200, False)


def test_a_member_never_makes_a_page_for_visitors(site: Site, world: World, thread: str) -> None:
    session = browser(world.coco).cookies["sessionid"].value
    page = site.get(thread, COOKIE=f"sessionid={session}")
    assert "Coco" in page.text
    assert page.headers["Cache-Control"] == "private, no-cache"
    assert "csrfmiddlewaretoken" in page.text
    assert not site.get(thread).was_kept
    assert 'name="body"' not in site.get(thread).text


def test_a_page_with_a_waiting_message_is_kept_for_nobody(site: Site, world: World) -> None:
    client = browser()
    client.post(f"/t/{world.thread.pk}/replies/", {"body": "Typed while signed out."})
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    assert "sessionid" in cookies
    site.get("/", COOKIE=cookies)
    assert not site.get("/").was_kept


@pytest.mark.parametrize(
    "path", ["/t/{thread}/?page=9", "/t/999999/", "/t/99999999999999999999/", "/nowhere/", "/c/stoneferry/b/none/"]
)
def test_what_is_not_there_is_not_kept(site: Site, world: World, path: str) -> None:
    for _round in range(2):
        answer = site.get(path.format(thread=world.thread.pk))
        assert (answer.status, answer.was_kept) == (404, False)
    assert len(site.front.shelf) == 0


def test_only_what_a_view_reads_makes_another_page(site: Site, thread: str) -> None:
    site.get(thread)
    for trail in ("?utm_source=a&utm_medium=b", "?fbclid=x", "?gclid=1&msclkid=2"):
        assert site.get(f"{thread}{trail}").was_kept, trail
    assert site.get(f"{thread}?page=1").text.count(f"{thread}?page=1")
    for other in ("?color=red", "?page=1&x=y", f"?from={'x' * 700}"):
        site.get(f"{thread}{other}")
        assert not site.get(f"{thread}{other}").was_kept, other
    assert len(site.front.shelf) == 2


def test_twins_of_an_address_show_the_same(site: Site, world: World, thread: str) -> None:
    assert site.get("/c/stoneferry/").text == site.get("/c/st%6fneferry/").text
    assert site.get("/c/st%6Fneferry/").was_kept
    for written in ("%31", "1"):  # the page speaks of its address as it was written
        assert f"?page={written}" in site.get(f"{thread}?page={written}").text


def test_each_host_and_scheme_has_pages_of_its_own(site: Site, thread: str, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["testserver", "boards.example"]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    for host, proto, origin in (
        ("testserver", "http", "http://testserver"),
        ("boards.example", "http", "http://boards.example"),
        ("boards.example", "https", "https://boards.example"),
        ("testserver", "http", "http://testserver"),
    ):
        answer = site.get(thread, HOST=host, X_FORWARDED_PROTO=proto)
        assert f'rel="canonical" href="{origin}{thread}"' in answer.text
        others = re.findall(r"(https?://(?:testserver|boards\.example))/", answer.text)
        assert set(others) == {origin}
    assert answer.was_kept


def test_a_host_that_is_not_ours_gets_nothing_and_leaves_nothing(site: Site, thread: str, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    site.get(thread)
    for host in ("evil.example", "testserver:80@evil.example", ""):
        assert site.get(thread, HOST=host).status == 400 or not host
    assert len(site.front.shelf) == 1


def test_a_host_is_kept_as_the_site_is_reached_by_it(site: Site, thread: str, settings: Settings) -> None:
    settings.SITE_ADDRESS = "https://boards.example:8443"
    settings.ALLOWED_HOSTS = ["testserver", "boards.example"]
    hosts = dict.fromkeys(("testserver", "testserver:80", "boards.example", "boards.example:8443"), True)
    hosts |= dict.fromkeys(("boards.example:81", "Boards.Example", "testserver:8443"), False)
    for host, is_kept in hosts.items():
        assert [site.get(thread, HOST=host).was_kept for _round in range(2)] == [False, is_kept], host


def test_headers_that_nobody_asks_for_change_nothing(site: Site, thread: str) -> None:
    page = site.get(thread)
    for name in ("X_FORWARDED_HOST", "X_FORWARDED_PROTO", "X_HOST", "FORWARDED", "X_ORIGINAL_URL", "X_REWRITE_URL"):
        fresh = Site()
        assert "evil" not in fresh.get(thread, **{name: "evil.example"}).text
        assert (fresh.get(thread).text, fresh.get(thread).was_kept) == (page.text, True)


def test_who_says_in_which_letters_the_address_is_written_leaves_nothing(site: Site) -> None:
    path, said = "/cities/?category=%E5%9F%8E", {"CONTENT_TYPE": "text/plain; charset=utf-16"}
    assert 'value="城"' not in site.get(path, environ=said).text
    assert 'value="城"' in site.get(path).text
    assert site.get(path).was_kept
    assert not site.get(path, environ=said).was_kept


def test_a_page_holds_no_longer_than_the_parts_it_is_made_of(site: Site) -> None:
    for coding in ("br", "gzip", ""):
        site.get("/", ACCEPT_ENCODING=coding)
    ends = [page.until for page in site.front.shelf._pages.values()]
    assert (len(ends), len(set(ends))) == (3, 1)  # "just now" ends at one moment, however the page is packed


def test_the_shelf_never_takes_more_room_than_it_has(world: World) -> None:
    site = Site(room=200_000)
    for number in range(60):
        site.get(f"/cities/?page={number}")
        assert site.front.shelf.taken <= 200_000
    assert 5 < len(site.front.shelf) < 60
    assert site.get("/cities/?page=59").was_kept
    assert not site.get("/cities/?page=0").was_kept


def test_what_somebody_looks_for_is_not_kept(site: Site) -> None:
    for path in ("/cities/?q=stone", "/search/?q=bridge", "/c/stoneferry/search/?q=bridge"):
        assert (site.get(path).status, site.get(path).was_kept) == (200, False), path


def test_without_room_nothing_is_kept(world: World) -> None:
    site = Site(room=0)
    assert not any(site.get("/").was_kept for _round in range(3))


def test_a_database_that_does_not_answer_leaves_the_rest_to_django(
    site: Site, thread: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.get(thread)

    def away(_scopes: object) -> int:
        raise Error("away")

    monkeypatch.setattr(front_module, "generation", away)
    answer = site.get(thread)
    assert (answer.status, answer.was_kept) == (200, False)


def test_visits_to_a_kept_page_are_counted_once_for_each_reader(site: Site, world: World, thread: str) -> None:
    for path in (thread, thread, f"{thread}focus/", f"{thread}focus/"):
        site.get(path)
    assert visits.take() == {world.thread.pk: 1}
    site.get(thread, "HEAD")
    site.front({**_environ(thread), "REMOTE_ADDR": "192.0.2.9"}, lambda *_arguments: None)
    assert write_views() == 1
    caches["local"].clear()


def _environ(path: str) -> dict[str, object]:
    return RequestFactory().get(path, headers={"Host": "testserver", "Accept-Encoding": "br"}).environ
