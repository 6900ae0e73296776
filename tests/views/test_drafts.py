"""Drafts as a browser meets them: kept by a button, a preview and a refusal; found again, continued, discarded."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from forum.actions.drafts import save_draft
from forum.actions.moderation import hide_thread, lock_thread
from forum.models import Draft, Post, Thread
from tests.clients import HTMX, browser, text_of
from tests.world import World


@pytest.fixture
def coco(world: World) -> Client:
    return browser(world.coco)


def _replies(world: World) -> str:
    return f"/t/{world.thread.pk}/replies/"


def test_button_keeps_the_reply_and_leads_back_to_its_form(world: World, coco: Client) -> None:
    answer = coco.post(_replies(world), {"body": "Half a", "to": "1", "submission": uuid4(), "draft": "1"})
    draft = Draft.objects.get()
    assert answer["Location"] == f"{_replies(world)}?draft={draft.pk}"
    page = text_of(coco.get(answer["Location"]))
    assert "Saved as a draft." in page
    assert "Half a</textarea>" in page
    assert re.search(r'name="to" value="1"', page)
    assert f'value="{draft.submission}"' in page
    assert Post.objects.count() == 2


def test_button_in_the_thread_answers_in_place(world: World, coco: Client) -> None:
    answer = coco.post(_replies(world), {"body": "Half a", "page": "1", "draft": "1"}, headers=HTMX)
    page = text_of(answer)
    assert "<html" not in page
    assert "Half a</textarea>" in page
    assert "Saved as a draft." in answer["HX-Trigger"]
    assert f'value="{Draft.objects.get().submission}"' in page


def test_what_was_continued_and_sent_is_no_draft_any_more(world: World, coco: Client) -> None:
    form = text_of(coco.get(coco.post(_replies(world), {"body": "Half a", "draft": "1"})["Location"]))
    mark = re.search(r'name="submission" value="([^"]+)"', form)
    assert mark
    coco.post(_replies(world), {"body": "A whole thought.", "submission": mark[1]})
    assert not Draft.objects.exists()
    assert Post.objects.filter(body="A whole thought.").count() == 1


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_preview_keeps_the_text_and_says_so(world: World, coco: Client, headers: dict[str, str]) -> None:
    page = text_of(coco.post(_replies(world), {"body": "**Half** a", "preview": "1"}, headers=headers))
    assert page.count("kept among your drafts") == 1
    assert Draft.objects.get().body == "**Half** a"


def test_refused_texts_are_kept(world: World, coco: Client) -> None:
    coco.post("/c/stoneferry/b/letters/threads/", {"title": "", "body": "A letter without a title"})
    lock_thread(world.thread, by=world.mei)
    page = text_of(coco.post(_replies(world), {"body": "Typed for an hour."}))
    assert "kept among your drafts" in page
    assert {draft.body for draft in Draft.objects.all()} == {"A letter without a title", "Typed for an hour."}


def test_edit_that_came_second_is_kept_with_the_revision_it_was_made_from(world: World, coco: Client) -> None:
    address = f"/p/{world.reply.pk}/edit/"
    coco.post(address, {"body": "From the first window.", "base": "1"})
    coco.post(address, {"body": "From the second window.", "base": "1"})
    draft = Draft.objects.get()
    assert (draft.body, draft.base) == ("From the second window.", 1)
    page = text_of(coco.get(f"{address}?draft={draft.pk}"))
    assert "From the second window." in page
    assert 'name="base" value="1"' in page


def test_form_offers_the_last_draft_of_its_place(world: World, coco: Client) -> None:
    draft = save_draft(world.letters, by=world.coco, title="A letter", body="Dear all")
    assert draft
    assert "You have a draft here" not in text_of(coco.get("/c/stoneferry/b/general/threads/new/"))
    page = text_of(coco.get("/c/stoneferry/b/letters/threads/new/"))
    assert f'href="/c/stoneferry/b/letters/threads/new/?draft={draft.pk}"' in page
    assert "Dear all" not in page
    assert "Dear all" in text_of(coco.get(f"/c/stoneferry/b/letters/threads/new/?draft={draft.pk}"))


def test_nobody_opens_the_draft_of_another_nor_in_another_place(world: World, coco: Client) -> None:
    draft = save_draft(world.thread, by=world.coco, body="Mine alone")
    assert draft
    for number in (str(draft.pk), "x", "9" * 30):
        assert browser(world.cai).get(_replies(world), {"draft": number}).status_code == 404
        assert coco.get("/c/stoneferry/b/letters/threads/new/", {"draft": number}).status_code == 404
    assert "You have a draft here" not in text_of(browser(world.cai).get(_replies(world)))


def test_list_shows_where_and_what_and_leads_back(world: World, coco: Client) -> None:
    assert "Nothing is waiting." in text_of(coco.get("/me/drafts/"))
    save_draft(world.thread, by=world.coco, body="Half a thought.", to=1)
    save_draft(world.letters, by=world.coco, title="一封信", body="你好，河。")
    save_draft(world.reply, by=world.coco, body="I crossed it twice.")
    page = text_of(coco.get("/me/drafts/"))
    for words in (
        "Half a thought.",
        "The bridge 橋",
        "Reply to post 1",
        "一封信",
        "New thread",
        "Edit of post 2",
        "石渡",
    ):
        assert words in page
    assert page.index("I crossed it twice.") < page.index("你好，河。") < page.index("Half a thought.")
    assert page.count("Continue writing") == 3


def test_draft_that_cannot_be_sent_can_be_read(world: World, coco: Client) -> None:
    draft = save_draft(world.thread, by=world.coco, body="Typed for an hour.")
    assert draft
    address = f"/me/drafts/{draft.pk}/"
    assert coco.get(address)["Location"] == f"{_replies(world)}?draft={draft.pk}"
    lock_thread(world.thread, by=world.mei)
    assert "This thread is locked" in text_of(coco.get("/me/drafts/"))
    assert "Typed for an hour.</textarea>" in text_of(coco.get(address))


def test_title_of_a_thread_that_was_hidden_is_not_told(world: World, coco: Client) -> None:
    draft = save_draft(world.thread, by=world.coco, body="Typed for an hour.")
    assert draft
    hide_thread(Thread.objects.get(pk=world.thread.pk), by=world.mei, reason="spam")
    for page in (text_of(coco.get("/me/drafts/")), text_of(coco.get(f"/me/drafts/{draft.pk}/"))):
        assert "The bridge" not in page
        assert "Typed for an hour." in page


def test_discarding_asks_first(world: World, coco: Client) -> None:
    draft = save_draft(world.thread, by=world.coco, body="Half a thought.")
    assert draft
    address = f"/me/drafts/{draft.pk}/discard/"
    assert "Half a thought." in text_of(coco.get(address))
    assert "<html" not in text_of(coco.get(address, headers=HTMX))
    assert browser(world.cai).post(address).status_code == 404
    assert coco.post(address)["Location"] == "/me/drafts/"
    assert not Draft.objects.exists()


def test_saving_drafts_is_no_posting(world: World, coco: Client, settings: object) -> None:
    settings.RATE_LIMITS = {"posting": "0/10m", "suggesting": "1/10m"}  # type: ignore[attr-defined]
    assert coco.post(_replies(world), {"body": "Half", "draft": "1"}).status_code == 302
    assert coco.post(_replies(world), {"body": "Half a", "draft": "1"}).status_code == 429


@pytest.mark.parametrize("count", [1, 3, 50])
def test_list_takes_few_queries(world: World, django_assert_num_queries: object, count: int) -> None:
    for number in range(count):
        save_draft(world.thread, by=world.coco, body=f"Reply {number}")
        save_draft(world.letters, by=world.coco, body=f"Letter {number}")
    client = browser(world.coco)
    with django_assert_num_queries(5):  # type: ignore[operator]
        client.get("/me/drafts/")
