"""Taking a thread or digest away: asking, waiting, the file, and who gets it."""

import io
import zipfile
from html import unescape
from typing import Any

from django.core.files.storage import storages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from accounts.models import User
from forum.actions.digests import keep_in_new_digest
from forum.actions.erasing import erase_revision
from forum.actions.moderation import hide_post, hide_thread
from forum.actions.posts import add_reply, edit_post
from forum.actions.threads import create_thread
from forum.models import City, Publication, Thread
from forum.publishing.making import make_waiting_books
from forum.publishing.sweeping import sweep_books
from tests.clients import HTMX, browser
from tests.world import World


def ask(client: Client, thread: int, format: str = "epub", direction: str = "horizontal") -> Publication:
    answer = client.post(f"/t/{thread}/book/", {"format": format, "direction": direction})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/t/{thread}/book/")
    return Publication.objects.latest("pk")


def book_in(answer: Any) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def text_of(answer: Any) -> str:
    with book_in(answer) as archive:
        return unescape("\n".join(archive.read(name).decode() for name in archive.namelist() if name.endswith("html")))


def test_a_reader_asks_waits_and_takes_the_file(world: World, client: Client) -> None:
    address = f"/t/{world.thread.pk}.epub"
    assert "Make the book" in client.get(address).content.decode()
    assert Publication.objects.count() == 0  # to look is not to ask

    book = ask(client, world.thread.pk)
    page = client.get(f"/t/{world.thread.pk}/book/").content.decode()
    assert "Waiting for its turn" in page and "Look again" in page
    assert f'data-hx-get="/t/{world.thread.pk}/book/?book={book.pk}"' in page
    assert make_waiting_books() == 1

    answer = client.get(address)
    assert answer.headers["Content-Type"] == "application/epub+zip"
    assert answer.headers["Content-Disposition"] == "attachment; filename*=utf-8''The%20bridge%20%E6%A9%8B.epub"
    assert answer.headers["X-Content-Type-Options"] == "nosniff" and "noindex" in answer.headers["X-Robots-Tag"]
    text = text_of(answer)
    assert "三塊板的橋。Three planks." in text and "I crossed it. 我走過。" in text
    assert "蔡渡" in text and world.opener.revisions.get().chain_hash in text


def test_the_progress_is_asked_for_until_the_book_is_ready(world: World, client: Client) -> None:
    book = ask(client, world.thread.pk)
    Publication.objects.filter(pk=book.pk).update(state="making", done=40, total=100)
    fragment = client.get(f"/t/{world.thread.pk}/book/?book={book.pk}", headers=HTMX).content.decode()
    assert "Being made: 40 %" in fragment and "every 2s" in fragment and "<html" not in fragment
    Publication.objects.filter(pk=book.pk).update(state="waiting")
    make_waiting_books()
    answer = client.get(f"/t/{world.thread.pk}/book/?book={book.pk}", headers=HTMX)
    assert "Download the EPUB" in answer.content.decode() and "every 2s" not in answer.content.decode()
    assert "The book is ready." in answer.headers["HX-Trigger"]
    gone = client.get(f"/t/{world.thread.pk}/book/?book={book.pk + 1}", headers=HTMX)
    assert gone.headers["HX-Refresh"] == "true"


def test_the_book_of_a_changed_thread_is_made_anew(world: World, client: Client) -> None:
    ask(client, world.thread.pk)
    make_waiting_books()
    edit_post(world.opener, by=world.cai, title=world.thread.title, body="四塊板的橋。", base=1)
    page = client.get(f"/t/{world.thread.pk}.epub")
    assert not page.streaming and "Download" not in page.content.decode()
    ask(client, world.thread.pk)
    make_waiting_books()
    assert "四塊板的橋。" in text_of(client.get(f"/t/{world.thread.pk}.epub"))


