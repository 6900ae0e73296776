"""How ballots become a result: choices counted, instant-runoff, approval, and lots that can be drawn again."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

type Choices = Sequence[int]  # options by position; where ranked, the first choice first


@dataclass(frozen=True, slots=True)
class Round:
    """One round of a runoff: votes of those still in it, ballots that name none of them, and who goes out and how.

    `how` is "fewest", "earlier" (tied for the fewest, fewer in an earlier round) or "lot"; empty in the last round.
    """

    votes: dict[int, int]
    exhausted: int
    out: int | None = None
    how: str = ""


@dataclass(frozen=True, slots=True)
class Runoff:
    """The winner of a runoff, None when no ballot names anybody, and its rounds."""

    winner: int | None
    rounds: list[Round] = field(default_factory=list)


def counted(ballots: Iterable[Choices], offered: Collection[int], *, ranked: bool = False) -> dict[int, int]:
    """Return how many ballots choose each offered option; where ranked, choose it first."""
    votes = Counter(choice for choices in ballots for choice in (choices[:1] if ranked else choices))
    return {option: votes[option] for option in sorted(offered)}


def ahead(votes: dict[int, int]) -> list[int]:
    """Return the options with the most votes: several when they are equal, none when nobody voted."""
    most = max(votes.values(), default=0)
    return [option for option, number in votes.items() if number == most and most]


def drawn(seal: str, option: int) -> str:
    """Return the lot of an option: SHA-256 (hex) of the seal over all ballots, a colon and its position.

    Nobody knows the seal before the last ballot is cast, everybody can draw again afterwards. The lowest lot loses.
    """
    return sha256(f"{seal}:{option}".encode()).hexdigest()


def instant_runoff(ballots: Collection[Choices], offered: Collection[int], seal: str) -> Runoff:
    """Return who wins by instant-runoff voting, with every round.

    Each ballot counts for the first option on it that is still in the count. Who has more than half of the ballots
    that count wins. Otherwise the option with the fewest goes out and the next round begins. Of several with the
    fewest, the one goes out that had fewer in the first round in which they differ ("forwards" tie-breaking); if
    they never did, the lot decides (`drawn`).

    Source of the method: Robert's Rules of Order Newly Revised, 12th edition, 45:62-69, preferential voting; of the
    way to break ties: J. C. O'Neill, "Tie-Breaking with the Single Transferable Vote", Voting matters 18 (2004).
    """
    within, rounds = sorted(offered), list[Round]()
    while within:
        tops = Counter(next((choice for choice in choices if choice in within), None) for choices in ballots)
        votes = {option: tops[option] for option in within}
        total = sum(votes.values())
        if not total:
            return Runoff(None, [*rounds, Round(votes, tops[None])])
        best = max(within, key=lambda option: votes[option])
        if votes[best] * 2 > total:
            return Runoff(best, [*rounds, Round(votes, tops[None])])
        out, how = _last(within, votes, rounds, seal)
        rounds.append(Round(votes, tops[None], out, how))
        within.remove(out)
    return Runoff(None, rounds)


def _last(within: list[int], votes: dict[int, int], rounds: list[Round], seal: str) -> tuple[int, str]:
    """Return which option goes out, and how that was found."""
    tied, how = [option for option in within if votes[option] == min(votes.values())], "fewest"
    for earlier in rounds:
        if len(tied) > 1:
            fewest = min(earlier.votes[option] for option in tied)
            tied, how = [option for option in tied if earlier.votes[option] == fewest], "earlier"
    if len(tied) > 1:
        return min(tied, key=lambda option: drawn(seal, option)), "lot"
    return tied[0], how


def most_approved(votes: dict[int, int], seats: int, seal: str) -> tuple[list[int], list[int]]:
    """Return the options that take the seats, most votes first, and those between whom the lot decided.

    Nobody takes a seat without a vote. Equal votes at the last seat are decided by the lot; the highest wins.
    """
    standing = [option for option, number in votes.items() if number]
    order = sorted(standing, key=lambda option: (votes[option], drawn(seal, option)), reverse=True)
    chosen = order[:seats]
    if len(order) <= seats or not chosen or votes[order[seats]] != votes[chosen[-1]]:
        return chosen, []
    return chosen, sorted(option for option in order if votes[option] == votes[chosen[-1]])
