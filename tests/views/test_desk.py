"""The desk as a browser meets it: saving as one types, two windows, texts that appear later, the page of help."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from forum.actions.scheduling import schedule_text
from forum.actions.settling import settle_due
from forum.models import Board, Draft, Post, Thread
from tests.clients import HTMX, browser, text_of
from tests.world import World

LETTERS = "/c/stoneferry/b/letters/threads/"


@pytest.fixture
def coco(world: World) -> Client:
    return browser(world.coco)


def _replies(world: World) -> str:
    return f"/t/{world.thread.pk}/replies/"


def _form(**fields: Any) -> dict[str, Any]:
    return {"submission": uuid4(), "desk": uuid4(), "version": 0, "autosave": "1", **fields}


def test_saving_as_one_types_answers_with_version_and_mark(world: World, coco: Client) -> None:
    form = _form(body="Half a")
    assert coco.post(_replies(world), form).json() == {"version": 1, "submission": str(form["submission"])}
    answer = coco.post(_replies(world), form | {"body": "Half a thought", "version": 1})
    assert answer.json()["version"] == 2
    assert Draft.objects.get().body == "Half a thought"
    assert coco.post(_replies(world), _form(body=" ")).json() == {"version": None, "submission": None}


def test_no_cache_stores_an_unsent_text(world: World, coco: Client) -> None:
    assert coco.post(_replies(world), _form(body="Half a"))["Cache-Control"] == "private, no-store"
    draft = Draft.objects.get().pk
    for path in ("/me/drafts/", f"/me/drafts/{draft}/discard/", f"{_replies(world)}?draft={draft}"):
        assert coco.get(path)["Cache-Control"] == "private, no-store"
    assert coco.get(_replies(world))["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("address", [LETTERS, "edit"])
def test_threads_and_edits_are_saved_as_one_types_too(world: World, coco: Client, address: str) -> None:
    path = f"/p/{world.reply.pk}/edit/" if address == "edit" else address
    coco.post(path, _form(title="A title", body="Half a", base=1))
    assert Draft.objects.get().body == "Half a"
    assert Post.objects.count() == 2


def test_saving_as_one_types_leads_a_signed_out_person_nowhere_and_keeps_nothing(world: World, client: Client) -> None:
    assert client.post(_replies(world), _form(body="Half a")).status_code == 401
    assert client.post(LETTERS, _form(body="Half a")).status_code == 401
    assert "kept" not in client.session


def test_too_long_a_text_is_said(world: World, coco: Client) -> None:
    answer = coco.post(_replies(world), _form(body="長" * 40_001))
    assert (answer.status_code, text_of(answer)) == (422, "This text is too long to be kept as a draft.")


def test_other_words_of_another_window_are_shown_and_not_written_over(world: World, coco: Client) -> None:
    mark = uuid4()
    coco.post(_replies(world), _form(submission=mark, body="From the train <b>"))
    answer = coco.post(_replies(world), _form(submission=mark, body="From the desk"))
    page = text_of(answer)
    assert answer.status_code == 409
    assert "From the train &lt;b&gt;</textarea>" in page
    assert 'data-version="1"' in page
    for button in ("preview", "draft"):
        form = _form(submission=mark, body="From the desk") | {button: "1"}
        del form["autosave"]
        answer = coco.post(_replies(world), form)
        page = text_of(answer)
        assert answer.status_code == 409
        assert "This draft was changed in another window" in page
        assert "From the desk</textarea>" in page
        assert re.search(r'name="version" value="1"', page)
    assert Draft.objects.get().body == "From the train <b>"
    coco.post(_replies(world), _form(submission=mark, version=1, body="From the desk"))
    assert Draft.objects.get().body == "From the desk"


def test_a_draft_brings_back_what_was_chosen_beside_the_words(world: World, coco: Client) -> None:
    poll = {"question": "Which plank?", "options": "one\ntwo", "method": "several", "is_secret": "on"}
    coco.post(LETTERS, _form(title="A letter", body="Dear all", appears_at="2031-02-03T04:05", **poll))
    page = text_of(coco.get(f"{LETTERS}new/?draft={Draft.objects.get().pk}"))
    assert 'value="Which plank?"' in page
    assert "one\ntwo</textarea>" in page
    assert re.search(r'name="method" value="several"[^>]* checked', page)
    assert re.search(r'name="is_secret"[^>]* checked', page)
    assert 'value="2031-02-03T04:05"' in page


def test_thread_page_offers_the_draft_of_its_reader_alone(world: World, coco: Client) -> None:
    coco.post(_replies(world), _form(body="Half a"))
    assert f"?draft={Draft.objects.get().pk}" in text_of(coco.get(f"/t/{world.thread.pk}/"))
    assert "You have a draft here" not in text_of(browser(world.cai).get(f"/t/{world.thread.pk}/"))
    assert "You have a draft here" not in text_of(Client().get(f"/t/{world.thread.pk}/"))


def _later(**fields: Any) -> dict[str, Any]:
    form = _form(appears_at=(timezone.localtime() + timedelta(hours=30)).strftime("%Y-%m-%dT%H:%M"), **fields)
    del form["autosave"]
    return form


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_reply_with_a_time_waits_and_appears(world: World, coco: Client, headers: dict[str, str]) -> None:
    answer = coco.post(_replies(world), _later(body="Tomorrow.", to=1, page=1), headers=headers)
    assert answer.headers.get("Location", answer.headers.get("HX-Redirect")) == "/me/drafts/"
    page = text_of(coco.get("/me/drafts/"))
    for words in ("Waiting for their time", "Tomorrow.", "Appears on", "Reply to post 1", "Your text waits"):
        assert words in page
    assert Post.objects.count() == 2
    settle_due(timezone.now() + timedelta(hours=31))
    assert Post.objects.get(number=3).body == "Tomorrow."


def test_thread_with_a_poll_waits_and_appears_whole(world: World, coco: Client) -> None:
    poll = {"question": "Which plank?", "options": "one\ntwo", "method": "single", "voters": "citizens"}
    coco.post(LETTERS, _later(title="A letter", body="Dear all", showing="closed", **poll))
    settle_due(timezone.now() + timedelta(hours=31))
    thread = Thread.objects.get(title="A letter")
    assert "Which plank?" in text_of(coco.get(f"/t/{thread.pk}/"))


def test_a_time_that_is_past_is_said_at_its_field(world: World, coco: Client) -> None:
    answer = coco.post(_replies(world), _later(body="Yesterday.") | {"appears_at": "2020-01-01T10:00"})
    assert answer.status_code == 422
    page = text_of(answer)
    assert page.count("Choose a time to come") == 2  # above the form and at the field
    assert "Yesterday.</textarea>" in page
    assert Draft.objects.get().appears_at is None


def test_what_waits_can_be_read_and_taken_back_by_its_author_alone(world: World, coco: Client) -> None:
    at = timezone.now() + timedelta(days=1)
    draft = schedule_text(world.thread, by=world.coco, appears_at=at, body="Tomorrow.", submission=uuid4())
    address = f"/me/drafts/{draft.pk}/"
    assert "This text appears on" in text_of(coco.get(address))
    assert coco.get(f"{_replies(world)}?draft={draft.pk}").status_code == 404
    assert browser(world.mei).get(address).status_code == 404
    assert browser(world.mei).post(f"{address}take-back/").status_code == 404
    assert coco.post(f"{address}take-back/", {"write": "1"})["Location"] == address
    assert coco.get(address)["Location"] == f"{_replies(world)}?draft={draft.pk}"
    assert coco.post(f"{address}take-back/")["Location"] == "/me/drafts/"
    assert "Waiting for their time" not in text_of(coco.get("/me/drafts/"))


def test_what_could_not_appear_says_why_among_the_drafts_and_news(
    world: World, coco: Client, django_capture_on_commit_callbacks: Any
) -> None:
    at = timezone.now() + timedelta(days=1)
    schedule_text(world.thread, by=world.coco, appears_at=at, body="Tomorrow.", submission=uuid4())
    Thread.objects.filter(pk=world.thread.pk).update(is_locked=True)
    with django_capture_on_commit_callbacks(execute=True):
        settle_due(at)
    assert "It could not appear: This thread is locked" in text_of(coco.get("/me/drafts/"))
    assert "A text of yours could not appear at its time." in text_of(coco.get("/me/notifications/"))


@pytest.mark.parametrize(("language", "said"), [("en", "It becomes"), ("zh-hant", "<strong>")])
def test_help_shows_signs_and_what_becomes_of_them(client: Client, db: None, language: str, said: str) -> None:
    page = text_of(client.get("/help/writing/", headers={"Accept-Language": language}))
    assert said in page
    assert "<kbd>Ctrl+Enter</kbd>" in page


def test_count_names_the_limits_of_the_board(world: World, coco: Client) -> None:
    Board.objects.filter(pk=world.letters.pk).update(min_length=20, max_length=500)
    page = text_of(coco.get(f"{LETTERS}new/"))
    assert 'data-fewest="20" data-most="500"' in page
    assert "(20–500)" in page


def test_editor_stands_around_every_long_text(world: World) -> None:
    mei = browser(world.mei)
    for path in (
        f"{LETTERS}new/",
        f"/t/{world.thread.pk}/",
        _replies(world),
        "/c/stoneferry/hall/notices/",
    ):
        assert text_of(mei.get(path)).count('data-behavior="editor"') == 1, path
