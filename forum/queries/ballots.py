"""How the result of a poll came about: the rounds of a runoff, and the published list of ballots."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from forum.models import Ballot, Poll
from forum.queries.polls import ShownOption, ShownPoll
from forum.voting.ballots import tidy_receipt

BALLOTS_SHOWN = 200


@dataclass(frozen=True, slots=True)
class OptionInRounds:
    """An option with its votes in each round of a runoff, None after it went out."""

    option: ShownOption
    votes: list[int | None]


@dataclass(frozen=True, slots=True)
class ShownRound:
    """One round of a runoff: the ballots that no longer count, who went out and how."""

    exhausted: int
    out: ShownOption | None
    how: str


@dataclass(frozen=True, slots=True)
class ShownBallot:
    """A published ballot: its receipt, the options chosen, and who cast it where that is open."""

    receipt: str
    choices: list[ShownOption]
    voter: Any


@dataclass(frozen=True, slots=True)
class Tally:
    """How the result of a poll came about; `ballots` are the first of the list, or those with the receipt asked for."""

    rounds: list[ShownRound] = field(default_factory=list)
    rows: list[OptionInRounds] = field(default_factory=list)
    ballots: list[ShownBallot] = field(default_factory=list)
    asked: str = ""


def tally_of(shown: ShownPoll, *, receipt: str = "") -> Tally:
    """Return rounds and ballots of a poll whose result the viewer may see; one query.

    The list of a secret poll is in the order of the receipts, which says nothing of the order of voting.
    """
    named = {one.position: one for one in shown.options}
    rounds = (shown.poll.result or {}).get("rounds", [])
    asked = tidy_receipt(receipt)
    rows = Ballot.objects.filter(Q(receipt=asked) if asked else Q(), poll=shown.poll).select_related("voter")
    ballots = [
        ShownBallot(row.receipt, [named[choice] for choice in row.choices if choice in named], row.voter)
        for row in rows.order_by("receipt")[:BALLOTS_SHOWN]
    ]
    return Tally(
        rounds=[ShownRound(one["exhausted"], named.get(one["out"]), one["how"]) for one in rounds],
        rows=[
            OptionInRounds(option, [one["votes"].get(str(option.position)) for one in rounds])
            for option in shown.options
        ],
        ballots=ballots,
        asked=asked,
    )


def ballots_of(poll: Poll) -> Sequence[Ballot]:
    """Return all ballots in the order of their receipts, with who cast them where that is open; one query."""
    return list(Ballot.objects.filter(poll=poll).select_related("voter").order_by("receipt"))
