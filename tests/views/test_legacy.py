"""Addresses of an imported forum lead to where its threads are now."""

from pathlib import Path

import pytest
from django.test import Client

from forum.models import Thread
from tests.transfer.archive import a_post, a_topic, bring, write_folder
from tests.world import World

POSTS = [a_post(1), *(a_post(number) for number in range(3, 46))]


@pytest.fixture
def thread(world: World, tmp_path: Path) -> Thread:
    """A thread of 44 posts whose number 2 is missing; its old address is /t/high-water-5/5."""
    bring(write_folder(tmp_path / "one", {"5.json": a_topic(5, *POSTS)}), world.stoneferry)
    return Thread.objects.get(source_id=5)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/t/high-water-5/5", ""),
        ("/t/high-water-5/5/", ""),
        ("/t/an-older-slug/5", ""),
        ("/t/-/5", ""),
        ("/t/high-water-5/5/1", "#p1"),
        ("/t/high-water-5/5/21", "#p21"),
        ("/t/high-water-5/5/22/", "?page=2#p22"),
        ("/t/high-water-5/5/45", "?page=3#p45"),
        ("/t/high-water-5/5/2", "#p1"),
        ("/t/high-water-5/5/999", "?page=3#p45"),
    ],
)
def test_old_address_redirects_for_good(client: Client, thread: Thread, old: str, new: str) -> None:
    response = client.get(old)
    assert (response.status_code, response["Location"]) == (301, f"/t/{thread.pk}/{new}")


@pytest.mark.parametrize("old", ["/t/high-water-5/6", "/t/a/99999999999999999999", "/t/a/5/99999999999"])
def test_unknown_old_address_is_not_found(client: Client, thread: Thread, old: str) -> None:
    assert client.get(old).status_code == 404


def test_hidden_thread_is_not_known_at_its_old_address_either(client: Client, thread: Thread) -> None:
    Thread.objects.filter(pk=thread.pk).update(is_hidden=True)
    assert client.get("/t/high-water-5/5").status_code == 404


def test_slug_decides_between_archives(client: Client, thread: Thread, world: World, tmp_path: Path) -> None:
    bring(write_folder(tmp_path / "two", {"5.json": a_topic(5, slug="dry-land")}), world.hilltop)
    other = Thread.objects.get(source_slug="dry-land")
    assert client.get("/t/dry-land/5")["Location"] == f"/t/{other.pk}/"
    assert client.get("/t/high-water-5/5")["Location"] == f"/t/{thread.pk}/"
    assert client.get("/t/neither/5").status_code == 404


def test_redirect_asks_the_database_three_times_at_most(
    client: Client, thread: Thread, django_assert_num_queries
) -> None:
    with django_assert_num_queries(3):
        client.get("/t/high-water-5/5/30")
