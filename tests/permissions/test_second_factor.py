"""A site may ask its officers for a second factor before they act; and who did no sum confirms the address first."""

import pytest
from allauth.mfa.models import Authenticator
from pytest_django import Settings

from accounts.models import User
from forum.actions.appeals import appeal_decision
from forum.actions.handovers import offer_office
from forum.actions.posts import add_reply
from forum.actions.sanctions import impose_sanction
from forum.models import Election, Event
from forum.permissions.appeals import can_decide_appeal
from forum.permissions.cities import can_act_on_site, can_enter_hall
from forum.permissions.elections import can_cancel_election
from forum.permissions.posts import can_see_post
from forum.permissions.roles import ABILITIES, Viewer
from forum.permissions.site_hall import can_enter_site_hall
from forum.permissions.succession import can_appoint_mayor
from forum.permissions.verdicts import Forbidden
from tests.clients import browser, text_of
from tests.world import World, make_person

HALL, PIN = "/c/stoneferry/hall/", "/t/{}/lock/"


@pytest.fixture
def strict(settings: Settings, world: World) -> World:
    """The world on a site that asks officers for a second factor."""
    settings.REQUIRE_SECOND_FACTOR_FOR_OFFICERS = True
    return world


def give_factor(person: User, kind: str = "totp") -> None:
    Authenticator.objects.create(user=person, type=kind, data={})


@pytest.mark.parametrize("who", ["mei", "dan"])
def test_officers_are_led_to_set_one_up_before_they_enter_city_hall(strict: World, who: str) -> None:
    officer = getattr(strict, who)
    page = browser(officer).get(HALL)
    assert page.status_code == 403
    assert "asks its officers for a second factor" in text_of(page)
    assert "/accounts/2fa/" in text_of(page)
    give_factor(officer)
    assert browser(officer).get(HALL).status_code == 200


def test_moderators_too(strict: World) -> None:
    assert not can_enter_site_hall(Viewer.of(strict.ada))
    give_factor(strict.ada, "webauthn")
    assert can_enter_site_hall(Viewer.of(strict.ada))


def test_what_they_do_elsewhere_waits_for_it_as_well(strict: World) -> None:
    path = PIN.format(strict.thread.pk)
    refused = browser(strict.mei).post(path, {"reason": "Enough."})
    assert refused.status_code == 403
    assert "asks its officers for a second factor" in text_of(refused)
    strict.thread.refresh_from_db()
    assert not strict.thread.is_locked
    give_factor(strict.mei)
    browser(strict.mei).post(path, {"reason": "Enough."})
    strict.thread.refresh_from_db()
    assert strict.thread.is_locked


def test_no_ability_of_an_office_is_left(strict: World) -> None:
    offices = frozenset({"deputy", "mayor", "moderator"})
    for person in (strict.mei, strict.ada):
        viewer = Viewer.of(person)
        held = {name for name, one in ABILITIES.items() if one.roles <= offices and viewer.may(name, strict.stoneferry)}
        assert held == {"officiate"}


def test_no_mayor_gives_the_office_away_or_speaks_in_it(strict: World) -> None:
    with pytest.raises(Forbidden, match="second factor"):
        offer_office(strict.stoneferry, by=strict.mei, person=strict.cai)
    with pytest.raises(Forbidden, match="office"):
        add_reply(strict.thread, by=strict.mei, body="By order of the mayor.", office="mayor")
    assert add_reply(strict.thread, by=strict.mei, body="As anybody.").office == ""
    give_factor(strict.mei)
    assert add_reply(strict.thread, by=strict.mei, body="By order of the mayor.", office="mayor").office == "mayor"


def test_no_moderator_hears_appeals_names_mayors_or_cancels_elections(strict: World) -> None:
    root = make_person("root", is_staff=True)
    give_factor(root)
    impose_sanction(None, by=root, person=strict.cai, kind="suspension", reason="spam")
    decision = Event.objects.get(kind="sanction.suspended", person=strict.cai)
    appeal = appeal_decision(decision, by=strict.cai, words="Not I.")
    election = Election(city=strict.stoneferry, state=Election.State.VOTING)
    for may in (
        lambda viewer: can_decide_appeal(viewer, appeal),
        lambda viewer: can_appoint_mayor(viewer, strict.stoneferry),
        lambda viewer: can_cancel_election(viewer, election),
    ):
        assert may(Viewer.of(strict.ada)).way == "mfa_index"
    give_factor(strict.ada)
    assert can_decide_appeal(Viewer.of(strict.ada), appeal)


def test_seeing_and_what_citizens_do_stay(strict: World) -> None:
    viewer = Viewer.of(strict.mei)
    assert can_see_post(viewer, strict.reply)
    assert viewer.may("write", strict.stoneferry)
    assert viewer.is_officer(strict.stoneferry)


def test_recovery_codes_alone_are_no_second_factor(strict: World) -> None:
    give_factor(strict.mei, "recovery_codes")
    assert not can_enter_hall(Viewer.of(strict.mei), strict.stoneferry)


def test_citizens_are_not_asked(strict: World) -> None:
    assert not Viewer.of(strict.cai).lacks_second_factor
    page = browser(strict.cai).get(HALL)
    assert "second factor" not in text_of(page)


def test_it_takes_no_query_more(strict: World, django_assert_num_queries: object) -> None:
    viewer = Viewer.of(strict.mei)
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert viewer.lacks_second_factor
        assert not viewer.may("lock", strict.stoneferry)


def test_a_site_that_does_not_ask_leaves_officers_alone(world: World) -> None:
    assert can_enter_hall(Viewer.of(world.mei), world.stoneferry)
    assert can_enter_site_hall(Viewer.of(world.ada))


def test_an_unconfirmed_address_keeps_one_from_acting(world: World) -> None:
    world.rita.must_confirm = True
    verdict = can_act_on_site(Viewer.of(world.rita))
    assert (bool(verdict), verdict.way, verdict.is_sanction) == (False, "account_email", False)


def test_nobody_enters_the_administration_without_it(strict: World) -> None:
    root = make_person("root", is_staff=True, is_superuser=True)
    page = browser(root).get("/admin/", follow=True)
    assert (page.status_code, "asks its officers for a second factor" in text_of(page)) == (403, True)
    give_factor(root)
    assert browser(root).get("/admin/").status_code == 200
