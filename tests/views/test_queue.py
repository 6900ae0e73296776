"""The queue of city hall: what stands in it, in which order, and deciding it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from forum.actions.appeals import appeal_decision
from forum.actions.applications import apply_to_city
from forum.actions.cases import decide_case, escalate_case
from forum.actions.moderation import hide_post
from forum.actions.posts import add_reply
from forum.actions.reports import file_report
from forum.models import Application, Case, City, Event, Grant, Hold, Membership, Post, Rules
from forum.permissions.roles import Viewer
from forum.queries.hall_queue import queue_of_city, site_queue
from tests.clients import HTMX, browser, text_of
from tests.world import World, make_person

type Counting = Callable[[int], AbstractContextManager[object]]

HALL = "/c/stoneferry/hall/"


def _report(world: World, *, by: User, body: str = "Words", hours: int = 0) -> Case:
    """Return the case of a new post by Cai, reported so many hours ago."""
    post = add_reply(world.thread, by=world.cai, body=body)
    return file_report(by=by, reason="abuse", post=post, at=timezone.now() - timedelta(hours=hours)).case


def _hold(world: World, body: str = "May this be?", hours: int = 0) -> Hold:
    """Return the hold of a new reply by Coco, held so many hours ago."""
    post = add_reply(world.thread, by=world.coco, body=body)
    Post.objects.filter(pk=post.pk).update(is_held=True, is_hidden=True)
    at = timezone.now() - timedelta(hours=hours)
    due = at + timedelta(hours=48)
    return Hold.objects.create(city=world.stoneferry, post=post, why=Hold.Why.PROBATION, created_at=at, due_at=due)


def _apply(world: World, name: str = "abe") -> Application:
    City.objects.filter(pk=world.stoneferry.pk).update(joining=City.Joining.APPLICATION)
    world.stoneferry.refresh_from_db()
    return apply_to_city(world.stoneferry, by=make_person(name), statement="I like bridges.")


def _keys(world: World, who: User, **options: object) -> list[str]:
    queue = queue_of_city(Viewer(who), world.stoneferry, **{"marks": {}, **options})  # type: ignore[arg-type]
    return [item.key for item in queue.page.items]


def test_the_queue_stands_in_the_order_of_weight_and_age(world: World) -> None:
    fresh = _report(world, by=world.rita)  # weighs 5
    heavy = _report(world, by=world.rita, hours=1)
    file_report(by=world.coco, reason="abuse", post=heavy.post)  # 10 + 1 hour
    old = _hold(world, hours=20)  # 6 + 20
    asked = _apply(world)
    expected = [f"held-{old.pk}", f"report-{heavy.pk}", f"report-{fresh.pk}", f"application-{asked.pk}"]
    assert _keys(world, world.mei) == expected
    assert _keys(world, world.mei, kind="report") == expected[1:3]


def test_the_pages_of_the_queue_neither_skip_nor_repeat(world: World) -> None:
    for number in range(25):
        _report(world, by=world.rita, hours=number // 3)
    holds = [_hold(world, hours=number) for number in range(20)]
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
    case = _report(world, by=world.rita, body="You are all fools")
    decide_case(_report(world, by=world.rita), by=world.mei, upheld=True)
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


def test_only_what_one_may_decide_is_offered_and_done(world: World) -> None:
    case = _report(world, by=world.rita)
    _apply(world)
    deputy = Membership.objects.get(user=world.dan, city=world.stoneferry)
    Grant.objects.filter(membership=deputy).exclude(ability="review").delete()
    client = browser(world.dan)
    page = text_of(client.get(HALL))
    assert f"report/{case.pk}/?decision=dismiss" in page
    assert "decision=hide" not in page
    assert "I like bridges." not in page
    address = f"{HALL}queue/report/{case.pk}/"
    assert client.get(f"{address}?decision=hide").status_code == 403
    assert client.post(address, {"decision": "hide", "reason": "Rude"}).status_code == 403
    Grant.objects.filter(membership=deputy).delete()
    assert client.get(address).status_code == 403
    assert "has not entrusted you" in text_of(client.get(HALL))


def test_what_is_about_oneself_is_not_there(world: World) -> None:
    post = add_reply(world.thread, by=world.dan, body="Mine.")
    case = file_report(by=world.rita, reason="abuse", post=post).case
    assert _keys(world, world.dan) == []
    assert _keys(world, world.mei) == [f"report-{case.pk}"]
    assert browser(world.dan).get(f"{HALL}queue/report/{case.pk}/").status_code == 404


def test_the_form_of_a_decision_opens_in_place_and_knows_the_reason(world: World) -> None:
    case = _report(world, by=world.rita)
    page = text_of(browser(world.mei).get(f"{HALL}queue/report/{case.pk}/?decision=hide", headers=HTMX))
    assert page.strip().startswith('<header class="dialog__head">')
    assert 'value="Insults or threats"' in page
    plain = text_of(browser(world.mei).get(f"{HALL}queue/report/{case.pk}/?decision=warn"))
    assert '<option value="abuse" selected>' in plain


def test_a_post_is_hidden_from_the_queue(world: World) -> None:
    case = _report(world, by=world.rita)
    client = browser(world.mei)
    answer = client.post(
        f"{HALL}queue/report/{case.pk}/",
        {"decision": "hide", "reason": "Insult", "next": f"{HALL}?kind=report"},
        follow=True,
    )
    assert answer.redirect_chain == [(f"{HALL}?kind=report", 302)]
    assert "It is hidden, and the report upheld." in text_of(answer)
    assert Post.objects.get(pk=case.post_id).is_hidden


def test_a_decision_without_its_reason_comes_back(world: World) -> None:
    case = _report(world, by=world.rita)
    answer = browser(world.mei).post(f"{HALL}queue/report/{case.pk}/", {"decision": "ban", "words": "Kept words"})
    assert answer.status_code == 422
    assert "Kept words" in text_of(answer)


def test_a_mute_from_the_queue_ends_after_the_chosen_days(world: World) -> None:
    case = _report(world, by=world.rita)
    typed = {"decision": "mute", "ground": "abuse", "words": "Rude.", "length": "7"}
    browser(world.mei).post(f"{HALL}queue/report/{case.pk}/", typed)
    sanction = world.cai.sanctions.get()
    assert timedelta(days=6, hours=23) < sanction.ends_at - timezone.now() < timedelta(days=7, hours=1)


def test_the_second_officer_is_told_who_decided_what(world: World) -> None:
    case = _report(world, by=world.rita)
    decide_case(case, by=world.dan, upheld=False, answer="It is fine.")
    client = browser(world.mei)
    typed = {"decision": "hide", "reason": "Rude"}
    page = text_of(client.post(f"{HALL}queue/report/{case.pk}/", typed, follow=True))
    assert "Dan decided first: Dismissed." in page
    assert "It is fine." in page
    assert not Post.objects.get(pk=case.post_id).is_hidden


def test_held_posts_and_applications_are_decided_from_the_queue(world: World) -> None:
    hold, application = _hold(world), _apply(world)
    client = browser(world.mei)
    page = text_of(client.get(HALL))
    for words in ("May this be?", "I like bridges.", "First posts wait for approval"):
        assert words in page
    refused = {"decision": "refuse", "answer": "Not here."}
    assert client.post(f"{HALL}queue/held/{hold.pk}/", refused).status_code == 302
    client.post(f"{HALL}queue/application/{application.pk}/", {"decision": "admit"})
    hold.refresh_from_db()
    application.refresh_from_db()
    assert (hold.state, hold.answer) == (Hold.State.REFUSED, "Not here.")
    assert application.state == Application.State.ACCEPTED


def test_several_are_shown_what_will_happen_and_then_decided(world: World) -> None:
    first, second = _report(world, by=world.rita), _report(world, by=world.coco)
    asked = _apply(world)
    decide_case(second, by=world.dan, upheld=True)
    keys = [f"report-{first.pk}", f"report-{second.pk}", f"application-{asked.pk}", "report-99999", "nonsense"]
    client = browser(world.mei)
    page = text_of(client.post(f"{HALL}queue/bulk/", {"item": keys, "decision": "hide"}))
    for words in ("It is hidden, and the report upheld.", "it is decided already", "not one for this kind of thing"):
        assert words in page
    assert not Post.objects.get(pk=first.post_id).is_hidden
    typed = {"item": keys, "decision": "hide", "reason": "Insults", "confirm": "1"}
    page = text_of(client.post(f"{HALL}queue/bulk/", typed, follow=True))
    assert "1 decided: Hide" in page
    assert "Dan decided first: Upheld." in page
    assert Post.objects.get(pk=first.post_id).is_hidden
    assert not Post.objects.get(pk=second.post_id).is_hidden


def test_several_decided_without_the_reason_come_back(world: World) -> None:
    case = _report(world, by=world.rita)
    typed = {"item": f"report-{case.pk}", "decision": "hide", "reason": "", "confirm": "1"}
    assert browser(world.mei).post(f"{HALL}queue/bulk/", typed).status_code == 422
    assert "Tick what you decide about" in text_of(browser(world.mei).post(f"{HALL}queue/bulk/", {}, follow=True))


def test_what_was_passed_on_leaves_the_city_for_the_site(world: World) -> None:
    case = _report(world, by=world.rita)
    about_city = file_report(by=world.rita, reason="spam", words="All of it.", city=world.hilltop).case
    escalate_case(case, by=world.dan, words="I know them.")
    assert _keys(world, world.mei) == []
    assert _keys(world, world.ada) == [f"report-{case.pk}"]
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
        _report(world, by=make_person(f"reader{number}"))
        _hold(world)
        _apply(world, f"abe{number}")
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
    case = _report(world, by=world.rita)
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
    _report(world, by=world.rita)
    _hold(world)
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
    assert _keys(world, world.dan) == []


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
