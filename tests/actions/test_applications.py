"""Applying, withdrawing and deciding."""

import pytest
from django.core.exceptions import ValidationError

from forum.actions.applications import (
    apply_to_city,
    decide_application,
    withdraw_application,
)
from forum.actions.cities import change_city
from forum.actions.memberships import join_city
from forum.models import Application, City, Event, Membership
from forum.permissions.verdicts import Forbidden
from tests.world import World


def test_applying_waits_for_an_officer(world: World) -> None:
    application = apply_to_city(world.hilltop, by=world.rita, statement=" I like hills. ")
    assert (application.state, application.statement) == (Application.State.WAITING, "I like hills.")
    assert not Membership.objects.filter(city=world.hilltop, user=world.rita).exists()


def test_applying_twice_makes_one_application(world: World) -> None:
    sent = {apply_to_city(world.hilltop, by=world.rita, statement="Please.").pk for _ in range(2)}
    assert len(sent) == 1


def test_an_application_needs_a_statement(world: World) -> None:
    with pytest.raises(ValidationError) as problem:
        apply_to_city(world.hilltop, by=world.rita, statement="  ")
    assert "statement" in problem.value.message_dict


def test_nobody_applies_to_an_open_city(world: World) -> None:
    with pytest.raises(Forbidden, match="no application is needed"):
        apply_to_city(world.stoneferry, by=world.rita, statement="Please.")


def test_accepting_makes_a_citizen_and_says_so_in_the_log(world: World) -> None:
    application = apply_to_city(world.hilltop, by=world.rita, statement="Please.")
    decide_application(application, by=world.stan, accept=True, answer="Welcome.")
    application.refresh_from_db()
    assert (application.state, application.answer) == (Application.State.ACCEPTED, "Welcome.")
    assert Membership.objects.get(city=world.hilltop, user=world.rita).role == Membership.Role.CITIZEN
    assert City.objects.get(pk=world.hilltop.pk).citizens_count == 2
    assert Event.objects.get(kind="application.accepted").person == world.rita


def test_refusing_names_nobody_in_the_log(world: World) -> None:
    application = apply_to_city(world.hilltop, by=world.rita, statement="Please.")
    decide_application(application, by=world.stan, accept=False, answer="Not yet.")
    assert Application.objects.get().state == Application.State.REFUSED
    event = Event.objects.get(kind="application.refused")
    assert (event.in_log, event.person) == (True, None)


def test_the_second_officer_finds_the_first_decision_standing(world: World) -> None:
    application = apply_to_city(world.hilltop, by=world.rita, statement="Please.")
    decide_application(application, by=world.stan, accept=True)
    decided = decide_application(application, by=world.ada, accept=False, answer="No.")
    assert (decided.state, decided.decided_by, decided.answer) == (Application.State.ACCEPTED, world.stan, "")
    assert Event.objects.filter(kind__startswith="application.", in_log=True).count() == 1


def test_only_officers_of_the_city_decide(world: World) -> None:
    application = apply_to_city(world.hilltop, by=world.rita, statement="Please.")
    for person in (world.rita, world.mei, world.coco):
        with pytest.raises(Forbidden):
            decide_application(application, by=person, accept=True)


def test_a_withdrawn_application_is_not_decided_any_more(world: World) -> None:
    application = apply_to_city(world.hilltop, by=world.rita, statement="Please.")
    withdraw_application(world.hilltop, by=world.rita)
    assert withdraw_application(world.hilltop, by=world.rita) is None
    decided = decide_application(application, by=world.stan, accept=True)
    assert decided.state == Application.State.WITHDRAWN
    assert not Membership.objects.filter(city=world.hilltop, user=world.rita).exists()


def test_one_may_apply_again_after_a_refusal(world: World) -> None:
    first = apply_to_city(world.hilltop, by=world.rita, statement="Please.")
    decide_application(first, by=world.stan, accept=False)
    assert apply_to_city(world.hilltop, by=world.rita, statement="Pretty please.").pk != first.pk


def test_joining_a_city_that_opened_closes_the_waiting_application(world: World) -> None:
    apply_to_city(world.hilltop, by=world.rita, statement="Please.")
    change_city(world.hilltop, by=world.stan, joining=City.Joining.OPEN)
    join_city(world.hilltop, by=world.rita)
    assert not Application.objects.filter(state=Application.State.WAITING).exists()
