"""What comes out of the printer: Chromium's own pages, read back."""

from collections.abc import Callable

import pypdfium2
import pytest
from playwright.sync_api import Page

from accounts.models import User
from forum.actions.digests import add_chapter, create_digest, keep_post, write_foreword
from forum.actions.posts import add_reply, edit_post
from forum.models import Digest
from tests.browser.conftest import DESK, OpenPage
from tests.world import World

type Enter = Callable[[Page, User], None]


@pytest.fixture
def digest(world: World) -> Digest:
    """Coco's public digest with a foreword and a chapter."""
    digest = create_digest(by=world.coco, title="Bridges 橋", is_public=True)
    write_foreword(digest, by=world.coco, body="Why I keep them.")
    keep_post(world.opener, by=world.coco, digest=digest, note="All of it.")
    add_chapter(digest, by=world.coco, title="Planks")
    keep_post(world.reply, by=world.coco, digest=digest)
    return digest


def printed(page: Page, paper: str = "A4") -> list[str]:
    """Return the text of each sheet as the browser prints the page."""
    document = pypdfium2.PdfDocument(page.pdf(format=paper))
    return [" ".join(sheet.get_textpage().get_text_range().split()) for sheet in document]


def test_digest_comes_out_as_a_book_with_running_titles(digest: Digest, open_page: OpenPage) -> None:
    page = open_page(DESK, color_scheme="dark")
    page.goto("/u/coco/digests/bridges-橋/print/")
    title, foreword, contents, first, chapter = printed(page)
    assert "Bridges 橋" in title
    assert "1 / 5" in title
    assert foreword.startswith("Coco Bridges 橋 ")
    assert "Foreword Why I keep them. Coco" in foreword
    assert "Contents" in contents
    assert "Planks" in contents
    assert "All of it." in first
    assert "Planks" in chapter
    assert "5 / 5" in chapter


def test_thread_printed_from_its_own_page_leaves_bars_and_buttons_behind(
    world: World, open_page: OpenPage, enter: Enter
) -> None:
    edit_post(world.reply, by=world.coco, base=1, body="See [the map](https://maps.example/ferry).")
    for number in range(12):
        add_reply(world.thread, by=world.dan, body=f"Line {number}.\n\n" * 4)
    page = open_page(DESK)
    enter(page, world.coco)
    page.goto(f"/t/{world.thread.pk}/")
    sheets = printed(page, "Letter")
    text = " ".join(sheets)
    assert len(sheets) > 1
    assert all(f"{number} / {len(sheets)}" in sheet for number, sheet in enumerate(sheets, start=1))
    assert all(f"/t/{world.thread.pk}/" in sheet for sheet in sheets)
    assert "The bridge 橋" in sheets[1]
    assert "⟨https://maps.example/ferry⟩" in text
    for words in ("Reply", "Recommend ", "Search all", "Text size", "Sign out", "Take away"):
        assert words not in text
