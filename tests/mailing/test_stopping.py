"""Stopping mail: by one click of a mail program, by the link, on the page of settings; never by looking."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from forum.actions.posts import add_reply
from forum.mailing.addresses import stop_address
from forum.mailing.choices import choose_rhythms, rhythms_of
from forum.mailing.families import CHOSEN, FAMILIES, TABLE, family_of
from forum.mailing.marks import STOPPABLE, read_stop_token, stop_token
from forum.models import MailSetting, Rhythm
from forum.notifying.kinds import NEWS
from tests.mailing.conftest import Post
from tests.mailing.server import Server
from tests.world import World

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def _path(world: World, name: str) -> str:
    return f"/mail/stop/{stop_token(world.cai.pk, name)}/"


def test_every_kind_of_news_has_one_family() -> None:
    kinds = [kind for family in TABLE for kind in family.kinds]
    assert len(kinds) == len(set(kinds))
    assert sorted(NEWS.keys() - set(kinds)) == []
    assert {kind for kind, news in NEWS.items() if news.is_decision} <= FAMILIES["decisions"].kinds
    assert family_of("reply").name == "replies"


def test_nobody_is_sent_what_they_did_not_ask_for(reached: World) -> None:
    usual = {family.name: family.usual.value for family in CHOSEN}
    assert {name for name, rhythm in usual.items() if rhythm == "once"} == {
        "replies",
        "mentions",
        "messages",
        "offices",
    }
    assert usual["bulletin"] == usual["watched"] == usual["recommendations"] == "none"


def test_a_mail_program_stops_by_one_click_what_its_reader_no_longer_wants(
    reached: World, server: Server, post: Post
) -> None:
    add_reply(reached.thread, by=reached.dan, body="Me too.", to=1)
    post()
    link = re.fullmatch(r"<https://boards\.example(/mail/stop/[^>]+)>", server.got[0].message["List-Unsubscribe"])
    assert link
    # No cookie, no token, nobody signed in: all it has is the address.
    answer = Client(enforce_csrf_checks=True).post(link[1], ONE_CLICK)
    assert answer.status_code == 200
    assert rhythms_of(reached.cai)["replies"] == Rhythm.NONE
    assert rhythms_of(reached.cai)["mentions"] == Rhythm.ONCE
    add_reply(reached.thread, by=reached.mei, body="Me too.", to=1)
    post()
    assert len(server.got) == 1


def test_looking_at_the_link_stops_nothing(reached: World, client: Client) -> None:
    page = client.get(_path(reached, "replies")).content.decode()
    assert "Replies to me" in page
    assert not MailSetting.objects.exists()


def test_who_opens_the_link_is_asked_and_then_told(reached: World) -> None:
    client = Client(enforce_csrf_checks=True)
    path = _path(reached, "all")
    assert client.post(path).status_code == 403
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', client.get(path).content.decode())
    assert token
    answer = client.post(path, {"csrfmiddlewaretoken": token[1]}, follow=True)
    assert "Stopped" in answer.content.decode()
    assert set(rhythms_of(reached.cai).values()) == {Rhythm.NONE}


def test_the_link_of_a_bulletin_stops_all_that_comes_in_it(reached: World, client: Client) -> None:
    choose_rhythms(reached.cai, {"replies": "daily", "watched": "weekly"})
    client.post(_path(reached, "daily"), ONE_CLICK)
    rhythms = rhythms_of(reached.cai)
    assert Rhythm.DAILY not in rhythms.values()
    assert (rhythms["watched"], rhythms["mentions"]) == (Rhythm.WEEKLY, Rhythm.ONCE)


@pytest.mark.parametrize("changed", ["1.all", "x", "1.decisions:abc", "9999.all~x"])
def test_nobody_makes_up_a_link(db: None, client: Client, changed: str) -> None:
    assert client.post(f"/mail/stop/{changed}/", ONE_CLICK).status_code == 404


def test_a_link_holds_after_the_key_was_changed(reached: World, settings: object) -> None:
    token = stop_token(reached.cai.pk, "all")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]  # type: ignore[attr-defined]
    settings.SECRET_KEY = "another key that is long enough"  # type: ignore[attr-defined]
    assert read_stop_token(token) == (reached.cai.pk, "all")


def test_decisions_cannot_be_stopped(reached: World) -> None:
    assert "decisions" not in STOPPABLE
    with pytest.raises(ValueError, match="decisions"):
        choose_rhythms(reached.cai, {"decisions": "none"})


def test_one_chooses_on_the_page_of_settings(reached: World, client: Client) -> None:
    client.force_login(reached.cai)
    fields = {family.name: "none" for family in CHOSEN} | {"bulletin": "weekly"}
    assert client.post("/me/mail/", fields).status_code == 302
    assert rhythms_of(reached.cai)["bulletin"] == Rhythm.WEEKLY
    wrong = client.post("/me/mail/", fields | {"bulletin": "once"})
    assert wrong.status_code == 422
    assert "cai@example.org" in wrong.content.decode()


def test_one_sees_why_nothing_comes_and_lifts_it(reached: World, client: Client) -> None:
    stop_address(reached.cai, reached.cai.email, "bounced", "5.1.1 No such person")
    client.force_login(reached.cai)
    assert "No such person" in client.get("/me/mail/").content.decode()
    client.post("/me/mail/lift/")
    page = client.get("/me/mail/").content.decode()
    assert "No such person" not in page
    assert "It goes to cai@example.org." in page


def test_who_has_not_confirmed_an_address_is_told_so(world: World, client: Client) -> None:
    client.force_login(world.cai)
    assert "before you have confirmed" in client.get("/me/mail/").content.decode()


def test_the_page_asks_little(
    reached: World, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(reached.cai)
    client.get("/me/mail/")
    with django_assert_max_num_queries(9):
        client.get("/me/mail/")
