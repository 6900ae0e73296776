"""What pages say of themselves to machines: addresses, shared links, languages."""

import re
from html import unescape
from uuid import uuid4

import pytest
from pytest_django import Settings

from forum.actions.digests import keep_in_new_digest
from forum.actions.moderation import hide_thread
from forum.actions.threads import create_thread
from forum.models import City, Post, Thread
from tests.clients import browser, text_of
from tests.world import World

ORIGIN = "http://testserver"


def head_of(path: str) -> str:
    """Return the head of a page as a visitor gets it."""
    return unescape(text_of(browser().get(path)).split("</head>")[0])


def canonical(path: str) -> str:
    """Return the one address that a page says it has."""
    found = re.findall(r'<link rel="canonical" href="http://testserver([^"]+)">', head_of(path))
    assert len(found) == 1
    return str(found[0])


def property_of(head: str, name: str) -> str:
    """Return what Open Graph says, "" for what is not said."""
    found = re.findall(rf'<meta property="{name}" content="([^"]*)">', head)
    assert len(found) <= 1
    return found[0] if found else ""


def lengthen(world: World, count: int) -> None:
    """Have the thread fill several pages."""
    Post.objects.bulk_create(
        Post(thread=world.thread, number=10 + n, author=world.cai, body="x", html="<p>x</p>", renderer_version=1)
        for n in range(count)
    )
    world.thread.posts_count += count
    world.thread.last_number = 10 + count
    world.thread.save()


def test_a_page_has_one_address_in_whatever_order_it_was_reached(world: World) -> None:
    thread, board = f"/t/{world.thread.pk}/", "/c/stoneferry/b/general/"
    for asked, found in (
        (f"{thread}?from=new~x", thread),
        (f"{board}?sort=new", board),
        ("/?utm=x", "/"),
        ("/cities/?sort=new", "/cities/"),
        ("/c/stoneferry/", "/c/stoneferry/"),
        ("/u/cai/", "/u/cai/"),
        ("/rights/", "/rights/"),
    ):
        assert canonical(asked) == found
        assert "noindex" not in head_of(asked)


def test_pages_of_a_thread_lead_to_one_another(world: World) -> None:
    lengthen(world, 50)
    path = f"/t/{world.thread.pk}/"
    assert canonical(f"{path}?page=2") == f"{path}?page=2"
    head = head_of(f"{path}?page=2")
    assert f'<link rel="prev" href="{path}">' in head
    assert f'<link rel="next" href="{path}?page=3">' in head
    assert 'rel="prev"' not in head_of(path)
    assert 'rel="next"' not in head_of(f"{path}?page=3")


def test_what_leads_nowhere_new_is_not_to_be_found(world: World) -> None:
    lengthen(world, 1)
    thread = f"/t/{world.thread.pk}/"
    far = f"after={world.thread.last_post_at.isoformat().replace('+', '%2B')}~{world.thread.pk}"
    places = (
        f"/c/stoneferry/b/general/?{far}",
        "/cities/?q=stone",
        f"{thread}print/",
        f"/p/{world.opener.pk}/history/",
    )
    for path in (*places, "/search/?q=bridge", "/accounts/login/", "/nowhere/"):
        assert '<meta name="robots" content="noindex">' in head_of(path), path


def test_a_shared_thread_shows_its_title_its_beginning_and_a_picture(world: World) -> None:
    head = head_of(f"/t/{world.thread.pk}/")
    assert property_of(head, "og:type") == "article"
    assert property_of(head, "og:title") == "The bridge 橋"
    assert property_of(head, "og:description") == world.thread.excerpt
    assert property_of(head, "og:url") == f"{ORIGIN}/t/{world.thread.pk}/"
    assert property_of(head, "article:published_time") == world.thread.created_at.isoformat(timespec="seconds")
    assert property_of(head, "article:section") == "General"
    picture = browser().get(property_of(head, "og:image").removeprefix(ORIGIN))
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/png")
    assert len(picture.content) < 60_000
    again = browser().get(picture.request["PATH_INFO"], headers={"If-None-Match": picture["ETag"]})
    assert again.status_code == 304


def test_members_are_spared_what_only_machines_read(world: World) -> None:
    page = text_of(browser(world.rita).get(f"/t/{world.thread.pk}/"))
    assert "og:title" not in page
    assert "ld+json" not in page
    assert 'rel="canonical"' in page


def test_a_picture_of_former_words_leads_to_the_present_one(world: World) -> None:
    former = property_of(head_of(f"/t/{world.thread.pk}/"), "og:image").removeprefix(ORIGIN)
    type(world.thread).objects.filter(pk=world.thread.pk).update(title="The ferry")
    present = property_of(head_of(f"/t/{world.thread.pk}/"), "og:image").removeprefix(ORIGIN)
    assert former != present
    assert browser().get(former)["Location"] == present


