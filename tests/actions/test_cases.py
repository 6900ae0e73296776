"""Deciding cases: once, by who may, with the act that goes with it in one transaction."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from forum.actions.applications import apply_to_city
from forum.actions.cases import decide_case, escalate_case
from forum.actions.deciding import Terms, act_on_case, decide_thing, decide_together, is_own_decision
from forum.actions.posts import add_reply
from forum.actions.reports import file_report
from forum.models import Application, Case, Event, Grant, Membership, Report, Sanction
from forum.permissions.verdicts import Forbidden
from tests.races import together
from tests.world import World


@pytest.fixture
def case(world: World) -> Case:
    """Coco's reply, reported by Rita."""
    return file_report(by=world.rita, reason="abuse", words="Rude.", post=world.reply).case


def test_a_case_is_upheld_with_all_its_reports(world: World, case: Case) -> None:
    file_report(by=world.cai, reason="abuse", post=world.reply)
    done = decide_case(case, by=world.dan, upheld=True, answer="Thank you.")
    assert (done.state, done.decided_by, done.answer) == (Case.State.UPHELD, world.dan, "Thank you.")
    assert set(Report.objects.values_list("state", flat=True)) == {Report.State.UPHELD}
    event = Event.objects.get(kind="case.upheld")
    assert (event.in_log, event.post, event.person) == (True, None, None)


def test_two_officers_do_not_decide_twice(world: World, case: Case) -> None:
    decide_case(case, by=world.dan, upheld=False)
    again = act_on_case(case, by=world.mei, decision="hide", terms=Terms(reason="Rude"))
    assert again.decided_by == world.dan
    world.reply.refresh_from_db()
    assert not world.reply.is_hidden
    assert not is_own_decision(again, by=world.mei, decision="hide")


@pytest.mark.parametrize("who", ["rita", "coco", "cai", "stan"])
def test_only_officers_decide(world: World, case: Case, who: str) -> None:
    by = getattr(world, who)
    for act in (
        lambda: decide_case(case, by=by, upheld=False),
        lambda: escalate_case(case, by=by, words="Please"),
        lambda: act_on_case(case, by=by, decision="hide", terms=Terms(reason="x")),
    ):
        with pytest.raises(Forbidden):
            act()


def test_who_is_reported_does_not_decide(world: World) -> None:
    post = add_reply(world.thread, by=world.dan, body="Mine.")
    case = file_report(by=world.rita, reason="abuse", post=post).case
    with pytest.raises(Forbidden, match="does not decide"):
        decide_case(case, by=world.dan, upheld=False)


def test_hiding_needs_its_own_ability_beside_that_of_reports(world: World, case: Case) -> None:
    deputy = Membership.objects.get(user=world.dan, city=world.stoneferry)
    Grant.objects.filter(membership=deputy).exclude(ability="review").delete()
    with pytest.raises(Forbidden):
        act_on_case(case, by=world.dan, decision="hide", terms=Terms(reason="Rude"))
    case.refresh_from_db()
    assert case.state == Case.State.OPEN
    assert decide_case(case, by=world.dan, upheld=False).state == Case.State.DISMISSED


def test_hiding_upholds_the_case_in_one_go(world: World, case: Case) -> None:
    done = act_on_case(case, by=world.dan, decision="hide", terms=Terms(reason="Insult", answer="Hidden."))
    world.reply.refresh_from_db()
    assert world.reply.is_hidden
    assert (done.state, done.answer) == (Case.State.UPHELD, "Hidden.")
    kinds = Event.objects.filter(in_log=True, actor=world.dan).order_by("pk").values_list("kind", flat=True)
    assert list(kinds)[-2:] == ["post.hidden", "case.upheld"]


def test_an_act_that_fails_leaves_the_case_open(world: World, case: Case) -> None:
    with pytest.raises(ValidationError):
        act_on_case(case, by=world.dan, decision="hide", terms=Terms(reason=" "))
    case.refresh_from_db()
    assert case.state == Case.State.OPEN


