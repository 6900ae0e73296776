"""The pages on which an author claims an account from an archive, and the moderators' decisions."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from accounts.models import User
from forum.actions.claims import ask_claim
from forum.models import Archive, ArchivedAuthor, Claim
from tests.clients import browser, text_of
from tests.world import World, make_person

type Counting = Callable[[int], AbstractContextManager[object]]

CLAIM = "/u/oldhand/claim/"
NEW = "a bridge of three planks"
HAND = "hand@example.org"


@pytest.fixture
def hand(world: World) -> User:
    """Old Hand, of whom the archive knows the address."""
    person = make_person("oldhand", is_claimable=True)
    archive = Archive.objects.create(city=world.stoneferry, software="discourse")
    ArchivedAuthor.objects.create(archive=archive, source_name="Old Hand", email=HAND, user=person)
    return person


def link() -> str:
    found = re.search(r"http://testserver(/claims/\S+)", str(mail.outbox[-1].body))
    assert found
    return found[1]


def test_the_profile_leads_to_the_claim_and_the_archive_s_address_proves_it(hand: User, client: Client) -> None:
    assert CLAIM in text_of(client.get("/u/oldhand/"))
    assert "Is Oldhand you?" in text_of(client.get(CLAIM))
    done = client.post(CLAIM, {"way": "prove", "prove-email": HAND}, follow=True)
    assert "If the archive knows this address" in text_of(done)
    assert mail.outbox[-1].to == [HAND]
    way = link()
    short = client.post(way, {"password1": "short", "password2": "short"})
    assert (short.status_code, "too short" in text_of(short)) == (422, True)
    assert client.post(way, {"password1": NEW, "password2": NEW}).headers["Location"] == "/accounts/login/"
    client.post("/accounts/login/", {"login": "oldhand", "password": NEW})
    assert client.get("/me/").status_code == 200
    assert "claim" not in text_of(client.get("/u/oldhand/"))
    assert client.get(CLAIM).headers["Location"] == "/u/oldhand/"
    assert Client().get(way).status_code == 404


@pytest.mark.parametrize("typed", ["HAND@EXAMPLE.ORG", "Hand@example.org"])
def test_the_mail_goes_to_the_address_in_the_archive_and_not_to_the_one_typed(hand: User, typed: str) -> None:
    Client().post(CLAIM, {"way": "prove", "prove-email": typed})
    assert mail.outbox[-1].to == [HAND]
    assert link()


def test_a_letter_that_only_looks_alike_leads_the_mail_nowhere_else(hand: User) -> None:
    ArchivedAuthor.objects.update(email="mark@example.org")
    Client().post(CLAIM, {"way": "prove", "prove-email": "mar\u212a@example.org"})  # the sign of the kelvin
    assert mail.outbox[-1].to == ["mark@example.org"]


def test_the_page_and_the_mails_tell_a_stranger_nothing(hand: User) -> None:
    def answer(email: str) -> tuple[str, int]:
        cache.clear()
        before = len(mail.outbox)
        said = text_of(Client().post(CLAIM, {"way": "prove", "prove-email": email}, follow=True))
        said = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", said)
        return said, len(mail.outbox) - before

    assert answer(HAND) == answer("stranger@example.org")
    assert "does not know this address" in str(mail.outbox[-1].body)


def test_moderators_read_what_somebody_asks_and_decide(world: World, hand: User, client: Client) -> None:
    asked = client.post(CLAIM, {"way": "ask", "email": "new@example.org", "words": "Cai knows me."}, follow=True)
    assert "The moderators read what you wrote" in text_of(asked)
    ada, claim = browser(world.ada), Claim.objects.get()
    assert "Cai knows me." in text_of(ada.get("/moderation/claims/"))
    done = ada.post(f"/moderation/claims/{claim.pk}/", {"decision": "grant", "answer": "Welcome back."}, follow=True)
    assert "The claim is decided." in text_of(done)
    assert mail.outbox[-1].to == ["new@example.org"]
    assert "Welcome back." in str(mail.outbox[-1].body)
    sent = len(mail.outbox)
    ada.post(f"/moderation/claims/{claim.pk}/", {"decision": "refuse"})
    assert len(mail.outbox) == sent
    assert "granted the account" in text_of(client.get("/log/"))
    assert client.post(link(), {"password1": NEW, "password2": NEW}).status_code == 302


def test_who_is_refused_hears_why(world: World, hand: User) -> None:
    claim = ask_claim(hand, by=None, email="new@example.org", words="Me.")
    browser(world.ada).post(
        f"/moderation/claims/{claim.pk}/", {"decision": "refuse", "answer": "Cai does not know you."}
    )
    assert "Cai does not know you." in str(mail.outbox[-1].body)
    assert "claims/" not in str(mail.outbox[-1].body)


def test_what_is_typed_stays_when_something_is_wrong(world: World, hand: User) -> None:
    rita = browser(world.rita)
    page = rita.post(CLAIM, {"way": "ask", "email": world.rita.email, "words": "I wrote about planks."})
    assert page.status_code == 422
    for said in ("I wrote about planks.", "needs one of its own", "You are signed in as Rita"):
        assert said in text_of(page)
    assert rita.post(CLAIM, {"way": "prove", "prove-email": "nothing"}).status_code == 422


def test_a_second_account_of_a_person_needs_an_address_of_its_own(world: World, hand: User, client: Client) -> None:
    ArchivedAuthor.objects.update(email=world.rita.email)
    client.post(CLAIM, {"way": "prove", "prove-email": world.rita.email})
    way = link()
    assert "Another account here has the address" in text_of(client.get(way))
    sent = {"password1": NEW, "password2": NEW}
    assert client.post(way, {**sent, "email": "dan@example.org"}).status_code == 422
    assert client.post(way, {**sent, "email": "rita2@example.org"}).status_code == 302
    hand.refresh_from_db()
    assert (hand.email, hand.must_confirm) == ("rita2@example.org", True)


def test_the_list_of_claims_takes_as_many_queries_for_many(
    world: World, hand: User, django_assert_max_num_queries: Counting
) -> None:
    for number in range(30):
        ask_claim(hand, by=world.rita, email=f"n{number}@example.org", words="Me.")
    ada = browser(world.ada)
    with django_assert_max_num_queries(9):
        assert ada.get("/moderation/claims/").status_code == 200
    with django_assert_max_num_queries(9):
        assert ada.get(f"/moderation/claims/{Claim.objects.first().pk}/").status_code == 200  # type: ignore[union-attr]
