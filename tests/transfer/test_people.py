"""The accounts that stand for authors until somebody claims them."""

import pytest

from accounts.models import User
from forum.models import Membership, Thread
from tests.transfer.archive import a_post, a_topic
from tests.transfer.conftest import Move
from tests.world import World, make_person


def author_of(number: int) -> User:
    return Thread.objects.get(source_id=5).posts.get(number=number).author


def test_author_becomes_a_claimable_account_that_nobody_can_sign_in_to(move: Move) -> None:
    report = move(a_topic(5, a_post(1, "Grey.Heron"), a_post(2, "Grey.Heron", name="Harriet Heron")))
    heron = author_of(1)
    assert (heron.username, heron.name, heron.about) == ("Grey.Heron", "Grey.Heron", "Harriet Heron")
    assert (heron.is_claimable, heron.has_usable_password(), heron.email) == (True, False, "")
    assert heron.date_joined.isoformat() == "2015-03-01T10:01:00+00:00"
    assert report.counts["authors"] == 1


def test_authors_are_no_citizens_until_they_claim_their_account(move: Move) -> None:
    move(a_topic(5))
    assert not Membership.objects.filter(user=author_of(1)).exists()


@pytest.mark.parametrize("name", ["mei", "MEI", "admin"])
def test_nobody_is_taken_for_somebody_who_was_here_before(move: Move, world: World, name: str) -> None:
    move(a_topic(5, a_post(1, name)))
    assert author_of(1).username == f"{name}-2"
    assert author_of(1) != world.mei


def test_name_with_a_number_may_be_taken_too(move: Move) -> None:
    make_person("mei-2")
    move(a_topic(5, a_post(1, "mei")))
    assert author_of(1).username == "mei-3"


def test_same_author_in_another_case_is_one_person(move: Move) -> None:
    move(a_topic(5, a_post(1, "Heron"), a_post(2, "heron")))
    assert author_of(1) == author_of(2)


def test_name_that_cannot_stand_in_an_address_is_mended(move: Move) -> None:
    move(a_topic(5, a_post(1, "grey/heron?"), a_post(2, "…"), a_post(3, "鷺")))
    assert [author_of(number).username for number in (1, 2, 3)] == ["grey-heron", "author", "鷺"]
    assert author_of(1).name == "grey/heron?"


def test_next_run_knows_its_authors_again(move: Move) -> None:
    move(a_topic(5, a_post(1, "mei")))
    report = move(a_topic(5, a_post(1, "mei"), a_post(2, "mei")))
    assert (author_of(1), report.counts["authors"]) == (author_of(2), 0)


def test_link_to_a_person_leads_to_the_name_they_have_here(move: Move, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("forum.transfer.moving_in.BATCH_TOPICS", 1)
    link = '<p>See <a href="/u/heron">this</a> and <a href="/u/mei">that</a>.</p>'
    move(a_topic(5, a_post(1, "egret", cooked=link)), a_topic(6, a_post(1, "Heron")))
    assert Thread.objects.get(source_id=5).posts.get(number=1).body == "See [this](/u/heron/) and [that](/u/mei-2/)."
    # Linked to before they came; their page answers to their name in any case.
    assert Thread.objects.get(source_id=6).author.username == "Heron"