def test_what_is_hidden_or_erased_lives_on_in_no_file(world: World, client: Client) -> None:
    book = ask(client, world.thread.pk)
    make_waiting_books()
    book.refresh_from_db()
    assert storages["books"].exists(book.file)
    hide_post(world.reply, by=world.mei, reason="Rude")
    assert not client.get(f"/t/{world.thread.pk}.epub").streaming
    assert sweep_books() == 1
    assert not storages["books"].exists(book.file)

    # Not even officers take away what is hidden.
    mei = browser(world.mei)
    ask(mei, world.thread.pk)
    make_waiting_books()
    text = text_of(mei.get(f"/t/{world.thread.pk}.epub"))
    assert 'class="tombstone"' in text and "I crossed it" not in text and "Coco" not in text
    erase_revision(world.reply.revisions.get(), by=world.ada, reason="Asked for")
    assert not mei.get(f"/t/{world.thread.pk}.epub").streaming
    hide_thread(world.thread, by=world.mei, reason="Spam")
    assert mei.post(f"/t/{world.thread.pk}/book/", {"format": "epub", "direction": "horizontal"}).status_code == 403
    assert client.get(f"/t/{world.thread.pk}.epub").status_code == 404
    assert sweep_books() == 1 and Publication.objects.count() == 0


def test_who_may_no_longer_read_gets_no_file(world: World, client: Client) -> None:
    ask(client, world.thread.pk)
    make_waiting_books()
    City.objects.filter(pk=world.stoneferry.pk).update(visibility=City.Visibility.CITIZENS)
    assert client.get(f"/t/{world.thread.pk}.epub").status_code == 404
    assert browser(world.rita).get(f"/t/{world.thread.pk}.epub").status_code == 404
    assert browser(world.cai).get(f"/t/{world.thread.pk}.epub").streaming  # the same for all who read it


def test_a_digest_holds_only_what_its_reader_may_see(world: World, client: Client) -> None:
    entry = keep_in_new_digest(world.reply, by=world.cai, title="Bridges", is_public=True)
    City.objects.filter(pk=world.stoneferry.pk).update(visibility=City.Visibility.CITIZENS)
    cai, address = browser(world.cai), f"/u/cai/digests/{entry.digest.slug}"
    for reader in (cai, client):
        reader.post(f"{address}/book/", {"format": "epub"})
    make_waiting_books()
    assert "I crossed it." in text_of(cai.get(f"{address}.epub"))
    text = text_of(client.get(f"{address}.epub"))
    assert "I crossed it." not in text and "closed to readers of this book" in text and "The bridge" not in text


def test_who_gives_up_their_name_is_named_in_no_file_whatever_language_one_reads_in(
    world: World, client: Client
) -> None:
    other = create_thread(world.letters, by=world.coco, title="Other", body="Another thread.")
    reply = add_reply(world.thread, by=world.dan, body="As I said.")
    type(reply).objects.filter(pk=reply.pk).update(addressed=other.posts.get())
    for person in (world.coco, world.cai):
        ask(client, world.thread.pk)
        make_waiting_books()
        assert person.name in text_of(client.get(f"/t/{world.thread.pk}.epub"))
        User.objects.filter(pk=person.pk).update(farewell=User.Farewell.FORMER)
        assert not client.get(f"/t/{world.thread.pk}.epub").streaming
    ask(client, world.thread.pk)
    make_waiting_books()
    for language in ("en", "zh-hant", "zh-hans"):
        assert client.get(f"/t/{world.thread.pk}.epub?hl={language}").streaming


def test_what_a_book_lacks_is_told_to_who_may_read_it(world: World, client: Client) -> None:
    mine = ask(browser(world.cai), world.thread.pk)
    make_waiting_books()
    Publication.objects.filter(pk=mine.pk).update(problem="U+1FAE9: No. 7")
    address = f"/t/{world.thread.pk}/book/?book={mine.pk}"
    assert "1FAE9" in browser(world.cai).get(address, headers=HTMX).content.decode()
    assert "1FAE9" not in client.get(address, headers=HTMX).content.decode()


def test_endless_threads_cost_nobody_a_look_at_all_their_posts(
    world: World, client: Client, settings: Settings, django_assert_max_num_queries: Any
) -> None:
    Thread.objects.filter(pk=world.thread.pk).update(posts_count=6000, last_number=6000)
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"reading": "3/1m"}
    with django_assert_max_num_queries(4):
        page = client.get(f"/t/{world.thread.pk}.pdf").content.decode()
    assert "A book holds at most 5,000 posts." in page and "Make the book" not in page
    seen = [client.get(f"/t/{world.thread.pk}{end}").status_code for end in ("/book/", ".pdf", ".epub", "/book/")]
    assert seen == [200, 200, 429, 429]


