"""One's own pages and digests in Chromium."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from forum.actions.digests import create_digest, keep_post
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
    "note": "/me/digests/bridges/entries/{entry}/",
    "delete digest": "/me/digests/bridges/delete/",
    "digest": "/u/coco/digests/bridges/",
    "chooser": "/p/{post}/digest/",
    "recommenders": "/p/{post}/recommenders/",
    "compare": "/p/{post}/history/?from=1&to=2",
    "history": "/p/{post}/history/",
    "print": "/t/{thread}/print/",
}


@pytest.fixture
def digest(world: World) -> Digest:
    """Coco's digest with two posts, one of them edited since."""
    digest = create_digest(by=world.coco, title="Bridges", is_public=True)
    keep_post(world.opener, by=world.coco, digest=digest, note="All of it.")
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
    desk.locator(f"#down-{first.pk}").click()
    expect(desk.locator("#entries li.digest-row").last).to_have_id(f"entry-{first.pk}")
    expect(desk.locator("#announcer")).to_contain_text("Now at place 2.")
    expect(desk.locator(f"#entry-{first.pk}")).to_contain_text("All of it.")
    assert desk.evaluate("document.activeElement.closest('li.digest-row')?.id") == f"entry-{first.pk}"
    assert desk.evaluate("window.stayed")


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
