"""The pages that make a book of a digest, and the page and print view that show it like one."""

import json
import re

import pytest

from forum.actions.digests import add_chapter, change_digest, create_digest, keep_post, write_foreword
from forum.actions.posts import add_reply, edit_post
from forum.models import City, Digest, DigestChapter
from forum.queries import digest_pages
from tests.clients import HTMX, browser, text_of
from tests.world import World

READ, EDIT = "/u/coco/digests/bridges/", "/me/digests/bridges/"


@pytest.fixture
def digest(world: World) -> Digest:
    """Coco's public digest: the opener, and the reply in a chapter."""
    digest = create_digest(by=world.coco, title="Bridges", subtitle="Of wood", dedication="For Mei", is_public=True)
    keep_post(world.opener, by=world.coco, digest=digest)
    add_chapter(digest, by=world.coco, title="Planks", introduction="Mostly *oak*.")
    keep_post(world.reply, by=world.coco, digest=digest, note="Short.")
    write_foreword(digest, by=world.coco, body="Why I **keep** them.")
    digest.refresh_from_db()
    return digest


def in_order(page: str, *words: str) -> bool:
    places = [page.index(word) for word in words]
    return places == sorted(places)


def test_digest_reads_like_a_book(world: World, digest: Digest) -> None:
    page = text_of(browser().get(READ))
    body = page[page.index("digest-title__name") :]
    assert in_order(
        body, "Bridges", "Of wood", "Kept by Coco", "For Mei", "<strong>keep</strong>", "Contents", "三塊板的橋",
        'class="digest-chapter"', "<em>oak</em>", "Short.", "I crossed it.",
    )  # fmt: skip
    assert f'href="#chapter-{digest.chapters.get().pk}"' in body


def test_contents_name_no_text_that_the_reader_may_not_read(world: World, digest: Digest) -> None:
    City.objects.filter(pk=world.stoneferry.pk).update(visibility=City.Visibility.CITIZENS)
    for path in (READ, f"{READ}print/"):
        page = text_of(browser(world.rita).get(path))
        assert "A text you cannot read now" in page
        for secret in ("The bridge", "三塊板的橋", "蔡渡", "I crossed it."):
            assert secret not in page
        assert "Planks" in page


