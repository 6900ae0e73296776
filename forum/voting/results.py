"""The result of a poll as it is stored and published: computed from its ballots alone."""

from collections.abc import Collection, Sequence
from dataclasses import asdict
from typing import Any

from forum.voting.ballots import seal_of
from forum.voting.counting import ahead, counted, instant_runoff, most_approved

RANKED = "ranked"


def result_of(
    ballots: Sequence[tuple[str, Sequence[int]]],
    *,
    offered: Collection[int],
    ranked: bool,
    seats: int = 0,
    struck: Collection[int] = (),
) -> dict[str, Any]:
    """Return what the ballots (receipt and choices) say, in plain JSON values.

    `counts` are votes by option (first choices where ranked), `winners` the options that won, `rounds` those of a
    runoff, `drawn` the options between whom the lot decided a seat. With `seats` the winners are so many; without,
    all that have the most. `struck` options do not count any more: a ballot passes on to its next choice.
    """
    seal, choices = seal_of(ballots), [row[1] for row in ballots]
    left = [option for option in offered if option not in struck]
    counts = counted(choices, offered, ranked=ranked)
    result: dict[str, Any] = {"seal": seal, "ballots": len(choices), "struck": sorted(struck), "drawn": []}
    if ranked:
        runoff = instant_runoff(choices, left, seal)
        result["winners"] = [] if runoff.winner is None else [runoff.winner]
        result["rounds"] = [asdict(one) for one in runoff.rounds]
    elif seats:
        votes = {option: counts[option] for option in left}
        result["winners"], result["drawn"] = most_approved(votes, seats, seal)
    else:
        result["winners"] = ahead({option: counts[option] for option in left})
    return _plain({**result, "counts": counts})


def _plain(value: Any) -> Any:
    """Return the value as JSON gives it back: names of members are text."""
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value
