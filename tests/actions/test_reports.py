"""Reporting: once, with words where they are needed, weighed by one's record, and taken back."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from forum.actions.cases import decide_case
from forum.actions.posts import add_reply, edit_post
from forum.actions.reports import file_report, weight_of, withdraw_report
from forum.actions.sanctions import impose_sanction
from forum.models import Case, City, Event, Report, Sanction
from forum.permissions.verdicts import Forbidden
from tests.races import together
from tests.world import World, make_person


def _decided(world: World, person: object, count: int, *, upheld: bool) -> None:
    for number in range(count):
        post = add_reply(world.thread, by=world.cai, body=f"Words {upheld} {number}")
        report = file_report(by=person, reason="spam", post=post)  # type: ignore[arg-type]
        decide_case(report.case, by=world.mei, upheld=upheld)


def test_reports_of_one_thing_gather_in_one_case(world: World) -> None:
    first = file_report(by=world.cai, reason="abuse", words="Rude.", post=world.reply)
    second = file_report(by=world.rita, reason="spam", post=world.reply)
    case = Case.objects.get()
    assert first.case == second.case == case
    assert (case.weight, case.state, case.escalated_at) == (10, Case.State.OPEN, None)
    assert Event.objects.filter(kind="report.filed", in_log=True).count() == 0


def test_the_same_person_reports_a_thing_once(world: World) -> None:
    first = file_report(by=world.cai, reason="abuse", post=world.reply)
    assert file_report(by=world.cai, reason="spam", words="Again!", post=world.reply) == first
    assert Report.objects.get().reason == "abuse"
    decide_case(first.case, by=world.mei, upheld=False)
    assert file_report(by=world.cai, reason="abuse", post=world.reply) == first


def test_a_decided_thing_is_reported_again_after_an_edit_or_a_month(world: World) -> None:
    first = file_report(by=world.cai, reason="abuse", post=world.reply)
    decide_case(first.case, by=world.mei, upheld=False)
    later = timezone.now() + timedelta(days=31)
    assert file_report(by=world.cai, reason="abuse", post=world.reply, at=later) != first
    edit_post(world.opener, by=world.cai, base=1, title="Bridge", body="Quite other words")
    report = file_report(by=world.coco, reason="spam", post=world.opener)
    decide_case(report.case, by=world.mei, upheld=False)
    world.opener.refresh_from_db()
    edit_post(world.opener, by=world.cai, base=2, title="Bridge", body="And worse ones now")
    world.opener.refresh_from_db()
    assert file_report(by=world.coco, reason="spam", post=world.opener) != report


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"reason": ""}, "reason"), ({"reason": "other"}, "words"), ({"reason": "abuse", "person": True}, "words")],
)
def test_a_report_says_what_is_wrong(world: World, fields: dict[str, object], field: str) -> None:
    thing = {"person": world.coco, "city": world.stoneferry} if fields.pop("person", None) else {"post": world.reply}
    with pytest.raises(ValidationError) as problem:
        file_report(by=world.cai, **fields, **thing)  # type: ignore[arg-type]
    assert list(problem.value.message_dict) == [field]


def test_nobody_reports_themselves_or_while_suspended(world: World) -> None:
    with pytest.raises(Forbidden, match="your own"):
        file_report(by=world.cai, reason="spam", post=world.opener)
    with pytest.raises(Forbidden, match="your own"):
        file_report(by=world.cai, reason="spam", words="Me.", person=world.cai, city=world.stoneferry)
    impose_sanction(None, by=world.ada, person=world.coco, kind=Sanction.Kind.SUSPENSION, reason="spam", words="Ads")
    with pytest.raises(Forbidden, match="suspended"):
        file_report(by=world.coco, reason="spam", post=world.opener)


def test_who_is_muted_in_the_city_may_still_ask_for_help(world: World) -> None:
    impose_sanction(
        world.stoneferry, by=world.mei, person=world.coco, kind=Sanction.Kind.MUTE, reason="abuse", words="x"
    )
    assert file_report(by=world.coco, reason="harassment", post=world.opener).state == Report.State.WAITING


def test_what_concerns_the_city_or_its_mayor_goes_to_the_site(world: World) -> None:
    by_mayor = add_reply(world.thread, by=world.mei, body="I decide.")
    things = [
        {"city": world.stoneferry},
        {"city": world.stoneferry, "person": world.mei},
        {"post": by_mayor},
    ]
    for thing in things:
        assert file_report(by=world.coco, reason="office", words="See there.", **thing).case.escalated_at  # type: ignore[arg-type]
    assert not file_report(
        by=world.coco, reason="abuse", words="x", city=world.stoneferry, person=world.dan
    ).case.escalated_at
    City.objects.update(state=City.State.ARCHIVED)
    assert file_report(
        by=world.rita, reason="privacy", post=type(world.reply).objects.get(pk=world.reply.pk)
    ).case.escalated_at


def test_a_report_weighs_what_its_reporters_earlier_ones_were_worth(world: World) -> None:
    assert weight_of(world.coco) == 5
    _decided(world, world.coco, 3, upheld=True)
    assert weight_of(world.coco) == 8
    _decided(world, world.rita, 3, upheld=False)
    assert weight_of(world.rita) == 2


def test_who_reports_wrongly_again_and_again_is_told_to_come_back_tomorrow(world: World) -> None:
    _decided(world, world.coco, 5, upheld=False)
    with pytest.raises(ValidationError, match="2 a day"):
        file_report(by=world.coco, reason="spam", post=world.opener)
    tomorrow = timezone.now() + timedelta(days=1, minutes=1)
    assert file_report(by=world.coco, reason="spam", post=world.opener, at=tomorrow)


def test_a_report_is_withdrawn_and_the_last_one_closes_the_case(world: World) -> None:
    mine = file_report(by=world.cai, reason="abuse", post=world.reply)
    other = file_report(by=world.rita, reason="abuse", post=world.reply)
    assert withdraw_report(mine, by=world.cai).state == Report.State.WITHDRAWN
    case = Case.objects.get()
    assert (case.weight, case.state) == (5, Case.State.OPEN)
    withdraw_report(other, by=world.rita)
    withdraw_report(other, by=world.rita)
    case.refresh_from_db()
    assert (case.weight, case.state) == (0, Case.State.WITHDRAWN)
    assert file_report(by=world.cai, reason="abuse", post=world.reply).case != case


def test_a_withdrawn_report_is_made_again_in_the_same_case(world: World) -> None:
    mine = file_report(by=world.cai, reason="abuse", post=world.reply)
    file_report(by=world.rita, reason="abuse", post=world.reply)
    withdraw_report(mine, by=world.cai)
    again = file_report(by=world.cai, reason="spam", words="After all.", post=world.reply)
    assert (again.pk, again.reason, again.case.reports.count()) == (mine.pk, "spam", 2)
    assert Case.objects.get().weight == 10


def test_a_decided_report_stays_and_nobody_withdraws_for_others(world: World) -> None:
    report = file_report(by=world.cai, reason="abuse", post=world.reply)
    with pytest.raises(Forbidden):
        withdraw_report(report, by=world.rita)
    decide_case(report.case, by=world.mei, upheld=True)
    assert withdraw_report(report, by=world.cai).state == Report.State.UPHELD


@pytest.mark.django_db(transaction=True)
def test_reports_that_come_at_once_make_one_case(transactional_db: None, world: World) -> None:
    people = [make_person(f"reader{number}") for number in range(4)]
    together([lambda by=by: file_report(by=by, reason="spam", post=world.reply) for by in [*people, *people]])
    assert Case.objects.get().weight == 20
    assert Report.objects.count() == 4
