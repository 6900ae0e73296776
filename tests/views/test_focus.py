"""Reading mode: the text of a thread or a post and nothing else, in vertical lines where one chose them."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.db import connection

from accounts.models import User
from forum.actions.blocks import block_person
from forum.actions.moderation import hide_post
from forum.actions.posts import add_reply
from forum.actions.threads import create_thread, write_views
from forum.models import Thread
from tests.clients import browser, text_of
from tests.world import World

CHINESE = "渡口有三塊板的橋，第 3 塊最老，2026 年修過一次，說明書是 PDF。"
VERTICAL = 'class="focus vertical"'


@pytest.fixture
def chinese(world: World) -> Thread:
    """A thread in Chinese with a reply in each language."""
    thread = create_thread(world.general, by=world.cai, title="橋上的三塊板", body=CHINESE)
    add_reply(thread, by=world.dan, body="I crossed that bridge 3 times, and it has not fallen yet.")
    add_reply(thread, by=world.coco, body="我走過三次，它還沒有垮。")
    return thread


def choosing_vertical(user: User | None = None) -> Callable[[str], str]:
    """Return what opens pages for somebody who reads Chinese in vertical lines."""
    client = browser(user)
    client.post("/accounts/preferences/", {"writing": "vertical", "next": "/"})
    return lambda path: text_of(client.get(path))


def test_only_text_stands_there(world: World) -> None:
    page = text_of(browser(world.coco).get(f"/t/{world.thread.pk}/focus/"))
    for words in ("The bridge 橋", "三塊板的橋", "蔡渡", "No. 2", "我走過", f'href="/t/{world.thread.pk}/"'):
        assert words in page
    for part in ("sitefoot", 'class="actions"', "data-hx-", "recommenders", 'id="reply"'):
        assert part not in page


def test_one_post_is_read_alone(world: World) -> None:
    page = text_of(browser().get(f"/p/{world.reply.pk}/focus/"))
    assert "我走過" in page
    assert "三塊板的橋" not in page
    assert f'href="/p/{world.reply.pk}/"' in page


def test_parts_are_the_pages_of_the_thread(world: World) -> None:
    for number in range(25):
        add_reply(world.thread, by=world.cai, body=f"Plank {number}.")
    first, second = (text_of(browser().get(f"/t/{world.thread.pk}/focus/?page={page}")) for page in (1, 2))
    assert "Part 1 of 2" in first
    assert 'id="p20"' in first
    assert 'id="p21"' not in first
    assert 'id="p21"' in second
    assert f'href="/t/{world.thread.pk}/?page=2"' in second
    assert browser().get(f"/t/{world.thread.pk}/focus/?page=3").status_code == 404
    thread_page = text_of(browser().get(f"/t/{world.thread.pk}/?page=2"))
    assert f'href="/t/{world.thread.pk}/focus/?page=2"' in thread_page


def test_what_is_hidden_or_folded_is_so_here_too(world: World) -> None:
    block_person(world.coco, by=world.rita)
    assert "<details" in text_of(browser(world.rita).get(f"/t/{world.thread.pk}/focus/")).partition('id="p2"')[2]
    hide_post(world.reply, by=world.mei, reason="a test")
    page = text_of(browser().get(f"/t/{world.thread.pk}/focus/"))
    assert "Post 2 is hidden." in page
    assert "我走過" not in page


def test_it_is_marked_as_read_as_on_the_page_of_the_thread(world: World) -> None:
    page = text_of(browser(world.rita).get(f"/t/{world.thread.pk}/focus/"))
    assert f'action="/t/{world.thread.pk}/read/"' in page
    assert 'name="number" value="2"' in page
    assert "/read/" not in text_of(browser().get(f"/t/{world.thread.pk}/focus/"))


def test_reading_is_counted_once(world: World) -> None:
    client, before = browser(), world.thread.views_count
    client.get(f"/t/{world.thread.pk}/")
    client.get(f"/t/{world.thread.pk}/focus/")
    write_views()
    world.thread.refresh_from_db()
    assert world.thread.views_count == before + 1


@pytest.mark.parametrize("count", [1, 50])
@pytest.mark.parametrize(("who", "queries"), [(None, 3), ("coco", 5)])
def test_it_asks_the_database_little(
    world: World,
    django_assert_num_queries: Callable[[int], AbstractContextManager[object]],
    who: str | None,
    queries: int,
    count: int,
) -> None:
    assert connection.features.supports_json_field  # asked once
    for number in range(count):
        add_reply(world.thread, by=world.cai, body=f"Plank {number}.", to=1)
    client = browser(getattr(world, who) if who else None)
    with django_assert_num_queries(queries):
        assert client.get(f"/t/{world.thread.pk}/focus/").status_code == 200


def test_chinese_runs_in_vertical_lines_where_one_chose_them(world: World, chinese: Thread) -> None:
    address = f"/t/{chinese.pk}/focus/"
    assert VERTICAL not in text_of(browser().get(address))
    for opened in (choosing_vertical(), choosing_vertical(world.rita)):
        page = opened(address)
        assert VERTICAL in page
        assert '第 <span class="combined">3</span> 塊最老，2026 年' in page
        assert '<span class="stacked">PDF</span>' in page
        assert 'focus__post--across" id="p2"' in page
        assert "bridge 3 times" in page
        assert 'class="post focus__post" id="p3"' in page


def test_english_never_does(world: World) -> None:
    thread = create_thread(world.general, by=world.cai, title="Three planks", body="The bridge has three planks.")
    opened = choosing_vertical()
    assert VERTICAL not in opened(f"/t/{thread.pk}/focus/")
    assert 'name="writing"' not in opened(f"/t/{thread.pk}/")


def test_the_choice_stands_beside_a_chinese_thread_and_leads_to_where_it_shows(world: World, chinese: Thread) -> None:
    page = text_of(browser().get(f"/t/{chinese.pk}/"))
    assert page.count('name="writing" value="vertical"') == 2  # in the rail, and at the thumb
    assert f'name="next" value="/t/{chinese.pk}/focus/"' in page


def test_chinese_is_printed_so_too(world: World, chinese: Thread) -> None:
    opened = choosing_vertical()
    post = chinese.posts.get(number=1)
    for path in (f"/t/{chinese.pk}/print/", f"/p/{post.pk}/print/"):
        assert 'class="paper vertical"' in opened(path)
        assert '<span class="stacked">PDF</span>' in opened(path)
        assert 'class="paper"' in text_of(browser().get(path))
