"""The daily and the weekly bulletin: when they come, and what stands in them."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from accounts.models import User
from forum.actions.notices import post_notice
from forum.actions.posts import add_reply
from forum.actions.recommendations import recommend_post
from forum.actions.threads import create_thread
from forum.mailing.choices import choose_rhythms
from forum.mailing.days import due, span
from forum.mailing.sending import send_due
from forum.mailing.sorting import open_bulletins, sort_news
from forum.models import Block, Letter, Membership, Rhythm
from tests.mailing.server import Server
from tests.notifying.news import tell_all
from tests.world import World

NOON = datetime(2037, 11, 24, 4, tzinfo=UTC)  # a Tuesday, noon in Taipei
NEXT_MORNING = datetime(2037, 11, 24, 23, tzinfo=UTC)  # Wednesday at seven in Taipei
SUNDAY_MORNING = datetime(2037, 11, 28, 23, tzinfo=UTC)  # Sunday at seven in Taipei
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("rhythm", "zone", "moment"),
    [
        (Rhythm.DAILY, "Asia/Taipei", NEXT_MORNING),
        (Rhythm.WEEKLY, "Asia/Taipei", SUNDAY_MORNING),
        (Rhythm.DAILY, "America/New_York", datetime(2037, 11, 24, 12, tzinfo=UTC)),
        (Rhythm.WEEKLY, "America/New_York", datetime(2037, 11, 29, 12, tzinfo=UTC)),
    ],
)
def test_bulletins_come_at_seven_by_the_clock_of_the_reader(rhythm: Rhythm, zone: str, moment: datetime) -> None:
    assert due(rhythm, zone, NOON) == moment


def test_a_weekly_bulletin_tells_of_seven_days() -> None:
    since, until = span(Rhythm.WEEKLY, SUNDAY_MORNING.date() + timedelta(days=1), "Asia/Taipei")
    assert (since, until) == (SUNDAY_MORNING - timedelta(days=7), SUNDAY_MORNING)


def test_news_of_a_day_come_in_one_bulletin(reached: World, server: Server) -> None:
    choose_rhythms(reached.cai, {"replies": "daily", "recommendations": "daily"})
    with time_machine.travel(NOON, tick=False):
        add_reply(reached.thread, by=reached.dan, body="Me too.", to=1)
        recommend_post(reached.opener, by=reached.mei)
        tell_all()
        sort_news()
    assert send_due(NEXT_MORNING - SECOND).sent == 0
    assert send_due(NEXT_MORNING + SECOND).sent == 1
    [got] = server.got
    assert got.message["Subject"] == "Daily bulletin · 25 November 2037"
    assert "Dan replied to you in The bridge 橋" in got.text
    assert "梅市長 recommended your post in The bridge 橋" in got.text
    assert got.message["Precedence"] == "bulk"


def test_news_of_a_week_come_on_sunday(reached: World, server: Server) -> None:
    choose_rhythms(reached.cai, {"replies": "weekly"})
    for days in (0, 2):
        with time_machine.travel(NOON + timedelta(days=days), tick=False):
            add_reply(reached.thread, by=reached.dan, body="Me too.", to=1)
            tell_all()
            sort_news()
    assert send_due(SUNDAY_MORNING - SECOND).sent == 0
    assert send_due(SUNDAY_MORNING + SECOND).sent == 1
    assert server.got[0].message["Subject"] == "Weekly bulletin · 29 November 2037"


def test_the_weekly_bulletin_has_the_best_of_ones_cities(reached: World, server: Server) -> None:
    choose_rhythms(reached.coco, {"bulletin": "weekly"})
    User.objects.filter(pk=reached.coco.pk).update(language="zh-hant")
    with time_machine.travel(NOON, tick=False):
        ferry = create_thread(
            reached.general, by=reached.cai, title="The ferry rests 渡船", body="On Mondays it rests."
        )
        plain = create_thread(reached.general, by=reached.cai, title="A plank", body="Short.")
        for person in (reached.dan, reached.mei):
            recommend_post(ferry.posts.get(number=1), by=person)
        post_notice(reached.stoneferry, by=reached.mei, title="The bridge is closed")
        tell_all()
        sort_news()
        open_bulletins()
    send_due(SUNDAY_MORNING + SECOND)
    [got] = [got for got in server.got if got.to == ["coco@example.org"]]
    assert got.text.index(ferry.title) < got.text.index(plain.title) < got.text.index("The bridge is closed")
    assert "On Mondays it rests." in got.html
    assert f"https://boards.example/t/{ferry.pk}/" in got.html
    assert 'lang="zh-hant"' in got.html


@pytest.mark.parametrize("what", ["hidden", "blocked", "left", "unwanted", "nothing"])
def test_a_bulletin_tells_only_what_its_reader_sees_and_wants(reached: World, server: Server, what: str) -> None:
    choose_rhythms(reached.coco, {"bulletin": "daily"})
    with time_machine.travel(NOON, tick=False):
        if what != "nothing":
            thread = create_thread(reached.general, by=reached.cai, title="The ferry rests", body="On Mondays.")
            thread.is_hidden = what == "hidden"
            thread.save()
        open_bulletins()
    match what:
        case "blocked":
            Block.objects.create(user=reached.coco, blocked=reached.cai)
        case "left":
            Membership.objects.filter(user=reached.coco).delete()
        case "unwanted":
            choose_rhythms(reached.coco, {"bulletin": "none"})
    assert send_due(NEXT_MORNING + SECOND).empty == 1
    assert server.got == []


def test_a_bulletin_is_made_once_a_day(reached: World) -> None:
    choose_rhythms(reached.coco, {"bulletin": "daily"})
    with time_machine.travel(NOON, tick=False):
        assert [open_bulletins(), open_bulletins()] == [1, 0]
    Letter.objects.update(state=Letter.State.SENT)
    with time_machine.travel(NOON + timedelta(hours=1), tick=False):
        open_bulletins()
    assert Letter.objects.filter(rhythm="daily").count() == 1
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        open_bulletins()
    assert Letter.objects.filter(rhythm="daily").count() == 2


def test_nobody_gets_a_bulletin_who_has_not_asked_for_it(reached: World) -> None:
    assert open_bulletins(NOON) == 0
