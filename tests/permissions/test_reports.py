"""Who may decide which cases: the list and the single question agree."""

import pytest

from forum.actions.cases import escalate_case
from forum.actions.memberships import leave_city
from forum.actions.posts import add_reply
from forum.actions.reports import file_report
from forum.models import Case, City, Grant
from forum.permissions.decisions import DECISIONS, TABLE, can_take_decision
from forum.permissions.reports import can_decide_case, decidable_cases
from forum.permissions.roles import ABILITIES, Viewer
from tests.world import ROLES, World


def _cases(world: World) -> None:
    by_dan, by_mei = (add_reply(world.thread, by=who, body="Words") for who in (world.dan, world.mei))
    for thing in (
        {"post": world.reply},
        {"post": by_dan},
        {"post": by_mei},
        {"thread": world.thread},
        {"person": world.dan, "city": world.stoneferry},
        {"person": world.stan, "city": world.hilltop},
        {"person": world.ada, "city": world.stoneferry},
        {"city": world.stoneferry},
    ):
        file_report(by=world.rita, reason="abuse", words="Look.", **thing)  # type: ignore[arg-type]
    passed = file_report(by=world.rita, reason="abuse", post=add_reply(world.thread, by=world.cai, body="More"))
    escalate_case(passed.case, by=world.mei, words="Please.")


@pytest.mark.parametrize("role", ROLES)
def test_the_cases_listed_are_those_one_may_decide(world: World, role: str) -> None:
    _cases(world)
    viewer = Viewer.of(world.person(role))
    cases = Case.objects.select_related("city", "post__thread", "thread", "person")
    allowed = {case.pk for case in cases if can_decide_case(viewer, case)}
    assert set(decidable_cases(viewer, Case.objects.all()).values_list("pk", flat=True)) == allowed
    expected = {"mayor": 5, "deputy": 3, "stranger mayor": 0, "moderator": 8}
    assert len(allowed) == expected.get(role, 0)


def test_a_deputy_needs_the_ability_for_each_decision(world: World) -> None:
    case = file_report(by=world.rita, reason="abuse", post=world.reply).case
    whole = Case.objects.select_related("city", "post__thread__city", "thread", "person").get(pk=case.pk)
    for decision in TABLE:
        if "post" in decision.things:
            Grant.objects.filter(membership__user=world.dan).delete()
            membership = world.dan.memberships.get(city=world.stoneferry)
            for ability in {"review", decision.ability}:
                assert ABILITIES[ability].granted
                Grant.objects.create(membership=membership, ability=ability)
            assert can_take_decision(Viewer(world.dan), decision, whole), decision.name
            Grant.objects.filter(ability=decision.ability).delete()
            assert not can_take_decision(Viewer(world.dan), decision, whole), decision.name


def test_in_an_archived_city_the_site_decides(world: World) -> None:
    leave_city(world.stoneferry, by=world.coco)
    case = file_report(by=world.rita, reason="abuse", post=world.reply).case
    City.objects.update(state=City.State.ARCHIVED)
    whole = Case.objects.select_related("city", "post__thread__city", "thread", "person").get(pk=case.pk)
    assert not can_decide_case(Viewer(world.mei), whole)
    assert can_decide_case(Viewer(world.ada), whole)
    assert can_take_decision(Viewer(world.ada), DECISIONS["dismiss"], whole)
