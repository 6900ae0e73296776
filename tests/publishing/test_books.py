"""A thread or a digest as a book: all that its readers may see, and nothing else."""

import io
from typing import Any
from xml.etree import ElementTree

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from accounts.pictures import Picture as Uploaded
from forum.actions.attachments import upload_image
from forum.actions.ballots import cast_ballot
from forum.actions.digests import annotate_entry, keep_in_new_digest, keep_post
from forum.actions.digests.chapters import add_chapter
from forum.actions.moderation import hide_post
from forum.actions.polls import close_poll, set_poll
from forum.actions.posts import add_reply, edit_post
from forum.actions.recommendations import recommend_post
from forum.models import Digest, Placing, Thread
from forum.permissions.roles import Viewer
from forum.publishing import threads
from forum.publishing.book import Book, CannotBeMade
from forum.publishing.contents import content_of
from forum.publishing.digests import book_of_digest
from forum.publishing.threads import book_of_thread
from forum.publishing.wording import years_of
from tests.world import World


def fresh(world: World) -> Thread:
    return Thread.objects.select_related("city", "board", "author").get(pk=world.thread.pk)


def digest_of(digest: Digest) -> Digest:
    return Digest.objects.select_related("owner").get(pk=digest.pk)


def png(size: tuple[int, int] = (4, 3)) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, "red").save(file, "PNG")
    return file.getvalue()


def test_a_thread_is_a_book_of_all_its_posts(world: World) -> None:
    recommend_post(world.reply, by=world.cai)
    edit_post(world.reply, by=world.coco, title="Crossing", body="I crossed it **twice**. 我走過兩次。", base=1)
    book = book_of_thread(fresh(world))
    opener, reply = book.posts
    assert (book.title, book.language, book.place) == ("The bridge 橋", "zh-Hant", "石渡 · General")
    assert (opener.number, opener.author, opener.title, opener.listed) == (1, "蔡渡", "", "")
    assert opener.html == "<p>三塊板的橋。Three planks.</p>\n"
    assert (reply.title, reply.listed, reply.revision) == ("Crossing", "Crossing", 2)
    assert "<strong>twice</strong>" in reply.html
    assert "蔡渡" in reply.answers and len(reply.facts) == 2
    assert list(book.hashes)[1] == (reply.label, 2, world.reply.revisions.get(number=2).chain_hash)
    assert book.address.endswith(f"/t/{world.thread.pk}/")


def test_its_chapters_are_as_long_as_pages(world: World) -> None:
    assert [chapter.title for chapter in book_of_thread(fresh(world)).chapters] == [""]
    for number in range(3, 43):
        add_reply(world.thread, by=world.cai, body=f"Plank {number}")
    book = book_of_thread(fresh(world))
    assert [len(chapter.posts) for chapter in book.chapters] == [20, 20, 2]
    assert [post.number for post in book.posts] == list(range(1, 43))
    assert all(chapter.title for chapter in book.chapters)


def test_what_is_hidden_is_a_tombstone_for_everybody(world: World) -> None:
    hide_post(world.reply, by=world.mei, reason="Rude")
    _opener, reply = book_of_thread(fresh(world)).posts
    assert reply.tombstone and not (reply.html or reply.author or reply.revision_hash or reply.address)


def test_it_is_read_with_as_many_queries_however_long_it_is(world: World) -> None:
    def count() -> int:
        thread = fresh(world)
        with CaptureQueriesContext(connection) as queries:
            book_of_thread(thread)
        return len(queries)

    short = count()
    for number in range(30):
        add_reply(world.thread, by=world.cai, body=f"Plank {number}")
    assert count() == short == 2


def test_too_long_a_thread_says_so(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threads, "MOST_POSTS", 1)
    with pytest.raises(CannotBeMade, match="at most 1 posts"):
        book_of_thread(fresh(world))
    monkeypatch.setattr(threads, "MOST_POSTS", 9)
    monkeypatch.setattr(threads, "MOST_TEXT", 9)
    with pytest.raises(CannotBeMade):
        book_of_thread(fresh(world))


def test_pictures_come_along_when_the_text_shows_them_by_right(world: World) -> None:
    own = upload_image(Uploaded(png(), "png", 4, 3), by=world.cai, alt="A plank")
    add_reply(world.thread, by=world.cai, body=own.markdown)
    private = upload_image(Uploaded(png((5, 3)), "png", 5, 3), by=world.mei)
    add_reply(world.thread, by=world.coco, body=private.markdown)  # who knows its name only
    book = book_of_thread(fresh(world))
    *_before, with_picture, without = book.posts
    assert list(book.pictures) == [f"/media/images/{own.name}"]
    [picture] = book.pictures.values()
    assert (picture.media_type, picture.width, picture.height) == ("image/png", 4, 3)
    assert "<img" in with_picture.html and "<img" not in without.html
    assert Placing.objects.filter(attachment=private).count() == 0


