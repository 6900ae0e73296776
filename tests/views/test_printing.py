"""Posts, threads and their polls for paper."""

import pytest

from forum.actions.moderation import hide_post
from forum.actions.polls import close_poll, set_poll
from forum.actions.posts import add_reply, edit_post
from forum.models import City, Poll
from forum.publishing import sheets
from tests.clients import HTMX, browser, text_of
from tests.world import World


def test_poll_of_a_thread_stands_on_paper_with_what_the_reader_may_know(world: World) -> None:
    set_poll(world.thread, by=world.cai, question="Which plank?", options=["The first", "The third"])
    page = text_of(browser().get(f"/t/{world.thread.pk}/print/"))
    for words in ("Which plank?", "The first", "The third"):
        assert words in page
    close_poll(Poll.objects.get(), by=world.cai)
    page = text_of(browser().get(f"/t/{world.thread.pk}/print/"))
    assert '<th scope="row">The third' in page
    assert "Nobody voted." in page


def test_addresses_of_links_stand_below_the_text(world: World) -> None:
    edit_post(
        world.reply, by=world.coco, base=1, body="See [the map](https://maps.example/ferry) and https://a.example."
    )
    page = text_of(browser().get(f"/p/{world.reply.pk}/print/"))
    assert '<ol class="paper__links"><li>https://maps.example/ferry</li></ol>' in page


def test_margins_name_place_and_title(world: World) -> None:
    page = text_of(browser().get(f"/t/{world.thread.pk}/print/"))
    assert 'data-print-title="The bridge 橋" data-print-place="石渡"' in page


def test_post_on_paper_says_what_paper_must_say(world: World) -> None:
    page = text_of(browser().get(f"/p/{world.reply.pk}/print/"))
    for words in (
        "石渡",
        "General",
        "The bridge 橋",
        "Coco",
        "No. 2",
        "in reply to 蔡渡, No. 1",
        "我走過",
        "Printed on",
    ):
        assert words in page
    assert f"http://testserver/p/{world.reply.pk}/" in page
    assert "三塊板的橋" not in page


def test_paper_has_no_navigation(world: World) -> None:
    page = text_of(browser(world.coco).get(f"/t/{world.thread.pk}/print/"))
    for part in ("sitehead", "sitefoot", 'class="actions"', "data-hx-post"):
        assert part not in page


def test_thread_on_paper_has_all_its_posts(world: World) -> None:
    for number in range(60):
        add_reply(world.thread, by=world.dan, body=f"Words of {number}.")
    page = text_of(browser().get(f"/t/{world.thread.pk}/print/"))
    assert page.count('class="paper__post"') == 62
    assert f"http://testserver/t/{world.thread.pk}/" in page


def test_edited_post_says_so_on_paper(world: World) -> None:
    edit_post(world.reply, by=world.coco, base=1, body="Twice.")
    assert "edit no. 1" in text_of(browser().get(f"/p/{world.reply.pk}/print/"))


def test_hidden_post_is_a_tombstone_on_paper(world: World) -> None:
    hide_post(world.reply, by=world.mei, reason="Off topic")
    page = text_of(browser().get(f"/t/{world.thread.pk}/print/"))
    assert "Post 2 is hidden." in page
    assert "I crossed it." not in page
    assert browser().get(f"/p/{world.reply.pk}/print/").status_code == 404
    assert "I crossed it." in text_of(browser(world.mei).get(f"/t/{world.thread.pk}/print/"))


def test_city_that_is_closed_prints_nothing_for_strangers(world: World) -> None:
    City.objects.filter(pk=world.stoneferry.pk).update(visibility=City.Visibility.CITIZENS)
    for path in (f"/t/{world.thread.pk}/print/", f"/p/{world.reply.pk}/print/"):
        assert browser().get(path).status_code == 404
        assert browser(world.coco).get(path).status_code == 200


def test_print_view_opens_over_the_page_with_its_button(world: World) -> None:
    page = text_of(browser().get(f"/p/{world.reply.pk}/print/", headers=HTMX))
    assert "<html" not in page
    assert 'data-behavior="print"' in page
    assert "我走過" in page


def test_very_long_thread_is_printed_in_parts(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "POSTS_PER_PART", 3)
    for number in range(5):
        add_reply(world.thread, by=world.dan, body=f"Words of {number}.")
    first, last = (text_of(browser().get(f"/t/{world.thread.pk}/print/?page={part}")) for part in (1, 3))
    assert "Part 1 of 3" in first
    assert 'href="?page=2"' in first
    assert last.count('class="paper__post"') == 1
    assert browser().get(f"/t/{world.thread.pk}/print/?page=4").status_code == 404


@pytest.mark.parametrize("count", [1, 3, 50])
def test_printing_takes_few_queries(world: World, django_assert_num_queries: object, count: int) -> None:
    for number in range(count):
        add_reply(world.thread, by=world.dan, body=f"Words of {number}.", to=1)
    client = browser()
    with django_assert_num_queries(2 + 1):  # type: ignore[operator]  # one counts how often this is asked
        client.get(f"/t/{world.thread.pk}/print/")
