"""The main pages for everybody: each theme, language and window, letters set apart, four times as large.

A page is loaded once a window, in one language on a phone and in the other at a desk, the next page the other way
round; the themes are put on in place. Each page is asked all rules in one theme, those of colours in all.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page

from accounts.models import User
from forum.actions.digests import keep_in_new_digest
from forum.actions.posts import add_reply, edit_post
from forum.actions.recommendations import recommend_post
from forum.actions.reports import file_report
from forum.actions.threads import create_thread
from forum.models import Archive, Post, Thread
from tests.browser.conftest import DESK, PHONE, Complaints
from tests.world import World

type Enter = Callable[[Page, User], None]

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
ENHANCED, SEAL = "color-contrast-enhanced", '<span class="seal '
EVERYTHING = {"preload": False, "resultTypes": ["violations"], "rules": {ENHANCED: {"enabled": True}}}
COLOURS = {**EVERYTHING, "runOnly": ["color-contrast", ENHANCED, "link-in-text-block"]}
THEMES = ("light", "dark", "contrast")
LANGUAGES = ("zh-TW", "en-GB")
NARROW = {"width": 320, "height": 256}  # a window of 1280 px at 400 %
# The distances of WCAG 2.2, 1.4.12, which a reader may set.
APART = (
    "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }"
    " p { margin-block-end: 2em !important }"
)
# Text in a box that shows less than all of it; what scrolls, or ends in dots with the whole behind a link, may.
CLIPPED = """() => [...document.querySelectorAll("main *, header *, footer *")].filter((box) => {
  const style = getComputedStyle(box);
  if (!["hidden", "clip"].includes(style.overflowY) || style.position === "absolute") return false;
  if (style.webkitLineClamp !== "none" || style.textOverflow === "ellipsis" || !box.offsetParent) return false;
  if (!box.innerText?.trim()) return false;
  return box.scrollHeight > box.clientHeight + 2 || box.scrollWidth > box.clientWidth + 2;
}).map((box) => `${box.tagName}.${box.className}`)"""
TEXT = "從市集廣場走到碼頭，要過三塊木板。Three planks, as the ferryman (渡船人) says: “mind the gap”."


class Main:
    """What must be on the main pages, and their addresses."""

    def __init__(self, world: World) -> None:
        """Write, recommend, keep, report; make one thread long and one imported."""
        recommend_post(world.opener, by=world.rita)
        edit_post(world.opener, by=world.cai, title="The bridge 橋", body=f"{TEXT}\n\n> {TEXT}\n\n1. one", base=1)
        entry = keep_in_new_digest(world.reply, by=world.cai, title="Bridges", is_public=True)
        add_reply(world.thread, by=world.mei, body=TEXT, to=2, office="mayor")
        file_report(by=world.rita, reason="abuse", words="Rude.", post=world.reply)
        self.long = create_thread(world.general, by=world.cai, title="渡船的帳本", body=TEXT)
        self._lengthen(self.long, world.coco)
        old = create_thread(world.letters, by=world.dan, title="An old letter 舊信", body=TEXT)
        archive = Archive.objects.create(city=world.stoneferry, software="discourse")
        Thread.objects.filter(pk=old.pk).update(archive=archive, source_id=77, source_slug="old")
        thread, post = f"/t/{world.thread.pk}/", f"/p/{world.opener.pk}/"
        self.visitor = ["/", "/cities/", "/c/stoneferry/", "/c/stoneferry/b/general/", thread, f"/t/{self.long.pk}/"]
        self.visitor += [f"/t/{self.long.pk}/?page=22", f"/t/{old.pk}/", f"/t/{self.long.pk}/focus/"]
        self.visitor += [f"{post}history/", f"{post}recommenders/", f"/u/cai/digests/{entry.digest.slug}/"]
        self.visitor += ["/search/?q=bridge", "/accounts/signup/", "/accounts/login/", "/nowhere/", f"{post}print/"]
        self.visitor += ["/c/stoneferry/log/", "/c/stoneferry/citizens/", "/u/mei/", "/help/writing/"]
        self.mayor = [
            "/c/stoneferry/hall/",
            "/me/notifications/",
            "/me/settings/",
            "/c/stoneferry/b/general/threads/new/",
        ]
        self.mayor += [thread]

    def _lengthen(self, thread: Thread, author: User) -> None:
        post = thread.posts.get()
        like = {"thread": thread, "author": author, "body": TEXT, "html": post.html}
        like |= {"renderer_version": post.renderer_version, "language": "zh-Hant"}
        Post.objects.bulk_create([Post(number=number, **like) for number in range(2, 436)])
        Thread.objects.filter(pk=thread.pk).update(
            last_number=435, posts_count=435, replies_count=434, last_post_at=timezone.now()
        )


def violations(page: Page, options: dict[str, Any]) -> list[str]:
    """Return what axe finds on the page: the rule, the first place and why."""
    found = []
    for one in page.evaluate(f"axe.run({json.dumps(options)}).then((all) => all.violations)"):
        # A seal is a crest, a drawing made of letters: its city is named beside it, and AA is enough for it (1.4.6).
        nodes = [node for node in one["nodes"] if one["id"] != ENHANCED or not node["html"].startswith(SEAL)]
        found += [f"{one['id']}: {node['html'][:160]} {node.get('failureSummary', '')[-160:]}" for node in nodes[:1]]
    return found


def offences(page: Page, *, is_phone: bool, number: int = 0) -> Iterator[str]:
    """Give what is wrong with the page that is open, in each theme and, on a phone, at each size."""
    page.evaluate(AXE)
    for theme in THEMES:
        page.evaluate("theme => document.documentElement.dataset.theme = theme", theme)
        options = EVERYTHING if theme == THEMES[number % len(THEMES)] else COLOURS
        yield from (f"{theme}: {one}" for one in violations(page, options))
    yield from sideways(page, "as it is")
    if is_phone:
        page.set_viewport_size(NARROW)
        yield from sideways(page, "at 400 %")
        page.add_style_tag(content=APART)
        yield from sideways(page, "with letters apart")
        yield from (f"cut off with letters apart: {one}" for one in page.evaluate(CLIPPED))
        page.set_viewport_size(PHONE)


def sideways(page: Page, when: str) -> Iterator[str]:
    """Give a word when the page scrolls sideways."""
    width, room = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    if width > room:
        yield f"{when} the page is {width} wide in a window of {room}"


@pytest.fixture
def watched(browser: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    """Give a function that opens a page whose policy lets the checker write its styles; complaints fail the test."""
    opened: list[tuple[Page, Complaints]] = []

    def opens(window: dict[str, int], **options: Any) -> Page:
        options |= {"reduced_motion": "reduce", "bypass_csp": True, "base_url": live_server.url, "viewport": window}
        page, heard = browser.new_context(**options).new_page(), Complaints(live_server.url)
        heard.watch(page)
        opened.append((page, heard))
        return page

    yield opens
    for page, heard in opened:
        page.context.close()
        assert heard.lines == []


@pytest.mark.parametrize("window", [PHONE, DESK], ids=["phone", "desk"])
def test_every_main_page_is_for_everybody(
    world: World, watched: Callable[..., Page], enter: Enter, window: dict[str, int]
) -> None:
    main, found = Main(world), []
    languages = LANGUAGES if window == PHONE else LANGUAGES[::-1]
    visitors, mayors = ([watched(window, locale=locale) for locale in languages] for _ in range(2))
    for mayor in mayors:
        enter(mayor, world.mei)
    for pages, paths in ((visitors, main.visitor), (mayors, main.mayor)):
        for number, path in enumerate(paths):
            page = pages[number % len(pages)]
            answer = page.goto(path)
            assert answer
            assert answer.status == (404 if path == "/nowhere/" else 200), path
            found += [f"{path} {one}" for one in offences(page, is_phone=window == PHONE, number=number)]
    visitor = visitors[0]
    vertical = {"name": "writing", "value": "vertical", "url": visitor.url}
    visitor.context.add_cookies([vertical])
    visitor.goto(f"/t/{main.long.pk}/focus/")
    found += [f"vertical {one}" for one in offences(visitor, is_phone=False)]
    assert not found, "\n".join(found)
