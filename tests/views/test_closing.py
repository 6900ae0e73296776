"""The page on which I close my account, the mail that follows, and coming back."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.models import User
from forum.actions.closing import GRACE, ask_to_close
from forum.actions.drafts import save_draft
from forum.actions.posts import add_reply
from forum.actions.settling import settle_due
from forum.actions.threads import create_thread
from forum.models import Event, Post
from tests.clients import browser, text_of
from tests.world import PASSWORD, World


def signed_in(person: User) -> Client:
    """Return a browser in which the person has just shown once more who they are."""
    client = browser()
    client.post("/accounts/login/", {"login": person.username, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def test_closing_asks_first_who_one_is(world: World) -> None:
    assert browser().get("/me/close/")["Location"] == "/accounts/login/?next=/me/close/"
    answer = browser(world.coco).post("/me/close/", {"farewell": "keep"})
    assert answer["Location"].startswith("/accounts/reauthenticate/")
    assert User.objects.get(pk=world.coco.pk).closes_at is None


def test_page_says_what_happens_and_a_choice_is_asked_for(world: World) -> None:
    client = signed_in(world.coco)
    page = text_of(client.get("/me/close/"))
    for words in ("It is closed after 14 days", "They stay, under my name", "They are erased", "Take your data along"):
        assert words in page
    answer = client.post("/me/close/")
    assert answer.status_code == 422
    assert "Choose what becomes of your texts." in text_of(answer)


def test_mayor_is_led_to_where_the_office_is_handed_over(world: World) -> None:
    client = signed_in(world.mei)
    page = text_of(client.get("/me/close/"))
    assert 'href="/c/stoneferry/hall/succession/"' in page
    assert 'name="farewell"' not in page
    assert client.post("/me/close/", {"farewell": "keep"}).status_code == 403


def test_who_closes_is_signed_out_everywhere_told_by_mail_and_may_come_back(world: World) -> None:
    other = signed_in(world.coco)
    forced = browser(world.coco)
    client = signed_in(world.coco)
    mail.outbox.clear()
    answer = client.post("/me/close/", {"farewell": "former"}, follow=True)
    assert "Sign in before then to keep it." in text_of(answer)
    (letter,) = mail.outbox
    assert letter.to == ["coco@example.org"]
    assert "Hello Coco," in letter.body
    assert "/accounts/login/" in letter.body
    for one in (client, other, forced):
        assert one.get("/me/")["Location"] == "/accounts/login/?next=/me/"
    assert User.objects.get(pk=world.coco.pk).closes_at
    back = browser()
    back.post("/accounts/login/", {"login": "coco", "password": PASSWORD})
    assert "Welcome back. Your account stays open." in text_of(back.get("/me/"))
    assert User.objects.get(pk=world.coco.pk).name == "Coco"


@pytest.mark.parametrize("name", ["Dan", "dan"])
def test_search_finds_nothing_by_the_name_of_who_takes_it_along(world: World, name: str) -> None:
    create_thread(world.general, by=world.dan, title="Ferries", body="They rest on Mondays.")
    assert "Ferries" in text_of(browser().get(f"/search/?q=author:{name}"))
    ask_to_close(world.dan, by=world.dan, farewell="former")
    assert "Ferries" not in text_of(browser().get(f"/search/?q=author:{name}"))


def test_page_of_who_leaves_without_a_name_says_no_more(world: World) -> None:
    create = create_thread(world.general, by=world.dan, title="Ferries", body="They rest on Mondays.")
    ask_to_close(world.dan, by=world.dan, farewell="former")
    for path in ("/u/dan/", f"/t/{create.pk}/"):
        page = text_of(browser().get(path))
        assert ">Former member<" in page
        assert ">Dan<" not in page
    page = text_of(browser(world.ada).get("/u/dan/"))
    assert "They rest on Mondays." not in page
    assert "石渡" not in page
    for path in ("/feeds/u/dan/", "/u/dan/recommendations/"):
        assert browser().get(path).status_code == 404


def test_erased_text_leaves_its_place(world: World) -> None:
    ask_to_close(world.coco, by=world.coco, farewell="blank")
    settle_due(timezone.now() + GRACE)
    page = text_of(browser().get(f"/t/{world.thread.pk}/"))
    assert 'id="p2"' in page
    assert "This text was erased." in page
    assert "I crossed it." not in page
    assert "This version was erased for good" in text_of(browser().get(f"/p/{world.reply.pk}/history/"))
    assert f"/p/{world.reply.pk}/" not in text_of(browser().get("/search/?q=crossed"))


def test_texts_that_stay_under_the_name_keep_their_page(world: World) -> None:
    ask_to_close(world.coco, by=world.coco, farewell="keep")
    settle_due(timezone.now() + GRACE)
    page = text_of(browser().get("/u/coco/"))
    assert "This account is closed." in page
    assert "I crossed it." in page
    answer = browser().post("/accounts/login/", {"login": "coco", "password": PASSWORD})
    assert answer.status_code == 200  # the form again
    assert not browser().get("/u/coco/").context["page"].memberships


def test_mention_of_who_left_is_no_link_any_more(world: World) -> None:
    post = add_reply(world.thread, by=world.cai, body="Ask @coco about it.")
    assert "/u/coco/" in Post.objects.get(pk=post.pk).html
    ask_to_close(world.coco, by=world.coco, farewell="former")
    settle_due(timezone.now() + GRACE)
    assert "/u/" not in Post.objects.get(pk=post.pk).html


@pytest.mark.parametrize("farewell", ["keep", "blank"])
def test_what_is_scheduled_does_not_appear_any_more(world: World, farewell: str) -> None:
    draft: Any = save_draft(world.thread, by=world.coco, body="From beyond.")
    type(draft).objects.filter(pk=draft.pk).update(appears_at=timezone.now())
    ask_to_close(world.coco, by=world.coco, farewell=farewell)
    settle_due(timezone.now() + GRACE / 2)
    settle_due(timezone.now() + GRACE * 2)
    assert not Post.objects.filter(author=world.coco, number__gt=2).exists()
    assert Event.objects.filter(kind="account.closed").exists()