@pytest.mark.parametrize(("decision", "kind"), [("warn", "warning"), ("mute", "mute"), ("ban", "ban")])
def test_the_author_is_sanctioned_from_the_queue(world: World, case: Case, decision: str, kind: str) -> None:
    ends = None if decision == "warn" else timezone.now() + timedelta(days=7)
    act_on_case(case, by=world.mei, decision=decision, terms=Terms(ground="abuse", words="Rude.", ends_at=ends))
    sanction = Sanction.objects.get()
    assert (sanction.person, sanction.kind, sanction.post) == (world.coco, kind, world.reply)
    case.refresh_from_db()
    assert case.state == Case.State.UPHELD


def test_a_thread_is_locked_and_moved_from_the_queue(world: World, case: Case) -> None:
    act_on_case(case, by=world.mei, decision="lock", terms=Terms(reason="Heated"))
    other = file_report(by=world.rita, reason="off_topic", thread=world.thread).case
    act_on_case(other, by=world.mei, decision="move", terms=Terms(reason="Letters", board=world.letters))
    world.thread.refresh_from_db()
    assert (world.thread.is_locked, world.thread.board) == (True, world.letters)


def test_a_deputy_does_not_sanction_the_mayor_from_the_queue(world: World) -> None:
    case = file_report(by=world.rita, reason="abuse", words="x", person=world.mei, city=world.stoneferry).case
    with pytest.raises(Forbidden, match="site's moderators"):
        act_on_case(case, by=world.dan, decision="warn", terms=Terms(ground="abuse", words="x"))


def test_what_is_passed_on_is_decided_by_the_site(world: World, case: Case) -> None:
    with pytest.raises(ValidationError):
        escalate_case(case, by=world.dan, words=" ")
    done = escalate_case(case, by=world.dan, words="I know them both.")
    assert (done.escalated_by, done.escalated_words) == (world.dan, "I know them both.")
    assert escalate_case(case, by=world.mei, words="Me too.").escalated_by == world.dan
    assert Event.objects.get(kind="case.escalated").reason == ""
    with pytest.raises(Forbidden, match="site's moderators"):
        decide_case(case, by=world.mei, upheld=True)
    assert decide_case(case, by=world.ada, upheld=True).state == Case.State.UPHELD


def test_several_are_decided_together_and_one_that_fails_holds_up_no_other(world: World, case: Case) -> None:
    other = file_report(by=world.rita, reason="spam", post=add_reply(world.thread, by=world.dan, body="Mine")).case
    decided = file_report(by=world.rita, reason="spam", post=add_reply(world.thread, by=world.cai, body="More")).case
    decide_case(decided, by=world.mei, upheld=True)
    outcomes = decide_together([case, other, decided], by=world.dan, decision="dismiss", terms=Terms())
    assert [bool(outcome.problem) for outcome in outcomes] == [False, True, True]
    assert "decided first: Upheld" in outcomes[2].problem


def test_an_application_is_decided_from_the_queue(world: World) -> None:
    application = apply_to_city(world.hilltop, by=world.coco, statement="I like hills.")
    done = decide_thing(application, by=world.stan, decision="admit", terms=Terms(answer="Welcome."))
    assert done.state == Application.State.ACCEPTED
    assert is_own_decision(done, by=world.stan, decision="admit")


@pytest.mark.django_db(transaction=True)
def test_two_officers_who_decide_at_the_same_moment_decide_once(transactional_db: None, world: World) -> None:
    case = file_report(by=world.rita, reason="abuse", post=world.reply).case
    together(
        [
            lambda: act_on_case(case, by=world.dan, decision="hide", terms=Terms(reason="Rude")),
            lambda: decide_case(case, by=world.mei, upheld=False),
            lambda: act_on_case(case, by=world.ada, decision="lock", terms=Terms(reason="Heated")),
        ]
    )
    case.refresh_from_db()
    assert Event.objects.filter(kind__in=("case.upheld", "case.dismissed")).count() == 1
    acts = Event.objects.filter(kind__in=("post.hidden", "thread.locked")).count()
    assert acts == (0 if case.state == Case.State.DISMISSED else 1)