def test_long_digest_is_paged_and_its_contents_lead_to_the_pages(
    world: World, digest: Digest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(digest_pages, "TEXTS_PER_PAGE", 2)
    monkeypatch.setattr(digest_pages.digest_page, "__kwdefaults__", {"size": 2, "with_texts": True})
    last = keep_post(add_reply(world.thread, by=world.dan, body="Me too."), by=world.coco, digest=digest)
    empty = add_chapter(digest, by=world.coco, title="Still to come")
    first, second = text_of(browser().get(READ)), text_of(browser().get(f"{READ}?page=2"))
    assert f'href="?page=2#entry-{last.pk}"' in first
    assert f'href="?page=2#chapter-{empty.pk}"' in first
    assert "Me too." not in first
    assert in_order(second, "“Planks” goes on", "Me too.", f'id="chapter-{empty.pk}"')
    assert "Why I" not in second
    assert browser().get(f"{READ}?page=3").status_code == 404


def test_print_view_has_the_whole_digest(world: World, digest: Digest) -> None:
    page = text_of(browser().get(f"{READ}print/"))
    assert in_order(
        page, "For Mei", "Address of the original", "keep</strong>", "Contents", "三塊板", "oak", "I crossed"
    )
    for part in ("sitehead", "sitefoot", 'class="actions"'):
        assert part not in page
    change_digest(digest, by=world.coco, title="Bridges", description="", is_public=False)
    assert browser(world.dan).get(f"{READ}print/").status_code == 404


def test_foreword_is_written_previewed_and_kept(world: World, digest: Digest) -> None:
    client, address = browser(world.coco), f"{EDIT}foreword/"
    assert "Why I **keep** them." in text_of(client.get(address))
    seen = text_of(client.post(address, {"body": "*Other* words", "preview": "1"}, headers=HTMX))
    assert "<em>Other</em>" in seen
    assert "<html" not in seen
    assert "<em>Other</em>" in text_of(client.post(address, {"body": "*Other* words", "preview": "1"}))
    digest.refresh_from_db()
    assert digest.foreword == "Why I **keep** them."
    assert client.post(address, {"body": "x" * 40_001}).status_code == 422
    assert client.post(address, {"body": "*Other* words"})["Location"] == EDIT
    digest.refresh_from_db()
    assert "<em>Other</em>" in digest.foreword_html


def test_chapter_is_begun_at_a_text_changed_and_taken_away(world: World, digest: Digest) -> None:
    client, first = browser(world.coco), digest.entries.order_by("position")[0]
    new = f"{EDIT}chapters/new/?before={first.pk}"
    assert "It begins with text 1 of the digest" in text_of(client.get(new))
    response = client.post(new, {"title": " ", "body": "Do not lose me."})
    assert response.status_code == 422
    assert "Do not lose me." in text_of(response)
    client.post(new, {"title": "Water", "body": "Wet."})
    water = DigestChapter.objects.get(title="Water")
    assert (water.position, list(water.entries.all())) == (1, [first])
    client.post(f"{EDIT}chapters/{water.pk}/", {"title": "Waters", "body": ""})
    water.refresh_from_db()
    assert (water.title, water.introduction) == ("Waters", "")
    remove = f"{EDIT}chapters/{water.pk}/remove/"
    assert "Take this heading away?" in text_of(client.get(remove, headers=HTMX))
    client.post(remove)
    assert digest.chapters.count() == 1
    assert digest.entries.count() == 2


def test_chapter_moves_with_and_without_htmx(world: World, digest: Digest) -> None:
    client, chapter = browser(world.coco), add_chapter(digest, by=world.coco, title="Stone")
    move = f"{EDIT}chapters/{chapter.pk}/move/"
    assert client.post(move, {"to": "up"})["Location"] == f"{EDIT}?page=1#chapter-{chapter.pk}"
    assert [one.title for one in digest.chapters.all()] == ["Stone", "Planks"]
    response = client.post(move, {"to": "down"}, headers=HTMX)
    assert json.loads(response["HX-Trigger"])["announce"]["text"] == "Now chapter 2."
    assert re.search(rf'id="down-c{chapter.pk}"[^>]* data-focus', text_of(response))
    assert client.post(move, {"to": "left"}).status_code == 404


def test_entry_says_into_which_chapter_it_moved(world: World, digest: Digest) -> None:
    first = digest.entries.order_by("position")[0]
    response = browser(world.coco).post(f"{EDIT}entries/{first.pk}/move/", {"to": "down"}, headers=HTMX)
    assert json.loads(response["HX-Trigger"])["announce"]["text"] == "Now at place 1, in the chapter “Planks”."


def test_dragged_order_is_kept(world: World, digest: Digest) -> None:
    chapter, (first, second) = digest.chapters.get(), digest.entries.order_by("position")
    order = f"e{second.pk},e{first.pk},c{chapter.pk},nonsense"
    response = browser(world.coco).post(f"{EDIT}order/?page=1", {"order": order}, headers=HTMX)
    assert 'id="entries"' in text_of(response)
    assert list(digest.entries.order_by("position")) == [second, first]
    assert not chapter.entries.exists()


def test_entry_is_put_into_a_chapter_by_its_form(world: World, digest: Digest) -> None:
    client, first, chapter = browser(world.coco), digest.entries.order_by("position")[0], digest.chapters.get()
    address = f"{EDIT}entries/{first.pk}/"
    assert "Before the first chapter" in text_of(client.get(address))
    response = client.post(address, {"note": "Wet.", "chapter": chapter.pk})
    assert response["Location"] == f"{EDIT}?page=1#entry-{first.pk}"
    first.refresh_from_db()
    assert (first.note, first.chapter, first.position) == ("Wet.", chapter, 2)
    other = add_chapter(create_digest(by=world.coco, title="Other"), by=world.coco, title="Theirs")
    assert client.post(address, {"note": "", "chapter": other.pk}).status_code == 422


def test_title_page_is_changed_on_the_page_of_the_digest(world: World, digest: Digest) -> None:
    data = {"title": "Bridges", "subtitle": "Of stone", "dedication": "For Dan", "is_public": "on"}
    browser(world.coco).post(EDIT, data)
    digest.refresh_from_db()
    assert (digest.subtitle, digest.dedication) == ("Of stone", "For Dan")
    assert browser(world.coco).post(EDIT, {**data, "subtitle": "x" * 121}).status_code == 422


def test_chapters_of_somebody_else_are_not_there(world: World, digest: Digest) -> None:
    chapter = digest.chapters.get()
    for path in ("foreword/", "chapters/new/", f"chapters/{chapter.pk}/", f"chapters/{chapter.pk}/remove/"):
        assert browser(world.dan).get(f"{EDIT}{path}").status_code == 404
    for path in ("order/", f"chapters/{chapter.pk}/move/"):
        assert browser(world.dan).post(f"{EDIT}{path}", {"to": "up"}).status_code == 404


def test_digest_of_many_long_former_versions_is_printed_in_short_parts(
    world: World, digest: Digest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(digest_pages, "MOST_RENDERED", 10)
    monkeypatch.setattr(digest_pages, "TEXTS_PER_PAGE", 1)
    assert browser().get(f"{READ}print/?page=2").status_code == 404  # what stands as it was kept is at hand
    edit_post(world.reply, by=world.coco, base=1, body="I crossed it twice.")
    assert "I crossed it." in text_of(browser().get(f"{READ}print/?page=2"))


def test_list_in_which_texts_are_put_in_order_renders_none(
    world: World, digest: Digest, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit_post(world.reply, by=world.coco, base=1, body="I crossed it twice.")
    monkeypatch.setattr("forum.queries.digests.render", None)
    page = text_of(browser(world.coco).get(EDIT))
    assert "Planks" in page
