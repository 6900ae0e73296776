"""One's own pages and digests in Chromium."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from forum.actions.digests import add_chapter, create_digest, keep_post, write_foreword
from forum.actions.posts import edit_post
from forum.actions.recommendations import recommend_post
from forum.models import Digest
from tests.browser.conftest import DESK, PHONE, OpenPage
from tests.world import World

type Enter = Callable[[Page, User], None]
type Check = Callable[[Page], None]
PAGES = {
    "home": "/me/",
    "settings": "/me/settings/",
    "digests": "/me/digests/",
    "change digest": "/me/digests/bridges/",
    "foreword": "/me/digests/bridges/foreword/",
    "note": "/me/digests/bridges/entries/{entry}/",
    "delete digest": "/me/digests/bridges/delete/",
    "digest": "/u/coco/digests/bridges/",
    "chooser": "/p/{post}/digest/",
    "recommenders": "/p/{post}/recommenders/",
    "compare": "/p/{post}/history/?from=1&to=2",
    "history": "/p/{post}/history/",
    "print": "/t/{thread}/print/",
    "print digest": "/u/coco/digests/bridges/print/",
}


@pytest.fixture
def digest(world: World) -> Digest:
    """Coco's digest like a book, with a post before the first chapter, edited since, and one in the chapter."""
    digest = create_digest(by=world.coco, title="Bridges", subtitle="木橋與石橋", dedication="給美", is_public=True)
    write_foreword(digest, by=world.coco, body="為什麼收**這些橋**。\n\n- Planks[^1]\n\n[^1]: Of oak.")
    keep_post(world.opener, by=world.coco, digest=digest, note="All of it.")
    add_chapter(digest, by=world.coco, title="Planks 木板", introduction="Mostly oak.")
    keep_post(world.reply, by=world.coco, digest=digest)
    edit_post(
        world.opener, by=world.cai, base=1, title="The old bridge 橋", body="四塊板的橋。Four planks.", reason="counted"
    )
    recommend_post(world.opener, by=world.coco)
    return digest


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
@pytest.mark.parametrize(
    ("window", "locale", "scheme"), [(PHONE, "zh-TW", "light"), (DESK, "en-GB", "dark")], ids=["phone", "desk"]
)
def test_own_page_fits_and_can_be_read_by_everybody(
    world: World,
    digest: Digest,
    path: str,
    window: dict[str, int],
    locale: str,
    scheme: str,
    open_page: OpenPage,
    enter: Enter,
    assert_accessible: Check,
    assert_no_sideways: Check,
) -> None:
    page = open_page(window, locale=locale, color_scheme=scheme)
    enter(page, world.coco)
    entry = digest.entries.first()
    assert entry
    answer = page.goto(path.format(post=world.opener.pk, thread=world.thread.pk, entry=entry.pk))
    assert answer
    assert answer.status == 200
    assert_no_sideways(page)
    assert_accessible(page)


def test_entry_moves_in_place_and_keeps_the_focus(world: World, digest: Digest, desk: Page, enter: Enter) -> None:
    enter(desk, world.coco)
    desk.goto("/me/digests/bridges/")
    desk.evaluate("window.stayed = true")
    first = digest.entries.first()
    assert first
    for told in ("Now at place 1, in the chapter “Planks 木板”.", "Now at place 2."):
        desk.locator(f"#down-{first.pk}").click()
        expect(desk.locator("#announcer")).to_contain_text(told)
    expect(desk.locator("#entries li.digest-row").last).to_have_id(f"entry-{first.pk}")
    expect(desk.locator(f"#entry-{first.pk}")).to_contain_text("All of it.")
    assert desk.evaluate("document.activeElement.closest('li.digest-row')?.id") == f"entry-{first.pk}"
    assert desk.evaluate("window.stayed")


def test_entry_is_dragged_past_a_heading(world: World, digest: Digest, desk: Page, enter: Enter) -> None:
    enter(desk, world.coco)
    desk.goto("/me/digests/bridges/")
    first, chapter = digest.entries.order_by("position")[0], digest.chapters.get()
    heading = desk.locator(f"#chapter-{chapter.pk}")
    expect(heading).to_have_attribute("draggable", "false")
    box = heading.bounding_box()
    assert box
    below = {"x": 300.0, "y": box["height"] - 3}
    desk.locator(f"#entry-{first.pk} .digest-entry__note").drag_to(heading, target_position=below)
    expect(desk.locator("#announcer")).to_contain_text("The order is kept.")
    first.refresh_from_db()
    assert (first.chapter, first.position) == (chapter, 1)


def test_deleting_a_digest_asks_over_the_page(world: World, digest: Digest, desk: Page, enter: Enter) -> None:
    enter(desk, world.coco)
    desk.goto("/me/digests/bridges/")
    desk.get_by_role("link", name="Delete this digest").click()
    expect(desk.locator("#overlay")).to_contain_text("Bridges")
    desk.locator("#overlay").get_by_role("link", name="Cancel").click()
    expect(desk.locator("#overlay")).not_to_be_visible()
    desk.get_by_role("link", name="Delete this digest").click()
    desk.locator("#overlay").get_by_role("button", name="Delete it").click()
    desk.wait_for_url("**/me/digests/")
    assert not Digest.objects.exists()


def test_all_names_open_over_the_page(world: World, digest: Digest, desk: Page) -> None:
    for person in (world.dan, world.mei, world.stan, world.rita, world.ada):
        recommend_post(world.opener, by=person)
    for number in range(6):
        person = User.objects.create_user(f"reader{number}", f"reader{number}@example.org")
        recommend_post(world.opener, by=person)
    desk.goto(f"/t/{world.thread.pk}/")
    desk.locator("#p1-recommenders").get_by_role("link", name="all names").click()
    expect(desk.locator("#overlay")).to_contain_text("reader5")
    expect(desk.locator("#overlay-title")).to_be_focused()
