"""The versions of a post and their differences."""

import pytest

from forum.actions.moderation import hide_post
from forum.actions.posts import edit_post
from forum.models import Post
from tests.clients import browser, text_of
from tests.world import World


def address(post: Post) -> str:
    return f"/p/{post.pk}/history/"


def edit(world: World, *bodies: str, reason: str = "") -> Post:
    post = world.reply
    for body in bodies:
        post = edit_post(post, by=world.coco, base=post.revision_number, body=body, reason=reason)
    return post


def test_post_never_edited_shows_its_only_version(world: World) -> None:
    page = text_of(browser().get(address(world.reply)))
    assert "The text as it was first written." in page
    assert "I crossed it. 我走過。" in page


def test_versions_stand_newest_first_with_who_when_and_why(world: World) -> None:
    edit(world, "I crossed it. 我走過兩次。", reason="counted again")
    page = text_of(browser().get(address(world.reply)))
    assert page.index("Version 2") < page.index("Version 1")
    assert "Reason: counted again" in page
    assert ">Coco</a>" in page


def test_difference_is_by_character_in_chinese_and_by_word_in_english(world: World) -> None:
    edit(world, "I walked it. 我走過兩次。")
    page = text_of(browser().get(address(world.reply)))
    assert '<del class="diff__old">crossed</del><ins class="diff__new">walked</ins>' in page
    assert '我走過<ins class="diff__new">兩次</ins>。' in page


def test_text_of_a_version_is_shown_as_typed_never_as_html(world: World) -> None:
    edit(world, "<b>bold</b> <script>alert(1)</script>")
    page = text_of(browser().get(address(world.reply)))
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_any_two_versions_can_be_compared_in_whatever_order(world: World) -> None:
    edit(world, "Two.", "Three.", "Four.")
    for query in ("?from=2&to=4", "?from=4&to=2"):
        page = text_of(browser().get(address(world.reply) + query))
        assert "From version 2 to version 4" in page
        assert '<del class="diff__old">Two</del><ins class="diff__new">Four</ins>' in page
    assert "The two texts are the same." in text_of(browser().get(address(world.reply) + "?from=3&to=3"))


def test_versions_that_are_not_there_are_not_found(world: World) -> None:
    for query in ("?from=1&to=9", "?from=0&to=1", "?from=x&to=1", "?from=1", "?to=" + "9" * 30, "?page=2"):
        assert browser().get(address(world.reply) + query).status_code == 404


def test_changed_title_of_a_thread_is_a_difference_too(world: World) -> None:
    edit_post(world.opener, by=world.cai, base=1, title="The old bridge 橋", body="三塊板的橋。Three planks.")
    assert '<ins class="diff__new">old </ins>' in text_of(browser().get(address(world.opener)))


def test_archive_that_lost_earlier_versions_is_said_to_have(world: World) -> None:
    Post.objects.filter(pk=world.reply.pk).update(earlier_edits=3)
    assert "earlier versions were not in the archive" in text_of(browser().get(address(world.reply)))


def test_long_equal_stretches_are_folded(world: World) -> None:
    long = "一句話。" * 400
    edit(world, f"{long}終", f"{long}始")
    assert "characters unchanged" in text_of(browser().get(address(world.reply)))


def test_differences_of_very_long_versions_are_shown_one_pair_at_a_time(world: World) -> None:
    edit(world, "字" * 15_000, "字" * 15_001)
    page = text_of(browser().get(address(world.reply)))
    assert 'href="?from=2&amp;to=3"' in page
    assert "From version 2 to version 3" in text_of(browser().get(address(world.reply) + "?from=2&to=3"))


def test_many_versions_have_pages(world: World) -> None:
    edit(world, *(f"Version of {number}" for number in range(2, 14)))
    first, second = (text_of(browser().get(f"{address(world.reply)}?page={page}")) for page in (1, 2))
    assert 'id="r13"' in first
    assert 'id="r3"' not in first
    assert 'id="r3"' in second
    assert '<del class="diff__old">2</del><ins class="diff__new">3</ins>' in second


def test_history_of_a_hidden_post_is_for_its_author_and_the_officers(world: World) -> None:
    hide_post(world.reply, by=world.mei, reason="Off topic")
    seen = {
        name: browser(world.person(name)).get(address(world.reply)).status_code
        for name in ("visitor", "citizen", "mayor")
    }
    assert seen == {"visitor": 404, "citizen": 200, "mayor": 200}
    assert browser(world.rita).get(address(world.reply)).status_code == 404


@pytest.mark.parametrize("edits", [0, 2, 9, 40])
def test_history_takes_few_queries(world: World, django_assert_num_queries: object, edits: int) -> None:
    edit(world, *(f"Words {number}" for number in range(edits)))
    client = browser()
    client.get("/")
    with django_assert_num_queries(4 + 1):  # type: ignore[operator]  # one counts how often this is asked
        client.get(address(world.reply))
