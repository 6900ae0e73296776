"""The languages of the interface: which one a browser gets, how one changes it, and what stays as it was written."""

import pytest

from forum.actions.posts import add_reply
from forum.actions.threads import create_thread
from tests.clients import browser, text_of
from tests.world import World


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("zh-CN", "zh-hans"),
        ("zh-SG", "zh-hans"),
        ("zh-Hans-CN", "zh-hans"),
        ("zh-TW", "zh-hant"),
        ("zh-HK", "zh-hant"),
        ("zh-Hant-TW", "zh-hant"),
        ("zh", "zh-hant"),
        ("en-GB", "en"),
        ("fr, zh-CN;q=0.8, en;q=0.5", "zh-hans"),
    ],
)
@pytest.mark.django_db
def test_a_browser_gets_the_nearest_language(asked: str, language: str) -> None:
    assert f'<html lang="{language}"' in text_of(browser().get("/rights/", headers={"Accept-Language": asked}))


def test_a_simplified_page_alters_nothing_that_people_wrote(world: World) -> None:
    thread = create_thread(world.general, by=world.cai, title="漢字與橋", body="這是一座橋，橋下的水沒有說話。")
    add_reply(thread, by=world.coco, body="这是一座桥，桥下的水没有说话。")
    visitor = browser()
    visitor.post("/accounts/preferences/", {"language": "zh-hans"})
    page = text_of(visitor.get(f"/t/{thread.pk}/"))
    assert '<html lang="zh-hans"' in page
    assert "讨论区" in page
    assert "這是一座橋，橋下的水沒有說話。" in page
    assert "这是一座桥，桥下的水没有说话。" in page
    assert '<div class="post__body prose" lang="zh-Hant"' in page


@pytest.mark.parametrize("now", ["zh-hant", "zh-hans", "en"])
@pytest.mark.django_db
def test_each_language_is_offered_in_its_own_words_and_the_present_one_is_marked(now: str) -> None:
    page = text_of(browser().get("/rights/", headers={"Accept-Language": now}))
    for code, lang, name in [
        ("zh-hant", "zh-Hant", "繁體中文"),
        ("zh-hans", "zh-Hans", "简体中文"),
        ("en", "en", "English"),
    ]:
        mark = ' aria-current="true"' if code == now else ""
        assert f'<button name="language" value="{code}" lang="{lang}"{mark}>{name}</button>' in page


def test_a_second_title_in_either_chinese_is_for_readers_of_both(world: World) -> None:
    thread = create_thread(
        world.general, by=world.cai, title="The bridge", body="A bridge of planks.", alias="三塊板的橋"
    )
    for language, is_shown in [("zh-CN", True), ("zh-TW", True), ("en", False)]:
        page = text_of(browser().get(f"/t/{thread.pk}/", headers={"Accept-Language": language}))
        assert ("三塊板的橋" in page) is is_shown


def test_the_days_of_the_roll_are_one_character_in_chinese(world: World) -> None:
    for language, day in [("zh-TW", ">日</abbr>"), ("zh-CN", ">日</abbr>"), ("en", ">Sun</abbr>")]:
        page = text_of(browser().get("/c/stoneferry/roll/", headers={"Accept-Language": language}))
        assert day in page


def test_chinese_pages_offer_the_years_of_the_republic(world: World) -> None:
    chinese, english = ({"Accept-Language": language} for language in ("zh-TW", "en"))
    assert 'name="calendar" value="roc"' in text_of(browser().get("/", headers=chinese))
    assert 'name="calendar" value="roc"' not in text_of(browser().get("/", headers=english))
    settings = text_of(browser(world.rita).get("/me/settings/"))
    assert 'name="calendar"' in settings
    assert " ROC. " in settings
