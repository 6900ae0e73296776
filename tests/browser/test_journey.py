"""The whole way of a newcomer: sign up, found a city, write, read, keep, print, and keep order."""

import re

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from forum.models import City, Post
from tests.browser.conftest import DESK, PHONE, OpenPage
from tests.world import World

WAYS = [
    pytest.param(DESK, True, "en-GB", id="desk"),
    pytest.param(DESK, False, "zh-TW", id="desk, Chinese, no JavaScript"),
    pytest.param(PHONE, True, "zh-TW", id="phone, Chinese"),
    pytest.param(PHONE, False, "en-GB", id="phone, no JavaScript"),
]


def _send(page: Page) -> None:
    """Press the first button of the form on the page."""
    page.locator("main form .button--first").first.click()


def _sign_up(page: Page, name: str, *, confirms: bool) -> None:
    page.goto("/accounts/signup/")
    page.locator("[name=username]").fill(name)
    page.locator("[name=email]").fill(f"{name}@example.org")
    for field in ("password1", "password2"):
        page.locator(f"[name={field}]").fill("correct-horse-battery")
    _send(page)
    page.wait_for_url("**/me/")
    if confirms:  # as who has no scripts does, before they write
        link = re.search(r"(/accounts/confirm-email/\S+)", str(mail.outbox[-1].body))
        assert link
        page.goto(link[1])
        _send(page)


def _found_city(page: Page) -> None:
    page.goto("/cities/new/")
    page.locator("[name=name]").fill("小城")
    page.locator("[name=category]").select_option(index=1)
    _send(page)
    expect(page.locator("h1")).to_contain_text("小城")


def _write(page: Page, city: str) -> None:
    """Open a board, and a thread on it."""
    page.goto(f"/c/{city}/hall/boards/")
    page.locator("main form [name=name]").fill("讀書")
    page.locator("main form .button--first").last.click()
    page.goto(f"/c/{city}/")
    page.get_by_role("link", name="讀書").first.click()
    page.locator(".pagehead__actions .button--first").click()
    page.locator("[name=title]").fill("重讀一本舊書")
    page.locator("[name=body]").fill("## 開頭\n\n我們讀**舊書**（old books）。\n\n> 河不記名字。\n\n```\ncode\n```")
    _send(page)
    expect(page.locator("#p1 .post__body h3, #p1 .post__body h4").first).to_have_text("開頭")


@pytest.mark.parametrize(("window", "scripts", "locale"), WAYS)
def test_newcomer_comes_all_the_way(
    world: World, open_page: OpenPage, window: dict[str, int], scripts: bool, locale: str
) -> None:
    options = {"java_script_enabled": scripts, "locale": locale}
    mayor, friend = open_page(window, **options), open_page(window, **options)
    _sign_up(mayor, "newcomer", confirms=not scripts)
    _found_city(mayor)
    city = City.objects.get(name="小城")
    _write(mayor, city.slug)
    thread = mayor.url.split("#")[0].split("?")[0]

    _sign_up(friend, "friend", confirms=not scripts)
    friend.goto(f"/c/{city.slug}/join/")
    _send(friend)
    friend.goto(thread)
    friend.locator("#p1-actions a[href*='to=1']").click()
    form = friend.locator("#p1-reply form" if scripts else "main form.compose")
    form.locator("textarea").fill("我也讀過。")
    form.locator(".button--first").click()
    expect(friend.locator("#p2 .post__to")).to_contain_text("newcomer")

    reply = Post.objects.get(thread__city=city, number=2)
    friend.goto(f"/p/{reply.pk}/edit/")
    friend.locator("[name=body]").fill("我也讀過，讀了兩次。")
    _send(friend)
    friend.goto(f"/p/{reply.pk}/history/")
    expect(friend.locator("main ins").first).to_contain_text("讀了兩次")

    friend.goto(thread)
    friend.locator("#p1-recommend-button").click()
    expect(friend.locator("#p1-recommenders")).to_contain_text("friend")
    friend.goto(f"/p/{Post.objects.get(thread__city=city, number=1).pk}/digest/")
    friend.locator("main [name=title]").fill("我的書")
    _send(friend)
    friend.goto("/me/digests/")
    expect(friend.locator("main")).to_contain_text("我的書")
    friend.goto(f"{thread}print/")
    expect(friend.locator("body")).to_contain_text("讀了兩次")

    mayor.goto(f"/p/{reply.pk}/hide/")
    mayor.locator("main [name=reason]").fill("離題")
    mayor.locator("main form button.button").first.click()
    friend.goto(thread)
    expect(friend.locator("main")).to_contain_text("讀")  # its author still reads it
    visitor = open_page(window, **options)
    visitor.goto(thread)
    expect(visitor.locator("#p2 .tombstone")).to_be_visible()
    expect(visitor.locator("main")).not_to_contain_text("讀了兩次")
    visitor.goto(f"/c/{city.slug}/log/")
    expect(visitor.locator("main")).to_contain_text("離題")
