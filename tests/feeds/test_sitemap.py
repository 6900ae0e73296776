"""What search engines are told there is."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from xml.etree import ElementTree

import pytest
from django.core.cache import cache
from django.db import connection

from accounts.models import User
from forum.actions.digests import keep_in_new_digest
from forum.actions.moderation import hide_thread
from forum.models import City, Thread
from forum.permissions.roles import Viewer
from forum.queries import known_addresses
from tests.clients import browser, text_of
from tests.world import World

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
SECTIONS = ("pages", "cities", "boards", "threads", "people", "digests")


def listed(path: str) -> list[str]:
    """Return the paths that a part lists; none when there is no such part."""
    response = browser().get(path)
    if response.status_code == 404:
        return []
    assert response["Content-Type"].startswith("application/xml")
    places = [place.text or "" for place in ElementTree.fromstring(response.content).iter(f"{SITEMAP}loc")]
    return [place.removeprefix("http://testserver") for place in places]


def test_the_sitemap_leads_to_all_that_visitors_read(world: World) -> None:
    keep_in_new_digest(world.opener, by=world.cai, title="Planks", is_public=True)
    assert "Sitemap: http://testserver/sitemap.xml\n" in text_of(browser().get("/robots.txt"))
    assert listed("/sitemap.xml") == [f"/sitemap-{section}-0.xml" for section in SECTIONS]
    found = {section: listed(f"/sitemap-{section}-0.xml") for section in SECTIONS}
    assert "/help/writing/" in found["pages"]
    assert found["cities"] == ["/c/stoneferry/", "/c/hilltop/"]
    assert "/c/stoneferry/b/letters/" in found["boards"]
    assert found["threads"] == [f"/t/{world.thread.pk}/"]
    assert found["people"] == ["/u/cai/", "/u/coco/"]
    assert found["digests"] == ["/u/cai/digests/planks/"]
    for path in (path for paths in found.values() for path in paths):
        page = browser().get(path)
        assert page.status_code == 200, path
        assert "noindex" not in text_of(page), path


@pytest.mark.parametrize("path", ["/sitemap-threads-7.xml", "/sitemap-nothing-0.xml", "/sitemap-pages-1.xml"])
def test_there_is_no_part_without_addresses(world: World, path: str) -> None:
    assert browser().get(path).status_code == 404


def test_what_not_everybody_reads_stands_in_no_part(world: World) -> None:
    keep_in_new_digest(world.opener, by=world.cai, title="Planks")
    User.objects.filter(pk=world.coco.pk).update(posts_shown_to=User.Audience.MEMBERS)
    hide_thread(world.thread, by=world.mei, reason="Off topic")
    City.objects.filter(pk=world.hilltop.pk).update(visibility=City.Visibility.CITIZENS)
    assert listed("/sitemap-cities-0.xml") == ["/c/stoneferry/"]
    assert not [path for path in listed("/sitemap-boards-0.xml") if "hilltop" in path]
    for section in ("threads", "people", "digests"):
        assert listed(f"/sitemap-{section}-0.xml") == []


def test_a_part_holds_what_has_its_numbers(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known_addresses, "PART_SIZE", 10)
    far = Thread(city=world.stoneferry, board=world.general, author=world.cai, last_author=world.cai, title="Far")
    far.pk = world.thread.pk // 10 * 10 + 35
    far.save()
    parts = [path for path in listed("/sitemap.xml") if "threads" in path]
    assert parts == [f"/sitemap-threads-{pk // 10}.xml" for pk in (world.thread.pk, far.pk)]
    assert [listed(part) for part in parts] == [[f"/t/{world.thread.pk}/"], [f"/t/{far.pk}/"]]


def test_the_index_says_when_a_part_last_changed_and_who_has_it_is_not_sent_it_again(world: World) -> None:
    index = browser().get("/sitemap.xml")
    threads = text_of(index).split("/sitemap-threads-0.xml</loc>")[1].split("</sitemap>")[0]
    assert world.thread.last_post_at.isoformat(timespec="seconds") in threads
    for path in ("/sitemap.xml", "/sitemap-threads-0.xml"):
        etag = browser().get(path)["ETag"]
        assert browser().get(path, headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize("count", [1, 60])
def test_the_number_of_queries_does_not_grow(
    world: World, django_assert_num_queries: Callable[[int], AbstractContextManager[object]], count: int
) -> None:
    assert connection.features.supports_json_field
    Thread.objects.bulk_create(
        Thread(city=world.stoneferry, board=world.general, author=world.cai, last_author=world.cai, title="T")
        for _number in range(count)
    )
    cache.clear()
    with django_assert_num_queries(2):
        assert len(listed("/sitemap-threads-0.xml")) == count + 1
    with django_assert_num_queries(1):
        listed("/sitemap-pages-0.xml")
    with django_assert_num_queries(12):
        known_addresses.parts(Viewer())