def test_what_not_everybody_reads_has_no_picture_of_its_own(world: World) -> None:
    path = property_of(head_of(f"/t/{world.thread.pk}/"), "og:image").removeprefix(ORIGIN)
    city = property_of(head_of("/c/stoneferry/"), "og:image").removeprefix(ORIGIN)
    City.objects.filter(pk=world.stoneferry.pk).update(visibility=City.Visibility.CITIZENS)
    for address in (path, city):
        assert browser(world.mei).get(address).status_code == 404
    front = head_of("/c/stoneferry/")
    assert property_of(front, "og:image") == f"{ORIGIN}/static/img/card.png"
    assert '<meta name="robots" content="noindex">' in front
    City.objects.filter(pk=world.stoneferry.pk).update(visibility=City.Visibility.PUBLIC)
    hide_thread(world.thread, by=world.mei, reason="Off topic")
    assert browser(world.mei).get(path).status_code == 404


@pytest.mark.parametrize("path", ["/", "/cities/", "/c/stoneferry/", "/help/writing/", "/rights/"])
def test_a_page_of_the_site_has_an_address_in_each_language(world: World, path: str) -> None:
    head = head_of(path)
    found = dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="http://testserver([^"]+)">', head))
    assert found == {
        "zh-Hant": f"{path}?hl=zh-hant",
        "zh-Hans": f"{path}?hl=zh-hans",
        "en": f"{path}?hl=en",
        "x-default": path,
    }
    for language, address in found.items():
        page = browser().get(address, headers={"Accept-Language": "zh-TW"})
        shown = "zh-hant" if language == "x-default" else language.lower()
        assert f'<html lang="{shown}"' in text_of(page)
        assert page["Content-Language"] == shown
        assert {"accept-language", "cookie"} <= {name.strip().lower() for name in page["Vary"].split(",")}
        assert canonical(address) == address
        assert not page.cookies.get("django_language")


def test_the_language_of_an_address_goes_before_that_of_the_member_for_one_page(world: World) -> None:
    member = browser(world.rita)
    page = text_of(member.get("/cities/?hl=zh-hant"))
    assert '<html lang="zh-hant"' in page
    assert '<html lang="zh-hant"' not in text_of(member.get("/cities/"))
    assert '<html lang="zh-hant"' not in text_of(member.get("/cities/?hl=tlh"))


def test_who_chooses_a_language_leaves_that_of_the_address_behind(world: World) -> None:
    visitor = browser()
    page = text_of(visitor.get("/cities/?hl=zh-hant&sort=new"))
    assert 'name="next" value="/cities/?sort=new"' in page
    assert 'name="next" value="/cities/"' in text_of(visitor.get("/cities/?hl=zh-hant"))


def test_a_thread_is_the_same_in_each_language(world: World) -> None:
    path = f"/t/{world.thread.pk}/"
    assert canonical(f"{path}?hl=zh-hant") == path
    assert "hreflang" not in head_of(path)


@pytest.mark.parametrize(
    "path", ["/c/stoneferry/", "/c/stoneferry/b/general/", "/u/cai/digests/planks/", "/u/cai/", "/"]
)
def test_every_kind_of_page_has_a_picture_where_it_is_shared(world: World, path: str) -> None:
    keep_in_new_digest(world.opener, by=world.cai, title="Planks", is_public=True)
    picture = property_of(head_of(path), "og:image").removeprefix(ORIGIN)
    is_drawn = path not in ("/", "/u/cai/")
    assert picture.startswith("/og/" if is_drawn else "/static/img/")
    assert not is_drawn or browser().get(picture).status_code == 200


def test_who_has_many_pictures_drawn_gets_that_of_the_site_for_a_while(world: World, settings: Settings) -> None:
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"expensive": "1/10m"}
    other = create_thread(world.letters, by=world.coco, title=f"Ferry {uuid4()}", body="When does it go?")
    Thread.objects.filter(pk=world.thread.pk).update(title=f"Bridge {uuid4()}")
    threads = [f"/t/{pk}/" for pk in (world.thread.pk, other.pk)]
    first, second = (property_of(head_of(path), "og:image").removeprefix(ORIGIN) for path in threads)
    assert browser().get(first).headers["Content-Type"] == "image/png"
    assert browser().get(second).headers["Location"] == "/static/img/card.png"
    assert browser().get(first).status_code == 200  # what is drawn is at hand
