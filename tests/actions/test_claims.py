"""Claiming an account that came with an archive."""

from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils import timezone

from accounts.models import User
from forum.actions.claims import ask_claim, decide_claim, take_over
from forum.actions.sanctions import impose_sanction
from forum.events.chain import revision_hash
from forum.models import Archive, ArchivedAuthor, Claim, Event, Post, Revision
from forum.permissions.verdicts import Forbidden
from forum.queries.claims import LINK_LASTS, known_address, link_token, proof_of
from tests.world import World, make_person

NEW = "a bridge of three planks"
HAND = "hand@example.org"


@pytest.fixture
def hand(world: World) -> User:
    """Old Hand, who came with an archive, and wrote the reply there."""
    person = make_person("oldhand", is_claimable=True)
    User.objects.filter(pk=person.pk).update(email="")
    archive = Archive.objects.create(city=world.stoneferry, software="discourse")
    ArchivedAuthor.objects.create(archive=archive, source_name="Old Hand", email=HAND, user=person)
    return User.objects.get(pk=person.pk)


def kinds() -> list[str]:
    return list(Event.objects.order_by("-pk").values_list("kind", flat=True)[:2])


def test_a_moderator_decides_and_the_link_gives_the_account(world: World, hand: User) -> None:
    claim = ask_claim(hand, by=None, email="New@example.org", words="Cai knows me.")
    assert claim.email == "new@example.org"
    claim = decide_claim(claim, by=world.ada, grant=True, answer="Welcome back.")
    assert (claim.state, claim.decided_by, claim.answer) == ("granted", world.ada, "Welcome back.")
    assert kinds() == ["claim.granted", "claim.made"]
    hand.refresh_from_db()
    assert hand.is_claimable  # until the address is proven
    person = take_over(proof_of(link_token(hand, claim.email)), password=NEW)
    assert (person.is_claimable, person.email, person.must_confirm) == (False, "new@example.org", False)
    assert person.check_password(NEW)
    assert EmailAddress.objects.get(user=person).verified
    assert Event.objects.latest("pk").kind == "account.claimed"


def test_the_archive_knows_an_address_in_any_case(hand: User) -> None:
    assert known_address(hand, "Hand@Example.org")
    assert not known_address(hand, "other@example.org")
    ArchivedAuthor.objects.update(email="")
    assert not known_address(hand, "")


def test_texts_stay_whose_they_were_and_their_hashes_hold(world: World, hand: User) -> None:
    before = list(Revision.objects.order_by("pk").values_list("author", "chain_hash"))
    take_over(proof_of(link_token(hand, HAND)), password=NEW)
    assert list(Revision.objects.order_by("pk").values_list("author", "chain_hash")) == before
    for revision in Revision.objects.filter(number=1):
        assert revision_hash("", revision) == revision.chain_hash
    assert not Post.objects.filter(author=hand).exclude(author_id=hand.pk).exists()


def test_asking_twice_is_asking_once(world: World, hand: User) -> None:
    first = ask_claim(hand, by=world.rita, email=HAND, words="It is me.")
    assert ask_claim(hand, by=world.rita, email=HAND.upper(), words="Really.") == first
    assert Event.objects.filter(kind="claim.made").count() == 1


def test_a_decision_stands(world: World, hand: User) -> None:
    claim = decide_claim(ask_claim(hand, by=None, email=HAND, words="Me."), by=world.ada, grant=False)
    assert decide_claim(claim, by=world.ada, grant=True).state == Claim.State.REFUSED
    refusal = Event.objects.get(kind="claim.refused")
    assert (refusal.person, refusal.in_log) == (None, True)
    assert ask_claim(hand, by=None, email=HAND, words="Me, and here is why.").state == Claim.State.WAITING


def test_words_are_needed(hand: User) -> None:
    with pytest.raises(ValidationError) as problem:
        ask_claim(hand, by=None, email=HAND, words="  ")
    assert list(problem.value.message_dict) == ["words"]


def test_only_what_is_nobody_s_is_claimed(world: World, hand: User) -> None:
    with pytest.raises(Forbidden):
        ask_claim(world.cai, by=world.rita, email=HAND, words="Me.")
    proof = proof_of(link_token(hand, HAND))
    take_over(proof, password=NEW)
    with pytest.raises(Forbidden):
        take_over(proof, password="another long password")
    with pytest.raises(Http404):
        proof_of(link_token(hand, HAND))


@pytest.mark.parametrize("who", ["rita", "mei"])
def test_only_moderators_decide(world: World, hand: User, who: str) -> None:
    claim = ask_claim(hand, by=None, email=HAND, words="Me.")
    with pytest.raises(Forbidden):
        decide_claim(claim, by=getattr(world, who), grant=True)


def test_who_is_suspended_claims_nothing(world: World, hand: User) -> None:
    impose_sanction(None, by=world.ada, person=world.rita, kind="suspension", reason="spam")
    with pytest.raises(Forbidden):
        ask_claim(hand, by=world.rita, email=HAND, words="Me.")


def test_an_address_of_another_account_is_not_taken(world: World, hand: User) -> None:
    proof = proof_of(link_token(hand, "rita@example.org"))
    assert proof.is_taken
    with pytest.raises(ValidationError):
        take_over(proof, password=NEW)
    person = take_over(proof, password=NEW, email="second@example.org")
    assert (person.email, person.must_confirm) == ("second@example.org", True)
    assert not EmailAddress.objects.get(user=person).verified


def test_others_who_wait_for_it_wait_no_longer(world: World, hand: User) -> None:
    ask_claim(hand, by=world.rita, email="rita2@example.org", words="Me!")
    take_over(proof_of(link_token(hand, HAND)), password=NEW)
    assert Claim.objects.get().state == Claim.State.REFUSED


def test_a_link_is_too_old_some_day(hand: User) -> None:
    token = link_token(hand, HAND)
    with time_machine.travel(timezone.now() + timedelta(seconds=LINK_LASTS + 5)), pytest.raises(Http404):
        proof_of(token)
    with pytest.raises(Http404):
        proof_of("made up")
