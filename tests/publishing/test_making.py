"""Making books: by one maker at a time, in spite of makers that die, and only while somebody wants them."""

import os
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from django.utils import timezone

from accounts.pictures import Picture
from forum.actions.attachments import upload_image
from forum.actions.posts import add_reply
from forum.actions.publications import ask_for_book, cancel_book
from forum.models import Publication, Thread
from forum.permissions.verdicts import Forbidden
from forum.publishing import making, pictures, storage
from forum.publishing.book import CannotBeMade
from forum.publishing.making import LEASE, TRIES, Watch, make_book, make_waiting_books, take_book
from forum.publishing.queue import waiting_books
from forum.publishing.sweeping import KEPT, sweep_books
from tests.permissions.pictured import png
from tests.world import World


def asked(world: World, **kind: Any) -> Publication:
    return ask_for_book(Thread.objects.get(pk=world.thread.pk), by=world.rita, **{"format": "epub", **kind})


def test_a_book_is_held_by_one_maker(world: World) -> None:
    book = asked(world)
    assert take_book() == book
    assert take_book() is None
    assert make_waiting_books() == 0


def test_the_book_of_a_dead_maker_is_taken_up_again(world: World) -> None:
    book, now = asked(world), timezone.now()
    dead = take_book(now)
    assert dead and take_book(now + LEASE / 2) is None
    again = take_book(now + 2 * LEASE)
    assert again == book and again.attempts == 2 and again.claim != dead.claim
    # Should the first one not be dead after all, what it makes is nobody's.
    make_book(dead)
    book.refresh_from_db()
    assert book.state == Publication.State.MAKING and list(files()) == []
    make_book(again)
    book.refresh_from_db()
    assert book.state == Publication.State.READY and list(files()) == [book.file]


def files() -> list[str]:
    return storages["books"].listdir("")[1] if storages["books"].exists("") else []


def test_a_book_that_kills_its_makers_is_given_up(world: World) -> None:
    book, now = asked(world), timezone.now()
    for turn in range(TRIES):
        assert take_book(now + turn * 2 * LEASE) == book
    assert take_book(now + TRIES * 2 * LEASE) is None
    book.refresh_from_db()
    assert book.state == Publication.State.FAILED


def test_a_maker_hears_that_its_book_is_no_longer_wanted(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "BEAT", 0)
    book = asked(world)
    taken = take_book()
    assert taken
    watch = Watch(taken)
    watch.set(1, 2)
    book.refresh_from_db()
    assert book.percent == 62 and not watch.cancelled()
    cancel_book(book, by=world.rita)
    assert watch.cancelled()
    make_book(taken)
    book.refresh_from_db()
    assert book.state == Publication.State.CANCELLED and files() == []


def test_only_who_asked_and_moderators_cancel(world: World) -> None:
    book = asked(world)
    with pytest.raises(Forbidden):
        cancel_book(book, by=world.cai)
    assert cancel_book(book, by=world.ada).state == Publication.State.CANCELLED


def test_many_pictures_do_not_cost_a_maker_its_book(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """To scale them takes minutes, in which nobody else may take the book for one of a dead maker."""
    for number in range(1, 4):
        image = upload_image(Picture(png(size=(number, 3)), "png", number, 3), by=world.cai)
        add_reply(world.thread, by=world.cai, body=image.markdown)
    asked(world)
    taken, scale, held = take_book(), pictures.scaled, []
    assert taken

    def slowly(name: str) -> Any:
        held.append(not waiting_books(timezone.now() + LEASE / 2))
        Publication.objects.update(claimed_until=timezone.now())
        return scale(name)

    monkeypatch.setattr(making, "BEAT", 0)
    monkeypatch.setattr(pictures, "scaled", slowly)
    make_book(taken)
    assert held == [True] * 3


def test_what_a_killed_press_left_behind_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, world: World) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    old, new, other = (tmp_path / name for name in ("cityboards-book-1", "cityboards-book-2", "other"))
    for folder in (old, new, other):
        folder.mkdir()
        (folder / "main.typ").write_text("words")
    for folder in (old, other):
        os.utime(folder, (0, 0))
    sweep_books()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cityboards-book-2", "other"]


def test_members_do_not_wait_for_what_visitors_ask_for(world: World) -> None:
    for_visitor = ask_for_book(world.thread, by=None, format="epub")
    first, second = asked(world, format="pdf"), asked(world, format="pdf", is_vertical=True)
    assert [take_book() for _turn in range(4)] == [first, second, for_visitor, None]


def test_the_same_book_is_made_once(world: World) -> None:
    book = asked(world)
    assert asked(world) == book
    assert ask_for_book(world.thread, by=None, format="epub") == book  # the same for everybody who reads it
    make_waiting_books()
    assert asked(world) == book
    assert asked(world, format="pdf") != book


def test_what_changes_while_it_waits_is_made_as_it_is_then(world: World) -> None:
    first = asked(world)
    add_reply(world.thread, by=world.cai, body="One more.")
    second = ask_for_book(Thread.objects.get(pk=world.thread.pk), by=world.coco, format="epub")
    assert second != first
    make_waiting_books()
    # Both are the same by now: one is enough.
    assert Publication.objects.get().state == Publication.State.READY
    assert len(files()) == 1


def test_what_cannot_be_made_says_why(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: Any, **kwargs: Any) -> bytes:
        raise CannotBeMade("No font here has Chinese characters.")

    monkeypatch.setattr(making, "make_epub", refuse)
    book = asked(world)
    make_waiting_books()
    book.refresh_from_db()
    assert (book.state, book.problem) == (Publication.State.FAILED, "No font here has Chinese characters.")


def test_old_books_and_files_without_one_go(world: World) -> None:
    book = asked(world)
    make_waiting_books()
    stray = storage.keep(b"left by a maker that died", "epub")
    assert sweep_books() == 0 and stray in files()
    assert sweep_books(timezone.now() + timedelta(hours=2)) == 0
    assert files() == [Publication.objects.get(pk=book.pk).file]
    assert sweep_books(timezone.now() + KEPT + timedelta(hours=1)) == 1
    assert files() == []
