"""What one does in a thread, in Chromium: with JavaScript in place, without it by plain pages."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from forum.models import DigestEntry, Post, Recommendation, Thread
from tests.browser.conftest import PHONE, OpenPage
from tests.world import World

type Enter = Callable[[Page, User], None]


@pytest.fixture
def at_thread(world: World, desk: Page, enter: Enter) -> Page:
    """Coco at the thread, with JavaScript."""
    enter(desk, world.coco)
    desk.goto(f"/t/{world.thread.pk}/")
    return desk


def test_reply_appears_at_the_end_without_a_new_page(world: World, at_thread: Page) -> None:
    at_thread.evaluate("window.stayed = true")
    at_thread.locator("#reply textarea").fill("在原地回應。")
    at_thread.locator("#reply .button--first").click()
    expect(at_thread.locator("#p3 .post__body")).to_have_text("在原地回應。")
    expect(at_thread.locator("#p3")).to_be_focused()
    expect(at_thread.locator("#announcer")).to_contain_text("number 3")
    expect(at_thread.locator("#reply textarea")).to_have_value("")
    assert at_thread.evaluate("window.stayed")


def test_reply_to_a_person_opens_below_the_post_and_marks_the_addressee(world: World, at_thread: Page) -> None:
    at_thread.locator("#p1-actions").get_by_role("link", name="Reply to this person").click()
    form = at_thread.locator("#p1-reply form")
    expect(form.locator("textarea")).to_be_focused()
    form.locator("textarea").fill("給你的。")
    form.locator(".button--first").click()
    expect(at_thread.locator("#p3 .post__to")).to_contain_text("蔡渡")
    assert Post.objects.get(thread=world.thread, number=3).addressed == world.opener


def test_cancelled_reply_goes_away_and_gives_the_focus_back(at_thread: Page) -> None:
    at_thread.locator("#p1-actions").get_by_role("link", name="Reply to this person").click()
    at_thread.locator("#p1-reply form").get_by_role("link", name="Cancel").click()
    expect(at_thread.locator("#p1-reply form")).to_have_count(0)
    expect(at_thread.locator("#p1")).to_be_focused()


def test_preview_stands_under_the_form_and_keeps_the_text(at_thread: Page) -> None:
    at_thread.locator("#reply textarea").fill("這是**粗體**。")
    at_thread.locator("#reply").get_by_role("button", name="Preview").click()
    expect(at_thread.locator("#reply .compose__preview strong")).to_have_text("粗體")
    expect(at_thread.locator("#reply textarea")).to_have_value("這是**粗體**。")


def test_empty_reply_is_refused_in_place(at_thread: Page) -> None:
    at_thread.locator("#reply textarea").evaluate("field => field.removeAttribute('required')")
    at_thread.locator("#reply .button--first").click()
    expect(at_thread.locator("#reply .errors")).to_contain_text("Write something first.")
    expect(at_thread.locator("#reply .errors")).to_be_focused()


def test_selected_passage_is_quoted(world: World, at_thread: Page) -> None:
    at_thread.locator("#p1 .post__body p").select_text()
    at_thread.locator("#p1").get_by_role("button", name="Quote the selection").click()
    quoted = f"> **蔡渡** [#1](/p/{world.opener.pk}/)\n>\n> 三塊板的橋。Three planks.\n\n"
    expect(at_thread.locator("#p1-reply textarea")).to_have_value(quoted)


def test_recommending_changes_button_and_names_in_place(world: World, at_thread: Page) -> None:
    button = at_thread.locator("#p1-recommend-button")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(at_thread.locator("#p1-recommenders")).to_contain_text("Coco")
    expect(button).to_be_focused()
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    expect(at_thread.locator("#p1-recommenders")).not_to_contain_text("Coco")
    assert not Recommendation.objects.exists()


def test_print_view_opens_over_the_page_with_the_print_dialog(at_thread: Page) -> None:
    at_thread.evaluate("() => { window.print = () => { window.printed = (window.printed || 0) + 1 } }")
    at_thread.locator("#p1-actions").get_by_role("link", name="Print").click()
    expect(at_thread.locator("#overlay")).to_contain_text("三塊板的橋")
    at_thread.wait_for_function("() => window.printed === 1")
    at_thread.keyboard.press("Escape")
    expect(at_thread.locator("#overlay")).not_to_be_visible()
    expect(at_thread.locator("#p1-actions").get_by_role("link", name="Print")).to_be_focused()


def test_digest_chooser_opens_over_the_page_and_keeps_the_post(world: World, at_thread: Page) -> None:
    at_thread.locator("#p1-keep").click()
    dialog = at_thread.locator("#overlay")
    expect(dialog).to_be_visible()
    dialog.locator("[name=title]").fill("橋")
    dialog.locator(".button--first").click()
    expect(dialog).not_to_be_visible()
    expect(at_thread.locator("#p1-keep")).to_contain_text("In my digest")
    entry = DigestEntry.objects.get()
    assert (entry.digest.title, entry.post, entry.revision.number) == ("橋", world.opener, 1)


def test_mayor_hides_a_post_in_place_and_finds_it_in_the_log(world: World, desk: Page, enter: Enter) -> None:
    enter(desk, world.mei)
    desk.goto(f"/t/{world.thread.pk}/")
    desk.locator("#p2-actions summary").click()
    desk.get_by_role("link", name="Hide this post").click()
    desk.locator("#overlay").get_by_label("Reason").fill("對人不對事")
    desk.locator("#overlay").get_by_role("button", name="Hide this post").click()
    expect(desk.locator("#p2 .tombstone")).to_be_visible()
    desk.goto("/c/stoneferry/log/")
    expect(desk.locator("main")).to_contain_text("對人不對事")


def test_text_survives_a_locked_thread(world: World, at_thread: Page) -> None:
    at_thread.locator("#reply textarea").fill("寫了一個小時。")
    Thread.objects.filter(pk=world.thread.pk).update(is_locked=True)
    at_thread.locator("#reply .button--first").click()
    expect(at_thread.locator("#reply .errors")).to_contain_text("locked")
    expect(at_thread.locator("#reply textarea")).to_have_value("寫了一個小時。")


def test_text_survives_an_expired_session(world: World, at_thread: Page) -> None:
    at_thread.locator("#reply textarea").fill("寫了一個小時。")
    at_thread.context.clear_cookies(name="sessionid")
    at_thread.locator("#reply .button--first").click()
    at_thread.wait_for_url("**/accounts/login/**")
    at_thread.locator("[name=login]").fill("coco")
    at_thread.locator("[name=password]").fill("correct-horse-battery")
    at_thread.locator("main form button").first.click()
    expect(at_thread.locator("textarea[name=body]")).to_have_value("寫了一個小時。")


def test_text_size_is_remembered(world: World, at_thread: Page) -> None:
    at_thread.locator(".page__rail [name=size][value=xlarge]").click()
    expect(at_thread.locator("html")).to_have_attribute("data-size", "xlarge")
    at_thread.goto("/")
    expect(at_thread.locator("html")).to_have_attribute("data-size", "xlarge")


def test_everything_works_without_javascript(world: World, no_js: Page, enter: Enter) -> None:
    enter(no_js, world.coco)
    no_js.goto(f"/t/{world.thread.pk}/")
    no_js.locator(".page__rail [name=size][value=large]").click()
    expect(no_js.locator("html")).to_have_attribute("data-size", "large")
    no_js.locator("#p1-actions").get_by_role("link", name="Reply to this person").click()
    no_js.locator("textarea[name=body]").fill("沒有腳本。")
    no_js.get_by_role("button", name="Preview").click()
    expect(no_js.locator(".compose__preview")).to_contain_text("沒有腳本。")
    no_js.locator(".form__buttons .button--first").click()
    expect(no_js.locator("#p3 .post__to")).to_contain_text("蔡渡")
    no_js.locator("#p1-recommend-button").click()
    expect(no_js.locator("#p1-recommenders")).to_contain_text("Coco")
    no_js.locator("#p1-keep").click()
    no_js.locator("[name=title]").fill("橋")
    no_js.locator("main .button--first").click()
    assert DigestEntry.objects.get().post == world.opener
    no_js.goto(f"/t/{world.thread.pk}/")
    no_js.locator("#p1-actions").get_by_role("link", name="Print").click()
    expect(no_js.locator("main, body")).to_contain_text(["三塊板的橋"])


def test_bar_at_the_thumb_replies_and_recommends(world: World, open_page: OpenPage, enter: Enter) -> None:
    phone = open_page(PHONE, has_touch=True, is_mobile=True)
    enter(phone, world.coco)
    phone.goto(f"/t/{world.thread.pk}/")
    phone.locator(".bar").get_by_role("button", name="Recommend").tap()
    expect(phone.locator("#p1-recommenders")).to_contain_text("Coco")
    phone.locator(".bar").get_by_role("link", name="Reply").tap()
    expect(phone.locator("#reply textarea")).to_be_in_viewport()
