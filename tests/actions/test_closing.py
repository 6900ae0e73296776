"""Closing an account: the two weeks, what goes, what stays, and that nothing is left of a name."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone, translation
from pytest_django import Settings

from accounts.models import User
from forum.actions.ballots import cast_ballot
from forum.actions.candidacies import propose_candidate
from forum.actions.closing import GRACE, ask_to_close, settle_closing, stay
from forum.actions.elections import call_election
from forum.actions.handovers import answer_offer, offer_office
from forum.actions.posts import add_reply
from forum.actions.profiles import change_profile
from forum.actions.settling import settle_due
from forum.events.verifying import verify_city
from forum.models import (
    Application,
    City,
    Digest,
    Event,
    Membership,
    Notice,
    Option,
    Post,
    Recommendation,
    Revision,
    Thread,
)
from forum.permissions.verdicts import Forbidden
from tests.everything import BEFORE, EMAIL, NAME, USERNAME, WORDS, somebody_who_did_everything
from tests.world import World

KEEP, FORMER, BLANK = User.Farewell.KEEP, User.Farewell.FORMER, User.Farewell.BLANK


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def zoltan(world: World) -> User:
    return somebody_who_did_everything(world)


def closed(person: User, farewell: str) -> User:
    """Return the person, having closed their account and waited; the chains of the cities are whole."""
    ask_to_close(person, by=person, farewell=farewell)
    settle_due(timezone.now() + GRACE)
    for city in City.objects.all():
        assert verify_city(city).is_whole
    return User.objects.get(pk=person.pk)


def database() -> Iterator[str]:
    """Yield every row of every table of the database as text, also of those that are no models."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if (
                table == "search_terms"
            ):  # of SQLite: it gives nothing back but where its terms are, in the tables beside it
                continue
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            yield from (f"{table}: {row}" for row in cursor.fetchall())


def rows_with(*words: str) -> list[str]:
    return [row for row in database() if any(word.lower() in row.lower() for word in words)]


def test_the_world_speaks_of_zoltan_everywhere(zoltan: User) -> None:
    tables = {row.split(":")[0] for row in rows_with(WORDS, USERNAME, NAME)}
    assert len(tables) > 30, tables


def test_within_two_weeks_everything_stays_and_who_signs_in_keeps_it(zoltan: User) -> None:
    before = [row for row in rows_with(WORDS) if "session" not in row]
    ask_to_close(zoltan, by=zoltan, farewell=FORMER)
    settle_due(timezone.now() + GRACE - timedelta(hours=1))
    assert len([row for row in rows_with(WORDS) if "session" not in row]) == len(before)
    assert User.objects.get(pk=zoltan.pk).name == "Former member"
    assert stay(zoltan)
    assert not stay(zoltan)
    settle_due(timezone.now() + GRACE * 2)
    person = User.objects.get(pk=zoltan.pk)
    assert (person.name, person.is_active, person.closes_at) == (NAME, True, None)


def test_asking_twice_changes_nothing(world: World) -> None:
    first = ask_to_close(world.coco, by=world.coco, farewell=KEEP)
    again = ask_to_close(world.coco, by=world.coco, farewell=BLANK, at=timezone.now() + timedelta(days=3))
    assert (again.farewell, again.closes_at) == (KEEP, first.closes_at)
    assert Event.objects.filter(kind="account.closing").count() == 1


def test_mayors_and_moderators_hand_over_first(world: World) -> None:
    for person in (world.mei, world.ada):
        with pytest.raises(Forbidden):
            ask_to_close(person, by=person, farewell=KEEP)
    with pytest.raises(Forbidden):
        ask_to_close(world.coco, by=world.dan, farewell=KEEP)
    answer_offer(offer_office(world.stoneferry, by=world.mei, person=world.dan), by=world.dan, accept=True)
    assert ask_to_close(world.mei, by=world.mei, farewell=KEEP).closes_at
    City.objects.filter(pk=world.hilltop.pk).update(state=City.State.ARCHIVED)
    assert closed(world.stan, FORMER).closed_at
    assert Membership.objects.get(city=world.hilltop).user == world.stan


def test_texts_stay_under_the_name_and_everything_private_goes(world: World, zoltan: User) -> None:
    person = closed(zoltan, KEEP)
    assert (person.name, person.username, person.is_active) == (NAME, USERNAME, False)
    assert (person.email, person.about, person.signature, person.avatar) == ("", "", "", "")
    assert not person.has_usable_password()
    private = ("I fly a", f"Secret {WORDS}", f"Another {WORDS}?", "I have a", "is not rude", "192.0.2.77")
    assert rows_with(EMAIL, BEFORE, *private) == []
    assert Post.objects.filter(author=person, body__contains=WORDS).count() == 3
    assert list(Digest.objects.filter(owner=person).values_list("is_public", flat=True)) == [True]
    assert not Membership.objects.filter(user=person).exists()
    assert Application.objects.get(user=person).state == "withdrawn"


