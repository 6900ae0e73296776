"""Polls in threads: putting one up, changing it, casting ballots, closing and counting."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from forum.actions.ballots import cast_ballot
from forum.actions.memberships import join_city, leave_city
from forum.actions.moderation import hide_thread, lock_thread
from forum.actions.polls import close_poll, set_poll, settle_poll
from forum.events.chain import ballot_hash
from forum.models import Ballot, City, Event, Poll, Voter
from forum.permissions.verdicts import Forbidden
from forum.voting.ballots import seal_of
from tests.races import together
from tests.world import World, make_person

COLOURS = ("Red", "Green", "Blue")


def poll_in(world: World, **settings: Any) -> Poll:
    return set_poll(world.thread, by=world.cai, **{"question": "Which colour?", "options": COLOURS, **settings})


def test_an_author_puts_up_a_poll_and_citizens_vote(world: World) -> None:
    poll = poll_in(world)
    cast_ballot(poll, by=world.coco, choices=[2])
    cast_ballot(poll, by=world.dan, choices=[2])
    cast_ballot(poll, by=world.mei, choices=[1])
    closed = close_poll(poll, by=world.cai)
    assert closed.result["counts"] == {"1": 1, "2": 2, "3": 0}
    assert closed.result["winners"] == [2]
    assert closed.counts == {"2": 2, "1": 1}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"question": " "}, "question"),
        ({"options": ["One"]}, "options"),
        ({"options": ["Same", " Same "]}, "options"),
        ({"options": ["x" * 201, "y"]}, "options"),
        ({"method": "several", "max_choices": 4}, "max_choices"),
        ({"is_secret": True, "showing": "live"}, "showing"),
        ({"closes_at": datetime(2020, 1, 1, tzinfo=UTC)}, "closes_at"),
    ],
)
def test_what_is_wrong_with_a_poll_is_said_at_its_field(world: World, wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as problem:
        poll_in(world, **wrong)
    assert field in problem.value.message_dict
    assert not Poll.objects.exists()


def test_a_poll_changes_until_somebody_votes(world: World) -> None:
    poll = poll_in(world)
    changed = poll_in(world, options=["Yes", "No"], method="ranked")
    assert changed.pk == poll.pk
    assert list(changed.options.values_list("text", flat=True)) == ["Yes", "No"]
    poll_in(world, options=["Yes", "No"], method="ranked")
    assert Event.objects.filter(kind="poll.changed").count() == 1
    cast_ballot(poll, by=world.coco, choices=[1])
    with pytest.raises(Forbidden, match="voted already"):
        poll_in(world)


def test_officers_may_put_a_poll_into_a_thread_of_others_and_citizens_may_not(world: World) -> None:
    with pytest.raises(Forbidden):
        set_poll(world.thread, by=world.coco, question="Mine?", options=COLOURS)
    set_poll(world.thread, by=world.dan, question="Ours?", options=COLOURS)
    assert Event.objects.get(kind="poll.added").in_log


def test_a_ballot_is_final_and_the_same_form_sent_twice_is_one_ballot(world: World) -> None:
    poll, mark = poll_in(world), uuid4()
    ballot = cast_ballot(poll, by=world.coco, choices=[2], submission=mark)
    assert cast_ballot(poll, by=world.coco, choices=[2], submission=mark) == ballot
    with pytest.raises(ValidationError, match="final"):
        cast_ballot(poll, by=world.coco, choices=[1], submission=uuid4())
    assert Ballot.objects.count() == 1


@pytest.mark.parametrize("choices", [[], [4], [1, 2], [1, 1]])
def test_an_invalid_ballot_is_refused(world: World, choices: list[int]) -> None:
    poll = poll_in(world)
    with pytest.raises(ValidationError):
        cast_ballot(poll, by=world.coco, choices=choices)
    assert not Voter.objects.exists()


def test_as_many_as_the_poll_allows_may_be_chosen(world: World) -> None:
    poll = poll_in(world, method="several", max_choices=2)
    cast_ballot(poll, by=world.coco, choices=[3, 1])
    with pytest.raises(ValidationError, match="at most 2"):
        cast_ballot(poll, by=world.dan, choices=[1, 2, 3])


@pytest.mark.parametrize(
    ("who", "voters", "may"),
    [("rita", "citizens", False), ("rita", "members", True), ("stan", "members", True), ("coco", "citizens", True)],
)
def test_who_may_vote(world: World, who: str, voters: str, may: bool) -> None:
    poll = poll_in(world, voters=voters)
    if may:
        assert cast_ballot(poll, by=getattr(world, who), choices=[1]).voter == getattr(world, who)
    else:
        with pytest.raises(Forbidden):
            cast_ballot(poll, by=getattr(world, who), choices=[1])


def test_late_and_early_ballots_are_refused(world: World) -> None:
    now = timezone.now()
    poll = poll_in(world, closes_at=now + timedelta(hours=1))
    with pytest.raises(Forbidden, match="not begun"):
        cast_ballot(poll, by=world.coco, choices=[1], at=now - timedelta(hours=1))
    with pytest.raises(Forbidden, match="closed"):
        cast_ballot(poll, by=world.coco, choices=[1], at=now + timedelta(hours=1))
    cast_ballot(poll, by=world.coco, choices=[1], at=now + timedelta(minutes=59))


def test_a_hidden_thread_and_an_archived_city_take_no_ballots_but_a_locked_thread_does(world: World) -> None:
    poll = poll_in(world)
    lock_thread(world.thread, by=world.mei)
    cast_ballot(poll, by=world.coco, choices=[1])
    hide_thread(world.thread, by=world.mei, reason="Spam")
    with pytest.raises(Forbidden, match="hidden"):
        cast_ballot(poll, by=world.dan, choices=[1])
    City.objects.filter(pk=world.stoneferry.pk).update(state=City.State.ARCHIVED)
    with pytest.raises(Forbidden, match="archived"):
        cast_ballot(poll, by=world.dan, choices=[1])


def test_who_left_the_city_votes_no_more_but_the_ballot_stays(world: World) -> None:
    poll = poll_in(world)
    cast_ballot(poll, by=world.coco, choices=[1])
    leave_city(world.stoneferry, by=world.coco)
    assert close_poll(poll, by=world.cai).result["ballots"] == 1


def test_a_poll_is_counted_once_when_its_time_is_over(world: World) -> None:
    end = timezone.now() + timedelta(days=1)
    poll = poll_in(world, closes_at=end)
    cast_ballot(poll, by=world.coco, choices=[1])
    assert settle_poll(poll, at=end - timedelta(seconds=1)).result is None
    for _ in range(2):
        assert settle_poll(poll, at=end).result["winners"] == [1]
    assert Event.objects.filter(kind="poll.closed").count() == 1


def test_only_who_began_it_and_officers_close_a_poll_early(world: World) -> None:
    poll = poll_in(world)
    with pytest.raises(Forbidden):
        close_poll(poll, by=world.coco)
    close_poll(poll, by=world.mei, reason="Settled otherwise")
    assert close_poll(poll, by=world.coco).closed_at  # closing twice changes nothing
    assert Event.objects.get(kind="poll.closed").reason == "Settled otherwise"


def test_ballots_are_chained_and_anchored_in_the_record_of_the_city(world: World) -> None:
    poll = poll_in(world)
    for person in (world.coco, world.dan, world.mei):
        cast_ballot(poll, by=person, choices=[1])
    head = ""
    for ballot in poll.ballots.order_by("number"):
        head = ballot_hash(head, ballot)
        assert ballot.chain_hash == head
    poll.refresh_from_db()
    assert poll.chain_head == head
    anchors = [event.data["anchor"] for event in Event.objects.filter(kind="poll.ballot_cast").order_by("pk")]
    assert anchors == list(poll.ballots.order_by("number").values_list("chain_hash", flat=True))


def test_a_secret_poll_keeps_no_row_that_links_a_voter_and_a_choice(world: World) -> None:
    poll = poll_in(world, is_secret=True, showing="closed")
    # Their number is searched for below: it must not be that of anything else.
    voter = make_person("vera", pk=987_654)
    join_city(world.stoneferry, by=voter)
    ballot = cast_ballot(poll, by=voter, choices=[3], at=datetime.now(UTC) + timedelta(minutes=1))
    assert ballot.voter is None
    told = Event.objects.get(kind="poll.ballot_cast")
    assert (told.actor, told.person, told.created_at.hour, told.created_at.minute) == (None, None, 0, 0)
    of_voter, of_ballot = set(), set()
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        for table in (one for one in tables if one.startswith(("forum_", "accounts_", "account_", "django_"))):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                words = " ".join(map(str, row))
                of_voter |= {(table, words)} if "987654" in words else set()
                of_ballot |= {(table, words)} if ballot.receipt in words or ballot.chain_hash in words else set()
    assert {table for table, _row in of_ballot} == {"forum_ballot", "forum_poll", "forum_event"}
    assert "forum_voter" in {table for table, _row in of_voter}
    assert not of_voter & of_ballot
    assert {field.name for field in Voter._meta.fields} == {"id", "poll", "user", "has_voted"}
    assert not any("time" in field.get_internal_type().lower() for field in Ballot._meta.fields)


def test_closing_a_secret_poll_writes_its_roll_anew(world: World) -> None:
    poll = poll_in(world, is_secret=True, showing="closed")
    people = [make_person(f"voter{number}") for number in range(12)]
    for person in people:
        join_city(world.stoneferry, by=person)
        cast_ballot(poll, by=person, choices=[1])
    before = set(Voter.objects.values_list("pk", flat=True))
    close_poll(poll, by=world.cai)
    assert not before & set(Voter.objects.values_list("pk", flat=True))
    assert set(Voter.objects.filter(has_voted=True).values_list("user", flat=True)) == {one.pk for one in people}


def test_the_result_can_be_computed_again_from_what_is_published(world: World) -> None:
    poll = poll_in(world, method="ranked", is_secret=True)
    for person, choices in ((world.coco, [1, 2]), (world.dan, [2, 1]), (world.mei, [2]), (world.cai, [3, 1])):
        cast_ballot(poll, by=person, choices=choices)
    closed = close_poll(poll, by=world.cai)
    assert closed.result["seal"] == seal_of(poll.ballots.values_list("receipt", "choices"))
    assert Event.objects.get(kind="poll.closed").data["seal"] == closed.result["seal"]


@pytest.mark.django_db(transaction=True)
def test_a_person_who_votes_in_many_windows_at_once_has_one_ballot(transactional_db: None, world: World) -> None:
    poll, refused = poll_in(world), []

    def vote() -> None:
        try:
            cast_ballot(poll, by=world.coco, choices=[1])
        except ValidationError as problem:
            refused.append(problem)

    together([vote] * 4 + [lambda: cast_ballot(poll, by=world.dan, choices=[2])])
    poll.refresh_from_db()
    assert (poll.ballots_count, len(refused)) == (2, 3)
    assert sorted(poll.ballots.values_list("number", flat=True)) == [1, 2]
