"""How an election goes on by itself: voting begins, ballots are counted, the result takes effect and is told."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from forum import events
from forum.actions.election_news import question_of
from forum.actions.elections import NO, YES, ask_yes_or_no, locked_election
from forum.actions.offices import begin_term, give_role, make_mayor, seat_deputies
from forum.actions.polls import conclude, locked
from forum.actions.proclaiming import proclaim
from forum.actions.successions import follow
from forum.models import City, Election, Membership, Option, Poll, Voter
from forum.permissions.elections import still_citizens
from forum.text.escapes import escape_markdown
from forum.voting.drawing import shuffled

if TYPE_CHECKING:
    from collections.abc import Iterable

QUORUM = 4  # of a recall: one in so many of the roll must vote


@transaction.atomic
def settle_election(election: Election, *, at: datetime | None = None) -> Election:
    """Do what the time asks for: begin the voting, or count and give the offices; return it. Otherwise nothing."""
    city, now = City.objects.select_for_update(no_key=True).get(pk=election.city_id), at or timezone.now()
    election = locked_election(election)
    election.city = city
    nominations_end = election.nominations_end_at or election.called_at
    if election.state == Election.State.NOMINATING and nominations_end <= now:
        _begin_voting(election, at=now)
    elif election.state == Election.State.VOTING and election.ends_at <= now:
        _decide(election, at=now)
    return election


def _begin_voting(election: Election, *, at: datetime) -> None:
    """Put the candidates who can still hold the office on the ballot, in an order drawn by lot."""
    able = set(still_citizens(election.city, at).values_list("pk", flat=True))
    standing = election.candidacies.filter(consented_at__isnull=False, withdrawn_at=None).select_related("user")
    people = shuffled([one.user for one in standing.order_by("pk") if one.user_id in able])
    if not people:
        _fail(election, "no_candidates", at=at)
        return
    poll: Poll = election.poll
    if len(people) == 1:
        ask_yes_or_no(poll, people[0])
    else:
        Option.objects.bulk_create(
            Option(poll=poll, text=person.name, person=person, position=number)
            for number, person in enumerate(people, start=1)
        )
        Poll.objects.filter(pk=poll.pk).update(max_choices=len(people))
    # Whoever settles late does not shorten the time to vote.
    late = at - poll.opens_at if at - poll.opens_at > timedelta(hours=1) else timedelta(0)
    election.ends_at += late
    election.state = Election.State.VOTING
    election.save(update_fields=["ends_at", "state"])
    Poll.objects.filter(pk=poll.pk).update(opens_at=poll.opens_at + late, closes_at=election.ends_at)
    events.record("election.voting", by=None, city=election.city, at=at, election=election.pk, office=election.office)


def _decide(election: Election, *, at: datetime) -> None:
    """Count the ballots and let the result take effect."""
    poll = locked(election.poll)
    able = set(still_citizens(election.city, at).values_list("pk", flat=True))
    options = list(poll.options.select_related("person"))
    is_question = any(option.text == "no" and option.person_id is None for option in options)
    struck = [one.position for one in options if one.person_id and one.person_id not in able and not is_question]
    seats = election.seats if poll.method == Poll.Method.SEVERAL else 0
    result = conclude(poll, at=at, seats=seats, struck=struck)
    election.poll = poll
    if election.office == Election.Office.RECALL:
        _decide_recall(election, result, at=at)
    elif is_question:
        _decide_on_one(election, options, result, able, at=at)
    else:
        people = {option.position: option.person for option in options if option.person}
        _elect(election, [people[number] for number in result["winners"]], at=at)


def _decide_on_one(
    election: Election, options: Sequence[Option], result: dict[str, Any], able: set[int], *, at: datetime
) -> None:
    """Elect the sole candidate when more say yes than no."""
    person = next(option.person for option in options if option.person)
    if person.pk not in able:
        _fail(election, "no_candidates", at=at)
    elif result["counts"][str(YES)] > result["counts"][str(NO)]:
        _elect(election, [person], at=at)
    else:
        _fail(election, "more_no" if result["ballots"] else "no_ballots", at=at)


def _decide_recall(election: Election, result: dict[str, Any], *, at: datetime) -> None:
    """Recall the officer when more say yes than no and a quarter of the roll has voted; else all stays as it is."""
    roll, person = Voter.objects.filter(poll=election.poll_id).count(), election.person
    membership = Membership.objects.select_for_update().filter(city=election.city, user=person).first()
    if result["ballots"] * QUORUM < roll:
        _fail(election, "quorum", at=at)
    elif result["counts"][str(YES)] <= result["counts"][str(NO)]:
        _fail(election, "more_no", at=at)
    elif person is None or membership is None or membership.role == Membership.Role.CITIZEN:
        _fail(election, "no_office", at=at)
    else:
        _close(election, Election.State.DONE, at=at, people=[person])
        events.record("officer.recalled", by=None, city=election.city, person=person, at=at, election=election.pk)
        if membership.role == Membership.Role.DEPUTY:
            give_role(membership, Membership.Role.CITIZEN, at=at)
        else:
            follow(election.city, cause=election.cause, then_elect=True, at=at)
        _tell(election, lambda: _("%(name)s is recalled from office.") % {"name": escape_markdown(person.name)}, at=at)


def _elect(election: Election, people: "Sequence[User]", *, at: datetime) -> None:
    """Give the office to those elected; without any the election has failed."""
    if not people:
        _fail(election, "no_ballots", at=at)
        return
    _close(election, Election.State.DONE, at=at, people=people)
    if election.office == Election.Office.MAYOR:
        make_mayor(election.city, people[0], why="elected", at=at)
    else:
        seat_deputies(election.city, people, at=at)
    names = ", ".join(escape_markdown(person.name) for person in people)
    _tell(election, lambda: _("Elected: %(names)s.") % {"names": names}, at=at)


def _fail(election: Election, why: str, *, at: datetime) -> None:
    """End the election without a result; everybody keeps the office they have."""
    if election.poll.closed_at is None:
        conclude(locked(election.poll), at=at)
    _close(election, Election.State.FAILED, at=at, why=why)
    if election.cause == Election.Cause.TERM:
        begin_term(election.city, at=at)
    _tell(election, lambda: _("The vote ended without a result: everybody keeps the office they have."), at=at)


def _close(election: Election, state: str, *, at: datetime, people: "Iterable[User]" = (), why: str = "") -> None:
    """Store and record what came of the election, with the seal over its ballots."""
    people = list(people)
    poll = Poll.objects.get(pk=election.poll_id)
    election.state, election.decided_at = state, at
    election.outcome = {
        "why": why,
        "people": [person.pk for person in people],
        "names": [person.name for person in people],
        "roll": Voter.objects.filter(poll=poll).count(),
        "ballots": poll.ballots_count,
    }
    election.save(update_fields=["state", "decided_at", "outcome"])
    events.record(
        "election.decided" if state == Election.State.DONE else "election.failed",
        by=None,
        city=election.city,
        at=at,
        election=election.pk,
        office=election.office,
        names=election.outcome["names"],
        seal=(poll.result or {}).get("seal", ""),
        anchor=poll.chain_head,
    )


def _tell(election: Election, words: Any, *, at: datetime) -> None:
    title = question_of(election.office, election.person)
    proclaim(election.city, lambda: _("Result: %(title)s") % {"title": title}, words, at=at)
