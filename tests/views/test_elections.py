"""Elections, petitions and succession as people meet them."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from forum.actions.candidacies import propose_candidate
from forum.actions.elections import call_election
from forum.actions.handovers import offer_office
from forum.actions.petitions import start_petition
from forum.models import Ballot, Candidacy, City, Election, Handover, Membership, Petition, Poll, Rules
from tests.clients import browser, text_of
from tests.world import World, make_person

CITY = "/c/stoneferry/"


@pytest.fixture(autouse=True)
def _citizens_of_a_year(world: World) -> None:
    Membership.objects.update(joined_at=timezone.now() - timedelta(days=365))


def running(world: World, *candidates: str, voting: bool = False) -> Election:
    election = call_election(world.stoneferry, by=world.mei, office="mayor")
    for name in candidates:
        propose_candidate(election, by=getattr(world, name), person=getattr(world, name), statement="Bridges for all.")
    if voting:
        now = timezone.now()
        Election.objects.update(nominations_end_at=now)
        Poll.objects.filter(pk=election.poll_id).update(opens_at=now)
    return election


def test_a_mayor_calls_an_election_and_the_city_home_shows_it(world: World) -> None:
    mei = browser(world.mei)
    page = text_of(mei.get(f"{CITY}elections/"))
    assert "Call an election" in page
    form = {"office": "mayor", "seats": 1, "nominating_days": 5, "voting_days": 5, "reason": "It is time."}
    assert mei.post(f"{CITY}elections/new/", form | {"voting_days": 1}).status_code == 422
    answer = mei.post(f"{CITY}elections/new/", form)
    election = Election.objects.get()
    assert answer.headers["Location"] == f"{CITY}elections/{election.pk}/"
    home = text_of(browser().get(CITY))
    assert "Election of the mayor" in home
    assert "Nominations are open" in home


def test_candidates_stand_consent_and_withdraw(world: World) -> None:
    election = running(world)
    place, cai, coco = f"{CITY}elections/{election.pk}/", browser(world.cai), browser(world.coco)
    assert coco.post(f"{place}propose/", {"person": "nobody"}).status_code == 422
    assert coco.post(f"{place}propose/", {"person": "cai"}).status_code == 302
    assert "Proposed, and asked whether to stand" in text_of(browser().get(place))
    assert "Coco proposes you" in text_of(cai.get(place))
    cai.post(f"{place}stand/", {"statement": "I build bridges."})
    assert "I build bridges." in text_of(browser().get(place))
    cai.post(f"{place}withdraw/")
    assert Candidacy.objects.get(user=world.cai).withdrawn_at
    assert "Nobody stands yet." in text_of(browser().get(place))


def test_voting_begins_and_ends_when_somebody_opens_the_page(world: World) -> None:
    election = running(world, "cai", "coco", voting=True)
    place, dan = f"{CITY}elections/{election.pk}/", browser(world.dan)
    page = text_of(dan.get(place))
    assert "Cast my ballot" in page
    positions = dict(election.poll.options.values_list("person__username", "position"))
    answer = dan.post(f"/polls/{election.poll_id}/vote/", {f"rank-{positions['coco']}": "1"})
    assert answer.headers["Location"] == f"/polls/{election.poll_id}/receipt/"
    assert Ballot.objects.get().receipt in text_of(dan.get(answer.headers["Location"]))
    assert "You have voted." in text_of(dan.get(place))
    Election.objects.update(ends_at=timezone.now())
    Poll.objects.filter(pk=election.poll_id).update(closes_at=timezone.now())
    page = text_of(browser().get(place))
    assert "Elected: Coco" in page
    assert Membership.objects.get(city=world.stoneferry, role="mayor").user == world.coco
    tally = text_of(browser().get(f"/polls/{election.poll_id}/tally/"))
    assert "Round 1" in tally
    assert "Dan" not in tally.split("</header>")[-1].split("<footer")[0]
    assert browser().get(f"/polls/{election.poll_id}/").headers["Location"] == place


def test_who_is_not_on_the_roll_is_told_so(world: World) -> None:
    election = running(world, "cai", voting=True)
    newcomer = make_person("nina")
    Membership.objects.create(city=world.stoneferry, user=newcomer)
    page = text_of(browser(newcomer).get(f"{CITY}elections/{election.pk}/"))
    assert "you are not on it" in page
    assert "Cast my ballot" not in page
    assert "Sign in" in text_of(browser().get(f"{CITY}elections/{election.pk}/"))


def test_a_sole_candidate_is_voted_on_with_yes_and_no(world: World) -> None:
    election = running(world, "cai", voting=True)
    page = text_of(browser(world.dan).get(f"{CITY}elections/{election.pk}/"))
    assert "is the only candidate" in page
    assert "Yes" in page
    browser(world.dan).post(f"/polls/{election.poll_id}/vote/", {"choices": "1"})
    assert Ballot.objects.get().choices == [1]


def test_the_site_cancels_a_vote_with_a_reason(world: World) -> None:
    election, ada = running(world), browser(world.ada)
    place = f"{CITY}elections/{election.pk}/"
    assert ada.post(f"{place}cancel/", {}).status_code == 422
    assert ada.post(f"{place}cancel/", {"reason": "Forged."}).status_code == 302
    assert "Cancelled" in text_of(browser().get(place))


def test_a_petition_from_start_to_vote(world: World) -> None:
    Rules.objects.create(city=world.stoneferry, petition_percent=50)
    cai = browser(world.cai)
    assert "Dan" in text_of(cai.get(f"{CITY}petitions/new/"))
    form = {"office": "recall", "person": world.dan.pk, "words": "Never there."}
    assert cai.post(f"{CITY}petitions/new/", form | {"person": ""}).status_code == 422
    cai.post(f"{CITY}petitions/new/", form)
    place = f"{CITY}petitions/{Petition.objects.get().pk}/"
    assert "1 of 2 signatures" in text_of(browser().get(place))
    cai.post(f"{place}unsign/")
    cai.post(f"{place}sign/")
    browser(world.coco).post(f"{place}sign/")
    assert "To the vote" in text_of(browser().get(place))
    assert "recall of Dan" in text_of(browser().get(f"{CITY}elections/"))


def test_the_office_is_offered_and_accepted(world: World) -> None:
    mei, cai = browser(world.mei), browser(world.cai)
    hall = f"{CITY}hall/succession/"
    assert mei.post(hall, {"person": "nobody"}).status_code == 422
    assert mei.post(hall, {"person": "cai"}).status_code == 302
    assert "who has not answered yet" in text_of(mei.get(hall))
    assert "offers you the office" in text_of(cai.get(f"{CITY}handover/"))
    cai.post(f"{CITY}handover/", {"answer": "accept"})
    assert Membership.objects.get(city=world.stoneferry, role="mayor").user == world.cai
    assert mei.get(hall).status_code == 403


def test_an_offer_is_withdrawn(world: World) -> None:
    offer_office(world.stoneferry, by=world.mei, person=world.cai)
    browser(world.mei).post(f"{CITY}hall/succession/withdraw/")
    assert Handover.objects.get().state == "withdrawn"
    assert "This offer is closed." in text_of(browser(world.cai).get(f"{CITY}handover/"))


def test_the_site_names_a_mayor(world: World) -> None:
    ada = browser(world.ada)
    assert ada.post(f"{CITY}hall/succession/appoint/", {"person": "coco"}).status_code == 422
    assert ada.post(f"{CITY}hall/succession/appoint/", {"person": "coco", "reason": "Gone."}).status_code == 302
    assert Membership.objects.get(city=world.stoneferry, role="mayor").user == world.coco


def test_a_city_is_archived_and_opened_again(world: World) -> None:
    mei = browser(world.mei)
    assert mei.post(f"{CITY}hall/archive/", {}).status_code == 422
    mei.post(f"{CITY}hall/archive/", {"reason": "Moved."})
    assert City.objects.get(pk=world.stoneferry.pk).is_archived
    assert "Open the city again" in text_of(mei.get(f"{CITY}hall/succession/"))
    mei.post(f"{CITY}hall/reopen/", {})
    assert not City.objects.get(pk=world.stoneferry.pk).is_archived


@pytest.mark.parametrize("count", [3, 40])
def test_pages_cost_a_fixed_number_of_queries(
    world: World, django_assert_num_queries: Callable[..., AbstractContextManager[object]], count: int
) -> None:
    assert connection.features.supports_json_field
    people = [make_person(f"citizen{number}") for number in range(count)]
    for person in people:
        Membership.objects.create(city=world.stoneferry, user=person, joined_at=timezone.now() - timedelta(days=365))
    election = call_election(world.stoneferry, by=world.mei, office="mayor")
    for person in people:
        propose_candidate(election, by=person, person=person)
    start_petition(world.stoneferry, by=world.cai, office="deputy", words="More.")
    coco: Client = browser(world.coco)
    for address, queries in ((f"{CITY}elections/", 6), (f"{CITY}elections/{election.pk}/", 9)):
        coco.get(address)
        with django_assert_num_queries(queries):
            assert coco.get(address).status_code == 200
    mei: Client = browser(world.mei)
    with django_assert_num_queries(7):
        mei.get(f"{CITY}hall/succession/")
