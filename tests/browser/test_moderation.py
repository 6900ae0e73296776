"""Officers at work in Chromium: pages to choose and look at first, dialogs, and what a split leaves behind."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from forum.actions.moderation import lock_thread
from forum.actions.posts import add_reply
from forum.actions.splitting import split_thread
from forum.actions.threads import create_thread
from forum.models import Event, Thread
from tests.browser.conftest import DESK, PHONE, OpenPage
from tests.world import World

type Enter = Callable[[Page, User], None]
type Check = Callable[[Page], None]
PAGES = {
    "merge": "/t/{ferry}/merge/?q=bridge",
    "merge into": "/t/{ferry}/merge/?into={thread}",
    "split": "/t/{thread}/split/?numbers=3",
    "pin": "/t/{thread}/pin/",
    "gap": "/t/{thread}/",
    "undo": "/c/stoneferry/log/{event}/undo/",
    "private": "/c/stoneferry/log/{event}/private/",
}


@pytest.fixture
def ferry(world: World) -> Thread:
    """Another thread; from that of the world a post has been split off, and one that follows stays."""
    add_reply(world.thread, by=world.dan, body="By night too?", to=2)
    split_thread(world.thread, by=world.ada, numbers=[2], board=world.letters, title="Crossing it")
    lock_thread(world.thread, by=world.mei, reason="Until tomorrow")
    return create_thread(world.general, by=world.coco, title="The ferry", body="It rests on Mondays.")


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
@pytest.mark.parametrize(("window", "scheme"), [(PHONE, "light"), (DESK, "dark")], ids=["phone", "desk"])
def test_the_page_fits_and_can_be_read_by_everybody(
    path: str,
    window: dict[str, int],
    scheme: str,
    world: World,
    ferry: Thread,
    enter: Enter,
    open_page: OpenPage,
    assert_accessible: Check,
    assert_no_sideways: Check,
) -> None:
    page = open_page(window, color_scheme=scheme)
    enter(page, world.mei)
    event = Event.objects.get(kind="thread.locked").pk
    answer = page.goto(path.format(thread=world.thread.pk, ferry=ferry.pk, event=event))
    assert answer
    assert answer.status == 200
    assert_no_sideways(page)
    assert_accessible(page)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_posts_are_split_off_on_a_phone_and_the_split_is_taken_back(
    world: World, enter: Enter, open_page: OpenPage, scripts: bool
) -> None:
    page = open_page(PHONE, java_script_enabled=scripts)
    enter(page, world.mei)
    page.goto(f"/t/{world.thread.pk}/")
    page.get_by_text("Moderate").click()
    page.get_by_role("link", name="Split posts off").click()
    page.get_by_label("I crossed it").check()
    page.get_by_label("Title of the new thread").fill("Crossing it")
    page.get_by_role("button", name="Look at it first").click()
    expect(page.get_by_text("No. 2 opens it, so Coco will be its author.")).to_be_visible()
    page.get_by_role("button", name="Split off", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Crossing it")
    page.goto(f"/t/{world.thread.pk}/#p2")
    expect(page.get_by_text("No. 2 is now No. 1 of “Crossing it”.")).to_be_visible()
    page.goto("/c/stoneferry/log/")
    page.get_by_role("link", name="Take back").first.click()
    page.get_by_label("Reason").fill("Together after all")
    page.get_by_role("button", name="Take this act back").click()
    expect(page.get_by_text("The act is taken back.")).to_be_visible()
    assert world.thread.posts.count() == 2
