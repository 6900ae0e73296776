"""The thread page and the ways through the list it was reached from."""

import html
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from forum.actions.moderation import hide_thread, lock_thread, move_thread
from forum.actions.posts import add_reply
from forum.actions.threads import create_thread
from forum.models import Thread
from tests.world import World


def _threads(world: World, count: int) -> list[Thread]:
    start = timezone.now() - timedelta(days=count + 1)
    return [
        create_thread(
            world.letters, by=world.cai, title=f"Letter {number}", body="Words.", at=start + timedelta(days=number)
        )
        for number in range(count)
    ]


def test_thread_page_has_every_element_of_the_original(world: World) -> None:
    page = Client().get(f"/t/{world.thread.pk}/").content.decode()
    for element in (
        'href="/c/stoneferry/"',
        "梅市長",
        "Dan",
        'href="/c/stoneferry/b/general/"',
        'name="size" value="large"',
        'href="#replies"',
        "Back to the list",
        "The bridge 橋",
        "0 views",
        "1 reply",
        "0 recommendations",
        "蔡渡",
        "三塊板的橋",
        f"/t/{world.thread.pk}/replies/?to=1",
        f"/p/{world.opener.pk}/recommend/",
        f"/p/{world.opener.pk}/print/",
        f"/p/{world.opener.pk}/digest/",
    ):
        assert element in page, element


def test_neighbours_follow_the_order_one_came_from(world: World) -> None:
    first, second, third = _threads(world, 3)
    add_reply(first, by=world.cai, body="Up again.")
    by_activity = Client().get(f"/t/{third.pk}/").content.decode()
    by_age = Client().get(f"/t/{third.pk}/?from=new").content.decode()
    assert f'rel="prev" href="/t/{first.pk}/"' in by_activity
    assert 'rel="prev"' not in by_age
    assert f'rel="next" href="/t/{second.pk}/?from=new"' in by_age


_TITLE = re.compile(r'<a href="(/t/[^"]+)"[^>]*>([^<]+)</a></h3>')
_STEP = re.compile(r'<a class="pagination__step" rel="(prev|next)" href="([^"]+)">')
LETTERS = "/c/stoneferry/b/letters/"


def _listed(address: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return the threads of a page of a list, address by title, and the ways on, `prev` and `next`."""
    page = Client().get(address).content.decode()
    steps = {way: LETTERS + html.unescape(step) for way, step in _STEP.findall(page)}
    for way in ("prev", "next"):  # machines are told the same ways
        assert (way in steps) == (f'<link rel="{way}" href="{LETTERS}?' in page)
    return {title: html.unescape(href) for href, title in _TITLE.findall(page)}, steps


def test_back_to_the_list_is_the_page_one_came_from(world: World) -> None:
    _threads(world, 25)
    _first, steps = _listed(f"{LETTERS}?sort=new")
    second, _steps = _listed(steps["next"])
    assert list(second) == [f"Letter {n}" for n in range(4, -1, -1)]
    page = Client().get(second["Letter 2"])
    assert page.context["back"].startswith(f"{LETTERS}?sort=new&after=")
    assert _listed(page.context["back"])[0] == second


def test_list_pages_forward_and_back_show_each_thread_once(world: World) -> None:
    _threads(world, 45)
    threads, steps = _listed(LETTERS)
    seen = list(threads)
    while "next" in steps:
        threads, steps = _listed(steps["next"])
        seen += threads
    assert seen == [f"Letter {n}" for n in range(44, -1, -1)]
    assert list(_listed(steps["prev"])[0]) == seen[20:40]


def test_month_jump_begins_at_the_end_of_that_month(world: World) -> None:
    _threads(world, 3)
    assert _listed(f"{LETTERS}?month=2009-03") == ({}, {})
    assert Client().get(f"{LETTERS}?month=nonsense").status_code == 404


@pytest.mark.parametrize("mark", ["nonsense", "1~2", "2026-01-01~x", "9" * 30 + "~1"])
def test_page_mark_that_makes_no_sense_is_a_404(world: World, mark: str) -> None:
    assert Client().get("/c/stoneferry/b/general/", {"after": mark}).status_code == 404


@pytest.mark.parametrize("page", ["0", "-1", "x", "99", "٣", "9" * 5000])
def test_page_that_is_not_there_is_a_404(world: World, page: str) -> None:
    assert Client().get(f"/t/{world.thread.pk}/", {"page": page}).status_code == 404


def test_later_pages_repeat_the_opener_as_a_summary(world: World) -> None:
    for _number in range(25):
        add_reply(world.thread, by=world.coco, body="Filling.")
    page = Client().get(f"/t/{world.thread.pk}/?page=2").content.decode()
    assert "Opened by 蔡渡" in page
    assert 'id="p1"' not in page


def test_acts_stand_in_the_course_of_the_thread(world: World) -> None:
    lock_thread(world.thread, by=world.mei, reason="for the night")
    move_thread(world.thread, by=world.mei, board=world.letters)
    page = Client().get(f"/t/{world.thread.pk}/").content.decode()
    assert page.index('id="p2"') < page.index("for the night") < page.index("Letters", page.index("for the night"))


def test_hidden_thread_is_a_404_for_readers_and_shown_as_hidden_to_its_author(world: World) -> None:
    hide_thread(world.thread, by=world.mei, reason="an address")
    author = Client()
    author.force_login(world.cai)
    address = f"/t/{world.thread.pk}/"
    assert Client().get(address).status_code == 404
    assert "This thread is hidden" in author.get(address).content.decode()
    assert "The bridge" not in Client().get("/").content.decode()
    assert "The bridge" not in Client().get("/c/stoneferry/b/general/").content.decode()


def test_full_page_travels_light(world: World) -> None:
    for _number in range(25):
        add_reply(world.thread, by=world.coco, body="A reply of some words. 一則有點長度的回應。" * 5, to=1)
    answer = Client().get(f"/t/{world.thread.pk}/", headers={"Accept-Encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert len(answer.content) < 12_000  # styles and scripts have their own bound in tests/test_assets.py
