"""Replying and editing as a browser does it, with and without htmx."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from forum.actions.moderation import hide_post, lock_thread
from forum.actions.posts import add_reply
from forum.models import Post, Thread
from tests.world import World

HTMX = {"HX-Request": "true"}


@pytest.fixture
def coco(world: World) -> Client:
    client = Client()
    client.force_login(world.coco)
    return client


def _replies(world: World) -> str:
    return f"/t/{world.thread.pk}/replies/"


def test_plain_reply_leads_to_its_place_in_the_thread(world: World, coco: Client) -> None:
    answer = coco.post(_replies(world), {"body": "再走一次。", "to": "1", "submission": str(uuid4())})
    post = Post.objects.get(thread=world.thread, number=3)
    assert (answer.status_code, answer["Location"]) == (302, f"/t/{world.thread.pk}/#p3")
    assert post.addressed == world.opener


def test_reply_by_htmx_comes_back_as_the_post_and_a_fresh_form(world: World, coco: Client) -> None:
    answer = coco.post(_replies(world), {"body": "In place.", "page": "1"}, headers=HTMX)
    page = answer.content.decode()
    assert '<hx-partial hx-target="#posts"' in page
    assert 'id="p3"' in page
    assert "In place." in page
    assert "<html" not in page
    assert "number 3" in answer["HX-Trigger"]


def test_reply_that_belongs_on_another_page_leads_there(world: World, coco: Client) -> None:
    for _number in range(20):
        add_reply(world.thread, by=world.cai, body="Filling the page.")
    answer = coco.post(_replies(world), {"body": "On page two.", "page": "1"}, headers=HTMX)
    assert answer["HX-Redirect"] == f"/t/{world.thread.pk}/?page=2#p23"


def test_double_click_makes_one_post(world: World, coco: Client) -> None:
    form = coco.get(_replies(world)).content.decode()
    mark = re.search(r'name="submission" value="([^"]+)"', form)
    assert mark
    for _click in range(2):
        coco.post(_replies(world), {"body": "Once.", "submission": mark[1]})
    assert Post.objects.filter(thread=world.thread, body="Once.").count() == 1


def test_preview_shows_the_text_and_writes_nothing(world: World, coco: Client) -> None:
    for headers in ({}, HTMX):
        answer = coco.post(_replies(world), {"body": "**bold**", "preview": "1"}, headers=headers)
        assert "<strong>bold</strong>" in answer.content.decode()
    assert Post.objects.filter(thread=world.thread).count() == 2


def test_empty_reply_is_refused_at_its_field_and_the_rest_is_kept(world: World, coco: Client) -> None:
    answer = coco.post(_replies(world), {"body": "", "title": "A title I typed"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Write something first." in page
    assert "A title I typed" in page


def test_text_typed_while_the_thread_was_locked_is_kept(world: World, coco: Client) -> None:
    lock_thread(world.thread, by=world.mei, reason="enough")
    answer = coco.post(_replies(world), {"body": "Typed for an hour."})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Typed for an hour." in page
    assert "locked" in page


def test_text_typed_in_an_expired_session_is_there_after_signing_in(world: World) -> None:
    client = Client()
    answer = client.post(_replies(world), {"body": "Typed for an hour.", "to": "1"})
    assert answer.status_code == 302
    assert "/accounts/login/" in answer["Location"]
    client.post("/accounts/login/", {"login": "coco", "password": "correct-horse-battery"})
    page = client.get(_replies(world)).content.decode()
    assert "Typed for an hour." in page
    assert re.search(r'name="to" value="1"', page)


def test_passage_is_carried_into_the_form_as_a_quotation(world: World, coco: Client) -> None:
    page = coco.get(_replies(world), {"to": "1", "quote": "三塊板的橋"}).content.decode()
    assert "&gt; 三塊板的橋" in page


def test_hidden_post_cannot_be_quoted(world: World, coco: Client) -> None:
    hide_post(world.opener, by=world.mei, reason="private matter")
    page = coco.get(_replies(world), {"to": "1", "quote": "三塊板的橋"}).content.decode()
    assert "三塊板" not in page


def test_post_address_leads_to_page_and_anchor(world: World) -> None:
    posts = [add_reply(world.thread, by=world.cai, body="Filling.") for _number in range(40)]
    answer = Client().get(f"/p/{posts[-1].pk}/")
    assert answer["Location"] == f"/t/{world.thread.pk}/?page=3#p42"


def test_edit_keeps_the_earlier_text_and_says_so(world: World, coco: Client) -> None:
    address = f"/p/{world.reply.pk}/edit/"
    assert "I crossed it." in coco.get(address).content.decode()
    answer = coco.post(address, {"body": "I crossed it twice.", "base": "1", "reason": "counted"})
    assert answer.status_code == 302
    thread = coco.get(f"/t/{world.thread.pk}/").content.decode()
    assert "I crossed it twice." in thread
    assert f"/p/{world.reply.pk}/history/" in thread


def test_second_of_two_edits_sees_both_versions_and_can_go_on(world: World, coco: Client) -> None:
    address = f"/p/{world.reply.pk}/edit/"
    coco.post(address, {"body": "From the first window.", "base": "1"})
    answer = coco.post(address, {"body": "From the second window.", "base": "1"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "From the first window." in page
    assert "From the second window." in page
    assert '<del class="diff__old">first</del><ins class="diff__new">second</ins>' in page
    assert page.count('role="alert"') == 1
    assert 'name="base" value="2"' in page
    coco.post(address, {"body": "From both windows.", "base": "2"})
    assert Post.objects.get(pk=world.reply.pk).revision_number == 3


def test_hidden_post_leaves_a_tombstone_for_readers_only(world: World, coco: Client) -> None:
    hide_post(world.opener, by=world.mei, reason="private matter")
    mayor = Client()
    mayor.force_login(world.mei)
    address = f"/t/{world.thread.pk}/"
    assert "三塊板" not in coco.get(address).content.decode()
    assert "is hidden" in coco.get(address).content.decode()
    assert "三塊板" in mayor.get(address).content.decode()
    assert coco.get(f"/p/{world.opener.pk}/print/").status_code == 404


def test_thread_is_started_from_its_form(world: World, coco: Client) -> None:
    answer = coco.post("/c/stoneferry/b/letters/threads/", {"title": "一封信", "body": "你好，河。"})
    thread = Thread.objects.get(title="一封信")
    assert answer["Location"] == f"/t/{thread.pk}/"


def test_thread_without_a_title_keeps_its_text(world: World, coco: Client) -> None:
    answer = coco.post("/c/stoneferry/b/letters/threads/", {"title": "", "body": "你好，河。"})
    assert answer.status_code == 422
    assert "你好，河。" in answer.content.decode()