def test_columns_are_offered_for_chinese_alone(world: World, client: Client) -> None:
    from_english = client.get(f"/t/{world.thread.pk}/book/").content.decode()
    assert ("In columns" in from_english) == world.thread.language.startswith("zh")
    world.thread.language = "zh-Hant"
    world.thread.save(update_fields=["language"])
    assert "In columns" in client.get(f"/t/{world.thread.pk}/book/").content.decode()
    ask(client, world.thread.pk, direction="vertical")
    make_waiting_books()
    assert not client.get(f"/t/{world.thread.pk}.epub").streaming
    answer = client.get(f"/t/{world.thread.pk}.epub?direction=vertical")
    assert b"vertical-rl" in book_in(answer).read("EPUB/style.css")
    client.cookies["writing"] = "vertical"
    assert client.get(f"/t/{world.thread.pk}.epub").streaming


def test_who_asked_cancels(world: World) -> None:
    visitor, other = browser(), browser()
    book = ask(visitor, world.thread.pk)
    address = f"/t/{world.thread.pk}/book/"
    assert "Cancel" in visitor.get(address).content.decode()
    assert "Cancel" not in other.get(address).content.decode()
    assert other.post(address, {"cancel": book.pk}).status_code == 403
    assert visitor.post(address, {"cancel": book.pk}).status_code == 302
    assert visitor.post(address, {"cancel": book.pk}).status_code == 302
    book.refresh_from_db()
    assert book.state == Publication.State.CANCELLED and make_waiting_books() == 0
    assert visitor.post(address, {"cancel": "x"}).status_code == 404
    again = ask(visitor, world.thread.pk)
    assert again.pk != book.pk


def test_too_many_are_refused_politely(world: World, settings: Settings) -> None:
    settings.BOOKS_AT_ONCE, settings.BOOKS_A_DAY = 1, 2
    rita, fields = browser(world.rita), {"format": "epub", "direction": "horizontal"}
    ask(rita, world.thread.pk)
    ask(rita, world.thread.pk)  # the same one: no second
    add_reply(world.thread, by=world.cai, body="More.")
    answer = rita.post(f"/t/{world.thread.pk}/book/", fields)
    assert answer.status_code == 422 and "1 book of yours is still being made." in answer.content.decode()
    make_waiting_books()
    add_reply(world.thread, by=world.cai, body="Still more.")
    ask(rita, world.thread.pk)
    make_waiting_books()
    add_reply(world.thread, by=world.cai, body="And more.")
    answer = rita.post(f"/t/{world.thread.pk}/book/", fields)
    assert answer.status_code == 422 and "One may have 2 books a day made." in answer.content.decode()
    settings.BOOKS_WAITING = 0
    assert "Many books are being made" in browser().post(f"/t/{world.thread.pk}/book/", fields).content.decode()


def test_long_ones_are_for_members(world: World, client: Client) -> None:
    world.thread.posts_count = world.thread.last_number = 500
    world.thread.save(update_fields=["posts_count", "last_number"])
    page = client.get(f"/t/{world.thread.pk}/book/").content.decode()
    assert "sign in to have it made into a book" in page and "Make the book" not in page
    assert client.post(f"/t/{world.thread.pk}/book/", {"format": "epub"}).status_code == 403
    assert "Make the book" in browser(world.rita).get(f"/t/{world.thread.pk}/book/").content.decode()


def test_an_unknown_wish_is_told_at_its_field(world: World, client: Client) -> None:
    answer = client.post(f"/t/{world.thread.pk}/book/", {"format": "doc"})
    assert answer.status_code == 422 and "errorlist" in answer.content.decode()


def test_nobody_is_asked_about_books_when_a_thread_is_read(world: World, client: Client) -> None:
    page = client.get(f"/t/{world.thread.pk}/").content.decode()
    assert f'href="/t/{world.thread.pk}/book/"' in page and 'rel="nofollow"' in page


def test_the_page_costs_as_much_however_long_the_thread_is(world: World, client: Client) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/t/{world.thread.pk}/book/").status_code == 200
        return len(queries)

    ask(client, world.thread.pk)
    few = count()
    for number in range(30):
        add_reply(world.thread, by=world.cai, body=f"Plank {number}")
    assert (
        count() == few == 7
    )  # the thread, its posts, who is answered elsewhere, what is erased, its pictures, its poll, its books
