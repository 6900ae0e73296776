"""Pages fetched when the pointer rests on their link, in Chromium: what was fetched is shown, as long as it holds."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request, expect

from accounts.models import User
from forum.caching.visits import visits
from tests.world import World

ARRIVAL = "performance.getEntriesByType('navigation')[0]"

type Enter = Callable[[Page, User], None]


def is_ahead(request: Request) -> bool:
    return request.headers.get("sec-purpose") == "prefetch"


@pytest.fixture
def fetched(desk: Page) -> list[str]:
    """The paths that the browser has fetched ahead."""
    paths: list[str] = []
    desk.on("request", lambda request: paths.append(request.url) if is_ahead(request) else None)
    return paths


@pytest.fixture
def at_board(world: World, desk: Page, enter: Enter, fetched: list[str]) -> Page:
    """Coco at the board of the thread."""
    enter(desk, world.coco)
    with desk.expect_response(lambda answer: answer.url.endswith(".speculation")) as rules:
        desk.goto("/c/stoneferry/b/general/")
    assert rules.value.headers["content-type"] == "application/speculationrules+json"
    return desk


def rest_on(page: Page, selector: str) -> None:
    """Rest the pointer on a link until what it leads to has come."""
    with page.expect_response(lambda answer: is_ahead(answer.request)) as ahead:
        page.locator(selector).first.hover()
    ahead.value.finished()


def test_a_link_shows_what_was_fetched_while_the_pointer_rested_on_it(
    world: World, at_board: Page, fetched: list[str]
) -> None:
    thread = f"/t/{world.thread.pk}/"
    rest_on(at_board, f"main a[href^='{thread}']")
    at_board.mouse.down()
    at_board.mouse.up()
    expect(at_board.locator("#p1")).to_be_visible()
    assert at_board.evaluate(f"{ARRIVAL}.deliveryType") == "navigational-prefetch"
    assert len(fetched) == 1


def test_what_was_fetched_before_one_wrote_is_not_shown_after(world: World, at_board: Page, fetched: list[str]) -> None:
    at_board.goto(f"/t/{world.thread.pk}/")
    board = "main a[href^='/c/stoneferry/b/general/']"
    rest_on(at_board, board)
    at_board.locator("#reply textarea").fill("Three planks.")
    at_board.locator("#reply .button--first").click()
    expect(at_board.locator("#p3")).to_be_visible()
    before = len(fetched)
    at_board.locator(board).first.click()
    row = at_board.locator(f"#thread-{world.thread.pk}")
    expect(row).to_contain_text(world.coco.name)
    assert len(fetched) == before + 1


def test_what_was_fetched_a_while_ago_is_asked_for_again(world: World, at_board: Page) -> None:
    thread = f"main a[href^='/t/{world.thread.pk}/']"
    rest_on(at_board, thread)
    at_board.add_init_script("const then = Date.now; Date.now = () => then() + 30_000;")
    pages: list[Request] = []
    at_board.on("request", lambda asked: pages.append(asked) if asked.is_navigation_request() else None)
    with at_board.expect_request(lambda asked: asked.is_navigation_request() and len(pages) > 1):
        at_board.locator(thread).first.click()
    expect(at_board.locator("#p1")).to_be_visible()
    assert not any(map(is_ahead, pages))


def test_a_visitor_who_arrives_at_what_was_fetched_counts(world: World, desk: Page) -> None:
    visits.forget()
    desk.goto("/c/stoneferry/b/general/")
    thread = f"/t/{world.thread.pk}/"
    rest_on(desk, f"main a[href^='{thread}']")
    assert visits.take() == {}
    with desk.expect_request_finished(lambda asked: asked.resource_type == "fetch" and thread in asked.url):
        desk.mouse.down()
        desk.mouse.up()
    assert visits.take() == {world.thread.pk: 1}