def test_nothing_is_left_of_name_and_address_when_texts_stay_under_former_member(world: World, zoltan: User) -> None:
    picture = f"avatars/{zoltan.avatar}.png"
    assert default_storage.exists(picture)
    person = closed(zoltan, FORMER)
    assert rows_with(NAME, "Zoltan", USERNAME, EMAIL, "左坦") == []
    assert Post.objects.filter(author=person, body__contains=WORDS).count() == 3
    assert not Digest.objects.filter(owner=person).exists()
    assert Recommendation.objects.filter(user=person, post=world.opener).exists()
    with translation.override("zh-hant"):
        assert person.name != NAME
    assert not settle_closing(person, at=timezone.now() + GRACE * 2)


def test_nothing_is_left_of_any_word_when_texts_are_erased(world: World, zoltan: User) -> None:
    person = closed(zoltan, BLANK)
    assert rows_with(NAME, "Zoltan", USERNAME, EMAIL, "左坦", WORDS) == []
    assert person.closed_at
    posts = Post.objects.filter(author=person)
    assert posts.count() == 3  # their places stay, and so do the answers of others
    assert Revision.objects.filter(post__author=person, is_erased=True).count() == 4
    thread = Thread.objects.get(author=person)
    assert (thread.title, thread.replies_count) == ("…", 1)


def test_a_crash_half_way_loses_nothing(world: World, zoltan: User, monkeypatch: pytest.MonkeyPatch) -> None:
    ask_to_close(zoltan, by=zoltan, farewell=BLANK)
    due = timezone.now() + GRACE
    with monkeypatch.context() as patched:
        patched.setattr("forum.actions.closing.carrying_out.forget", _crash)
        settle_due(due)
    half = User.objects.get(pk=zoltan.pk)
    assert (half.is_active, half.closed_at) == (False, None)
    assert not stay(half)  # too late: texts are gone already
    settle_due(due)
    assert rows_with(NAME, USERNAME, WORDS) == []


def _crash(person: User) -> None:
    raise RuntimeError("the power is gone")


def test_many_texts_are_taken_back_in_several_goes(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("forum.actions.closing.carrying_out.MOST_POSTS", 4)
    monkeypatch.setattr("forum.actions.closing.texts.AT_ONCE", 2)
    for number in range(9):
        add_reply(world.thread, by=world.dan, body=f"{WORDS} {number}")
    ask_to_close(world.dan, by=world.dan, farewell=BLANK)
    left = []
    for _minute in range(4):
        settle_due(timezone.now() + GRACE)
        left.append(Post.objects.filter(author=world.dan, body__contains=WORDS).count())
    assert left == [5, 1, 0, 0]
    assert User.objects.get(pk=world.dan.pk).closed_at


def test_who_closes_their_account_cannot_be_elected(world: World) -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    Membership.objects.update(joined_at=at - timedelta(days=400))
    election = call_election(world.stoneferry, by=world.mei, office="deputy", at=at)
    propose_candidate(election, by=world.coco, person=world.coco, statement=f"I have a {WORDS}.", at=at)
    settle_due(at + timedelta(days=8))
    ask_to_close(world.coco, by=world.coco, farewell=FORMER, at=at + timedelta(days=9))
    settle_due(at + timedelta(days=40))
    assert not Membership.objects.filter(user=world.coco).exists()
    assert rows_with("coco", WORDS) == []


def test_an_election_that_somebody_won_names_them_no_longer(world: World) -> None:
    at = timezone.now() - timedelta(days=30)
    Membership.objects.update(joined_at=at - timedelta(days=400))
    User.objects.filter(pk=world.coco.pk).update(display_name="Coco Zbornik")
    coco = User.objects.get(pk=world.coco.pk)
    election = call_election(world.stoneferry, by=world.mei, office="deputy", at=at)
    for one in (coco, world.cai):
        propose_candidate(election, by=one, person=one, at=at)
    settle_due(at + timedelta(days=8))
    place = Option.objects.get(poll=election.poll, person=coco).position
    cast_ballot(election.poll, by=world.mei, choices=[place], at=at + timedelta(days=9))
    settle_due(at + timedelta(days=20))
    assert Membership.objects.get(user=coco).role == "deputy"
    assert {row.split(":")[0] for row in rows_with("Zbornik")} >= {"forum_option", "forum_notice", "forum_event"}
    closed(coco, FORMER)
    assert rows_with("Zbornik", "coco") == []
    election.refresh_from_db()
    assert [name.rpartition(" · ")[2] for name in election.outcome["names"]] == ["Former member"]


def test_what_the_program_wrote_of_a_mayor_names_them_no_longer(world: World) -> None:
    change_profile(world.dan, by=world.dan, display_name="Danilo Zbornik")
    dan = User.objects.get(pk=world.dan.pk)
    answer_offer(offer_office(world.stoneferry, by=world.mei, person=dan), by=dan, accept=True)
    assert Notice.objects.filter(title__contains="Zbornik").exists()
    answer_offer(offer_office(world.stoneferry, by=dan, person=world.mei), by=world.mei, accept=True)
    closed(dan, FORMER)
    assert rows_with("Zbornik", "Danilo") == []
    assert Notice.objects.filter(title__contains="Former member").exists()


def test_who_was_a_moderator_may_close_the_account(world: World) -> None:
    User.objects.filter(pk=world.ada.pk).update(is_staff=False)
    assert ask_to_close(world.ada, by=world.ada, farewell=KEEP).closes_at
