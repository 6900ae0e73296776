"""What the demo world votes on: the steps of `demo/votes.toml`, each done through an action."""

import tomllib
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from forum.actions.ballots import cast_ballot
from forum.actions.candidacies import propose_candidate
from forum.actions.election_results import settle_election
from forum.actions.elections import call_election
from forum.actions.polls import close_poll, set_poll
from forum.management.demo.durations import duration
from forum.models import Election, Poll

VOTES = Path(__file__).parent / "demo" / "votes.toml"
CLOSELY = timedelta(minutes=40)  # ballots follow one another

type Step = tuple[timedelta, Any]


def vote_steps(seeder: Any, cities: set[str]) -> Iterator[Step]:
    """Yield what happens when people of these cities vote, with how long ago; `seeder` knows who and where."""
    votes = tomllib.loads(VOTES.read_text(encoding="utf-8"))
    for one in votes["polls"]:
        if one["city"] in cities:
            yield from _poll(seeder, one)
    for one in votes["elections"]:
        if one["city"] in cities:
            yield from _election(seeder, one)


def _poll(seeder: Any, told: dict[str, Any]) -> Iterator[Step]:
    author, made = seeder.people[told["by"]], list[Poll]()

    def begin(at: datetime) -> None:
        closes_at = at + duration(told["ago"]) + duration(told["closes"]) if "closes" in told else None
        thread, secret = seeder.threads[told["city"], told["thread"]], told.get("is_secret", False)
        settings = {"method": told["method"], "is_secret": secret, "closes_at": closes_at}
        showing = Poll.Showing.CLOSED if secret else Poll.Showing.LIVE
        words = {"question": told["question"], "options": told["options"], "showing": showing}
        made.append(set_poll(thread, by=author, at=at, **words, **settings))

    ago = duration(told["ago"])
    yield ago, begin
    for number, (name, choices) in enumerate(told["ballots"].items(), start=1):
        yield ago - number * CLOSELY, partial(_vote, seeder, made, name, choices)
    if "closed" in told:
        yield duration(told["closed"]), lambda at: close_poll(made[0], by=author, at=at)


def _election(seeder: Any, told: dict[str, Any]) -> Iterator[Step]:
    made, polls = list[Election](), list[Poll]()
    days = {"nominating_days": told["nominating"], "voting_days": told["voting"]}

    def begin(at: datetime) -> None:
        city, mayor = seeder.cities[told["city"]], seeder.people[told["by"]]
        words = {"office": told["office"], "seats": told["seats"], "reason": told["reason"]}
        made.append(call_election(city, by=mayor, at=at, **words, **days))
        polls.append(made[0].poll)

    def stand(one: dict[str, Any], at: datetime) -> None:
        person = seeder.people[one["username"]]
        if "by" in one:
            propose_candidate(made[0], by=seeder.people[one["by"]], person=person, at=at)
        propose_candidate(made[0], by=person, person=person, statement=one["statement"], at=at + CLOSELY)

    ago = duration(told["ago"])
    yield ago, begin
    for number, one in enumerate(told["candidates"], start=1):
        yield ago - number * timedelta(days=1), partial(stand, one)
    voting = ago - timedelta(days=told["nominating"])
    yield voting, lambda at: settle_election(made[0], at=at)
    names = [one["username"] for one in told["candidates"]]
    for number, (name, choices) in enumerate(told["ballots"].items(), start=1):
        wanted = [names[choice - 1] for choice in choices]
        yield voting - number * CLOSELY, partial(_vote_for, seeder, polls, name, wanted)


def _vote(seeder: Any, made: list[Poll], name: str, choices: list[int], at: datetime) -> None:
    cast_ballot(made[0], by=seeder.people[name], choices=choices, at=at)


def _vote_for(seeder: Any, made: list[Poll], name: str, wanted: list[str], at: datetime) -> None:
    """Vote for candidates by name: their order on the ballot is drawn by lot."""
    places = dict(made[0].options.values_list("person__username", "position"))
    cast_ballot(made[0], by=seeder.people[name], choices=[places[one] for one in wanted], at=at)
