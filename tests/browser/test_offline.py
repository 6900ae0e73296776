"""A thread is kept in the browser, read without a network, and thrown away again, in Chromium."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from accounts.models import User
from forum.actions.posts import add_reply
from tests.browser.conftest import OpenPage
from tests.world import World

type Enter = Callable[[Page, User], None]


def kept(page: Page) -> list[str]:
    """Return the names of all that this browser keeps."""
    names: list[str] = page.evaluate("caches.keys()")
    return sorted(names)


def test_a_kept_thread_can_be_read_without_a_network_and_signing_out_throws_it_away(
    world: World, open_page: OpenPage, enter: Enter
) -> None:
    for number in range(22):
        add_reply(world.thread, by=(world.cai, world.dan)[number % 2], body=f"Plank number {number}.")
    page = open_page()
    enter(page, world.rita)
    page.goto(f"/t/{world.thread.pk}/")
    assert kept(page) == []
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
    page.get_by_role("button", name="Keep for offline reading").click()
    expect(page.get_by_role("button", name="Renew the offline copy")).to_be_visible()
    expect(page.locator("#announcer")).to_contain_text("without a network")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")

    page.context.set_offline(True)
    page.goto(f"/t/{world.thread.pk}/")
    expect(page.get_by_role("heading", name="The bridge")).to_be_visible()
    expect(page.locator(".kept-note")).to_contain_text("A copy kept in this browser")
    expect(page.locator("main")).to_contain_text("Plank number 0.")
    assert world.rita.name not in page.content()
    assert "csrfmiddlewaretoken" not in page.content()
    page.goto(f"/t/{world.thread.pk}/focus/?page=2")
    expect(page.locator("main")).to_contain_text("Plank number 21.")
    page.goto("/c/stoneferry/")
    row = page.locator("main li", has=page.get_by_role("link", name="The bridge"))
    expect(row).to_be_visible()
    assert world.rita.name not in page.content()
    page.context.set_offline(False)

    page.goto("/offline/")
    page.get_by_role("button", name="Throw away The bridge").click()
    expect(page.get_by_text("Nothing is kept yet.")).to_be_visible()
    page.goto(f"/t/{world.thread.pk}/")
    page.get_by_role("button", name="Keep for offline reading").click()
    expect(page.get_by_role("button", name="Renew the offline copy")).to_be_visible()
    page.locator(".sitehead__who").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()
    assert kept(page) == []


def test_the_next_reader_of_a_browser_finds_nothing_of_who_never_signed_out(
    world: World, open_page: OpenPage, enter: Enter
) -> None:
    page = open_page()
    enter(page, world.cai)
    page.goto(f"/t/{world.thread.pk}/")
    page.get_by_role("button", name="Keep for offline reading").click()
    expect(page.get_by_role("button", name="Renew the offline copy")).to_be_visible()
    enter(page, world.rita)
    page.goto("/offline/")
    expect(page.get_by_text("Nothing is kept yet.")).to_be_visible()
    assert kept(page) == ["list"]


def test_a_site_that_switches_it_off_empties_browsers_that_kept_something(
    world: World, open_page: OpenPage, settings
) -> None:  # type: ignore[no-untyped-def]
    page = open_page()
    page.goto(f"/t/{world.thread.pk}/")
    page.get_by_role("button", name="Keep for offline reading").click()
    expect(page.get_by_role("button", name="Renew the offline copy")).to_be_visible()
    assert kept(page)
    settings.OFFLINE_READING = False
    page.goto("/")
    page.evaluate("navigator.serviceWorker.getRegistration().then((worker) => worker && worker.update())")
    page.wait_for_function("caches.keys().then((names) => names.length === 0)")
    page.goto(f"/t/{world.thread.pk}/")
    expect(page.get_by_role("button", name="Keep for offline reading")).to_have_count(0)
