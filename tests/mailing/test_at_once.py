"""Mail at once: who gets it, what it says, and what it never says."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from forum.actions.moderation import hide_post, hide_thread
from forum.actions.posts import add_reply
from forum.actions.sanctions import impose_sanction
from forum.mailing.choices import choose_rhythms
from forum.models import Block, City, Letter, Membership, Notification
from tests.mailing.conftest import Post
from tests.mailing.server import Server
from tests.world import World


def test_a_reply_comes_by_mail(reached: World, server: Server, post: Post) -> None:
    add_reply(reached.thread, by=reached.dan, body="I **crossed** it, too. 我也走過。", to=1)
    assert post().sent == 1
    [got] = server.got
    assert got.to == ["cai@example.org"]
    assert got.message["Subject"] == "Dan replied to you in The bridge 橋"
    assert got.message["From"] == "Cityboards <news@boards.example>"
    for said in (got.text, got.html):
        assert "Dan replied to you in The bridge 橋" in said
        assert "I crossed it, too. 我也走過。" in said
        assert f"https://boards.example/t/{reached.thread.pk}/" in said
    assert '<html lang="en">' in got.html


def test_news_of_one_thread_come_in_one_mail(reached: World, server: Server, post: Post) -> None:
    for person in (reached.dan, reached.mei):
        add_reply(reached.thread, by=person, body="Me too.", to=1)
    assert post().sent == 1
    assert "Dan" in server.got[0].text
    assert "梅市長" in server.got[0].text


def test_nothing_goes_out_before_its_time_and_nothing_twice(reached: World, server: Server, post: Post) -> None:
    add_reply(reached.thread, by=reached.dan, body="Me too.", to=1)
    post(timedelta(0))
    assert server.got == []
    post()
    post()
    assert len(server.got) == 1


def test_a_mail_is_in_the_language_of_its_reader(reached: World, server: Server, post: Post) -> None:
    User.objects.filter(pk=reached.cai.pk).update(language="zh-hant")
    add_reply(reached.thread, by=reached.dan, body="Me too.", to=1)
    post()
    [got] = server.got
    assert "回應" in got.message["Subject"]
    assert '<html lang="zh-hant">' in got.html
    assert got.message.get_body(("html",)).get_content_charset() == "utf-8"  # type: ignore[union-attr]


def test_a_mail_says_what_it_is_to_programs(reached: World, server: Server, post: Post) -> None:
    add_reply(reached.thread, by=reached.dan, body="Me too.", to=1)
    post()
    message = server.got[0].message
    assert message["List-Id"] == "Cityboards <replies.boards.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["List-Unsubscribe"].startswith("<https://boards.example/mail/stop/")
    assert message["Message-ID"].endswith("@boards.example>")
    # As mail programs read it: one line, nothing encoded.
    [line] = [line for line in server.got[0].source.splitlines() if line.startswith(b"List-Unsubscribe:")]
    assert re.fullmatch(rb"List-Unsubscribe: <https://boards\.example/mail/stop/[\w.~-]+/>", line)


@pytest.mark.parametrize("rhythm", ["none", "daily"])
def test_what_somebody_does_not_want_at_once_does_not_come(
    reached: World, server: Server, post: Post, rhythm: str
) -> None:
    choose_rhythms(reached.cai, {"replies": rhythm})
    add_reply(reached.thread, by=reached.dan, body="Me too.", to=1)
    post()
    assert server.got == []


def test_what_is_stopped_while_a_letter_waits_is_left_out(reached: World, server: Server, post: Post) -> None:
    add_reply(reached.thread, by=reached.dan, body="Me too.", to=1)
    post(timedelta(0))
    choose_rhythms(reached.cai, {"replies": "none"})
    assert post().empty == 1
    assert server.got == []


def test_what_was_read_on_the_site_meanwhile_does_not_come(reached: World, server: Server, post: Post) -> None:
    add_reply(reached.thread, by=reached.dan, body="Me too.", to=1)
    post(timedelta(0))
    Notification.objects.update(read_at=timezone.now())
    post()
    assert server.got == []


def test_an_address_that_nobody_confirmed_gets_nothing(reached: World, server: Server, post: Post) -> None:
    User.objects.filter(pk=reached.cai.pk).update(email="elsewhere@example.org")
    add_reply(reached.thread, by=reached.dan, body="Me too.", to=1)
    post()
    assert server.got == []


@pytest.mark.parametrize("what", ["hidden post", "hidden thread", "closed city", "blocked", "gone"])
def test_what_one_may_not_see_when_the_mail_goes_is_left_out(
    reached: World, server: Server, post: Post, what: str
) -> None:
    written = add_reply(reached.thread, by=reached.dan, body="Me too.", to=1)
    post(timedelta(0))
    match what:
        case "hidden post":
            hide_post(written, by=reached.mei, reason="Rude")
        case "hidden thread":
            hide_thread(reached.thread, by=reached.mei, reason="Spam")
        case "closed city":
            Membership.objects.filter(user=reached.cai).delete()
            City.objects.filter(pk=reached.stoneferry.pk).update(visibility=City.Visibility.CITIZENS)
        case "blocked":
            Block.objects.create(user=reached.cai, blocked=reached.dan)
        case "gone":
            User.objects.filter(pk=reached.cai.pk).update(is_active=False)
    post()
    assert [got for got in server.got if "replied" in str(got.message["Subject"])] == []
    assert Letter.objects.filter(user=reached.cai, family="replies", state=Letter.State.EMPTY).count() == 1


def test_a_decision_comes_to_everybody_and_bears_no_way_to_stop_it(reached: World, server: Server, post: Post) -> None:
    impose_sanction(reached.stoneferry, by=reached.mei, person=reached.cai, kind="warning", reason="off_topic")
    post()
    [got] = server.got
    assert got.message["Subject"] == "梅市長 warned you in 石渡"
    assert got.message["List-Unsubscribe"] is None
    assert "/mail/stop/" not in got.text


@pytest.mark.parametrize(
    "name",
    [
        "Dan\r\nBcc: all@example.org",
        'Dan" <evil@example.com>',
        "www.evil.com",
        "http://evil.com/x",
        "\u202emoc.live",
        "<b>Dan</b>",
        "evil。com",
    ],
)
def test_a_name_becomes_neither_header_nor_link_nor_markup(
    reached: World, server: Server, post: Post, name: str
) -> None:
    User.objects.filter(pk=reached.dan.pk).update(display_name=name)
    add_reply(reached.thread, by=reached.dan, body="Me too.", to=1)
    post()
    [got] = server.got
    assert got.to == ["cai@example.org"]
    assert got.message["Bcc"] is None
    said = f"{got.message['Subject']} {got.text} {got.html}"
    for linking in ("evil.com", "evil@example", "evil。com", "://evil", "\u202e"):
        assert linking not in said
    assert "<b>" not in got.html