def test_pictures_are_scaled_and_broken_ones_become_links(world: World) -> None:
    large = upload_image(Uploaded(png((2000, 100)), "png", 2000, 100), by=world.cai)
    broken = upload_image(Uploaded(png((7, 7)), "png", 7, 7), by=world.cai)
    default_storage.delete(broken.path)
    default_storage.save(broken.path, ContentFile(b"no picture"))
    add_reply(world.thread, by=world.cai, body=f"{large.markdown} {broken.markdown}")
    book = book_of_thread(fresh(world))
    assert [(one.width, one.height) for one in book.pictures.values()] == [(1600, 80)]


def kept(world: World) -> Digest:
    """Cai's digest: Coco's reply with a note before the first chapter, the opener in a chapter."""
    entry = keep_in_new_digest(world.reply, by=world.cai, title="橋書", is_public=True)
    annotate_entry(entry, by=world.cai, note="短而好。")
    add_chapter(entry.digest, by=world.cai, title="第一章", introduction="**引言**")
    keep_post(world.opener, by=world.cai, digest=entry.digest)
    return digest_of(entry.digest)


def book_for(person: Any, digest: Digest) -> Book:
    return book_of_digest(Viewer.of(person), digest)


def test_a_digest_is_a_book_with_chapters_and_notes(world: World) -> None:
    digest = kept(world)
    edit_post(world.reply, by=world.coco, title="", body="Something else.", base=1)
    book = book_for(None, digest)
    before, chapter = book.chapters
    assert (book.title, book.author, before.title, chapter.title) == ("橋書", "蔡渡", "", "第一章")
    assert "<strong>引言</strong>" in chapter.introduction_html
    [entry] = before.posts
    assert entry.html == "<p>I crossed it. 我走過。</p>\n"  # as it was kept
    assert (entry.note_html, entry.place, entry.revision) == ("<p>短而好。</p>", "石渡 · The bridge 橋", 1)
    assert [post.listed for post in book.posts] == ["The bridge 橋", "The bridge 橋"]


def test_a_digest_has_tombstones_even_for_its_owner_and_officers(world: World) -> None:
    digest = kept(world)
    hide_post(world.reply, by=world.mei, reason="Rude")
    for person in (None, world.cai, world.mei, world.coco, world.ada):
        hidden, shown = book_for(person, digest).posts
        assert hidden.tombstone and not hidden.html and not hidden.author
        assert shown.html


def test_a_digest_is_read_with_as_many_queries_however_long_it_is(world: World) -> None:
    def count() -> int:
        found = digest_of(digest)
        with CaptureQueriesContext(connection) as queries:
            book_for(None, found)
        return len(queries)

    digest = kept(world)
    few = count()
    for number in range(12):
        keep_post(add_reply(world.thread, by=world.coco, body=f"Plank {number}"), by=world.cai, digest=digest)
    assert count() == few == 2


def test_a_poll_stands_below_its_post_and_only_a_closed_one_tells_its_votes(world: World) -> None:
    poll = set_poll(world.thread, by=world.cai, question="幾塊板 & why?", options=["Three", "四 <塊>"])
    before = content_of(Viewer.of(None), fresh(world))
    cast_ballot(poll, by=world.coco, choices=[1])
    assert content_of(Viewer.of(None), fresh(world)) == before
    waiting = next(book_of_thread(fresh(world)).posts).html
    assert "幾塊板 &amp; why?</h4>" in waiting and "<li>四 &lt;塊&gt;</li>" in waiting and "<table>" not in waiting
    close_poll(poll, by=world.cai)
    assert content_of(Viewer.of(None), fresh(world)) != before
    closed = next(book_of_thread(fresh(world)).posts).html
    assert "<td><strong>Three</strong> (勝出)</td>" in closed and ">100</td>" in closed
    ElementTree.fromstring(f"<div>{closed}</div>")


def test_years_are_those_of_who_asks_and_each_has_a_book_of_their_own(world: World) -> None:
    western = content_of(Viewer.of(world.coco), fresh(world))
    assert western == content_of(Viewer.of(None), fresh(world)) == content_of(Viewer.of(world.rita), fresh(world))
    world.coco.calendar = "roc"
    assert content_of(Viewer.of(world.coco), fresh(world)) != western
    year = world.thread.created_at.year
    assert f"民國 {year - 1911} 年" in book_of_thread(fresh(world), years=years_of(Viewer.of(world.coco))).made
    assert f"{year} 年" in book_of_thread(fresh(world)).made
