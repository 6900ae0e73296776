"""The queue of city hall: what stands in it, in which order, and for whom."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from forum.actions.appeals import appeal_decision
from forum.actions.cases import decide_case, escalate_case
from forum.actions.moderation import hide_post
from forum.actions.posts import add_reply
from forum.actions.reports import file_report
from forum.models import Case, Event, Grant, Rules
from forum.permissions.roles import Viewer
from forum.queries.hall_queue import queue_of_city, site_queue
from tests.clients import browser, text_of
from tests.views.waiting import applied, held, keys_in_queue, reported
from tests.world import World, make_person

type Counting = Callable[[int], AbstractContextManager[object]]

HALL = "/c/stoneferry/hall/"


def test_the_queue_stands_in_the_order_of_weight_and_age(world: World) -> None:
    fresh = reported(world, by=world.rita)  # weighs 5
    heavy = reported(world, by=world.rita, hours=1)
    file_report(by=world.coco, reason="abuse", post=heavy.post)  # 10 + 1 hour
    old = held(world, hours=20)  # 6 + 20
    asked = applied(world)
    expected = [f"held-{old.pk}", f"report-{heavy.pk}", f"report-{fresh.pk}", f"application-{asked.pk}"]
    assert keys_in_queue(world, world.mei) == expected
    assert keys_in_queue(world, world.mei, kind="report") == expected[1:3]


def test_the_pages_of_the_queue_neither_skip_nor_repeat(world: World) -> None:
    for number in range(25):
        reported(world, by=world.rita, hours=number // 3)
    holds = [held(world, hours=number) for number in range(20)]
    assert holds
    whole, after = [], ""
    for _page in range(3):
        slice_ = queue_of_city(Viewer(world.mei), world.stoneferry, marks={"after": after}).page
        whole += [item.key for item in slice_.items]
        after, newer = slice_.older, slice_.newer
    assert len(whole) == len(set(whole)) == 45
    assert (after, bool(newer)) == ("", True)
    back = queue_of_city(Viewer(world.mei), world.stoneferry, marks={"before": newer}).page
    assert [item.key for item in back.items] == whole[20:40]


@pytest.mark.parametrize("mark", ["nonsense", "2026-13-01~report~1", "2026-01-01T00:00:00+00:00~report~x", "~~"])
def test_a_wrong_mark_leads_nowhere(world: World, mark: str) -> None:
    assert browser(world.mei).get(f"{HALL}?after={mark}").status_code == 404


def test_each_thing_stands_with_its_context(world: World) -> None:
    case = reported(world, by=world.rita, body="You are all fools")
    decide_case(reported(world, by=world.rita), by=world.mei, upheld=True)
    page = text_of(browser(world.mei).get(HALL))
    for words in (
        "You are all fools",
        "Insults or threats",
        "Rita",
        "3 posts here",
        "reported rightly once",
        "weight 5",
    ):
        assert words in page
    for decision in ("dismiss", "hide", "lock", "move", "warn", "mute", "ban", "uphold", "escalate"):
        assert f"report/{case.pk}/?decision={decision}" in page


def test_what_is_about_oneself_is_not_there(world: World) -> None:
    post = add_reply(world.thread, by=world.dan, body="Mine.")
    case = file_report(by=world.rita, reason="abuse", post=post).case
    assert keys_in_queue(world, world.dan) == []
    assert keys_in_queue(world, world.mei) == [f"report-{case.pk}"]
    assert browser(world.dan).get(f"{HALL}queue/report/{case.pk}/").status_code == 404


def test_what_was_passed_on_leaves_the_city_for_the_site(world: World) -> None:
    case = reported(world, by=world.rita)
    about_city = file_report(by=world.rita, reason="spam", words="All of it.", city=world.hilltop).case
    escalate_case(case, by=world.dan, words="I know them.")
    assert keys_in_queue(world, world.mei) == []
    assert keys_in_queue(world, world.ada) == [f"report-{case.pk}"]
    queue = site_queue(Viewer(world.ada), marks={})
    assert {item.thing.pk for item in queue.page.items} == {case.pk, about_city.pk}
    assert queue.total == 2
    assert site_queue(Viewer(world.mei), marks={}).page.items == []
    page = text_of(browser(world.mei).get(f"{HALL}queue/report/{case.pk}/"))
    assert "Others decide this." in page
    answer = browser(world.ada).post(f"{HALL}queue/report/{case.pk}/", {"decision": "dismiss"}, follow=True)
    assert "The report is dismissed" in text_of(answer)


@pytest.mark.parametrize("count", [1, 200])
def test_the_queue_asks_little(world: World, django_assert_max_num_queries: Counting, count: int) -> None:
    for number in range(count // 4 + 1):
        reported(world, by=make_person(f"reader{number}"))
        held(world)
        applied(world, f"abe{number}")
    client, case = browser(world.mei), Case.objects.latest("pk")
    one = f"queue/report/{case.pk}/"
    for address in ("", "?kind=report", "?kind=held", "overview/", one, f"{one}?decision=move"):
        with django_assert_max_num_queries(12):
            assert client.get(HALL + address).status_code == 200
    keys = [f"report-{pk}" for pk in Case.objects.values_list("pk", flat=True)]
    with django_assert_max_num_queries(13):  # that it was asked for is counted, too
        typed = {"item": keys, "decision": "hide", "preview": "1"}
        assert client.post(f"{HALL}queue/bulk/", typed).status_code == 200


def test_who_is_party_sees_so_and_may_have_to_leave_it_to_another(world: World) -> None:
    add_reply(world.thread, by=world.mei, body="I was there.")
    case = reported(world, by=world.rita)
    client = browser(world.mei)
    assert "Party to the matter" in text_of(client.get(HALL))
    Rules.objects.create(city=world.stoneferry, second_officer=True)
    page = text_of(client.get(HALL))
    assert "so another officer acts" in page
    assert "decision=dismiss" in page
    assert "decision=hide" not in page
    typed = {"item": f"report-{case.pk}", "decision": "hide"}
    assert "In this city another officer decides then" in text_of(client.post(f"{HALL}queue/bulk/", typed))
    assert "decision=hide" in text_of(browser(world.dan).get(HALL))


def test_officers_see_on_the_front_page_how_much_waits_for_them(world: World) -> None:
    reported(world, by=world.rita)
    held(world)
    assert "City hall, 2 waiting" in text_of(browser(world.mei).get("/c/stoneferry/"))
    Grant.objects.filter(membership__user=world.dan).exclude(ability="approve").delete()
    assert "City hall, 1 waiting" in text_of(browser(world.dan).get("/c/stoneferry/"))
    assert "waiting" not in text_of(browser(world.coco).get("/c/stoneferry/"))


@pytest.mark.parametrize("count", [1, 12])
def test_appeals_stand_in_the_queue_with_the_decision(
    world: World, django_assert_max_num_queries: Counting, count: int
) -> None:
    for number in range(count):
        post = add_reply(world.thread, by=world.coco, body=f"Words {number}")
        hide_post(post, by=world.dan, reason="Rude")
        decision = Event.objects.get(kind="post.hidden", post=post)
        appeal = appeal_decision(decision, by=world.coco, words=f"It was kind {number}.")
    client = browser(world.mei)
    with django_assert_max_num_queries(12):
        page = text_of(client.get(HALL))
    assert f"/hall/appeals/{appeal.pk}/" in page
    assert "It was kind 0." in page
    assert keys_in_queue(world, world.dan) == []


@pytest.mark.parametrize("who", ["mei", "dan"])
def test_officers_do_not_learn_who_reported_their_city_or_their_mayor(world: World, who: str) -> None:
    officer = browser(getattr(world, who))
    about_city = file_report(by=world.coco, reason="spam", words="All of it.", city=world.stoneferry).case
    about_mayor = file_report(
        by=world.coco, reason="office", words="She.", person=world.mei, city=world.stoneferry
    ).case
    for case in (about_city, about_mayor):
        assert officer.get(f"{HALL}queue/report/{case.pk}/").status_code == 404
        chosen = {"item": f"report-{case.pk}", "decision": "dismiss"}
        assert officer.post(f"{HALL}queue/bulk/", chosen).status_code == 302
        assert browser(world.ada).get(f"{HALL}queue/report/{case.pk}/").status_code == 200
