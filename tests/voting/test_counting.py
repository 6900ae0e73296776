"""Counting ballots: by example, against slower ways of counting, and for what must always hold."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from forum.voting.counting import ahead, counted, drawn, instant_runoff, most_approved

OPTIONS = [1, 2, 3, 4]
rankings = st.lists(st.permutations(OPTIONS).flatmap(lambda order: st.integers(1, 4).map(lambda n: order[:n])))
sets_of_choices = st.lists(st.lists(st.sampled_from(OPTIONS), unique=True, min_size=1))
seals = st.text(alphabet="0123456789abcdef", min_size=64, max_size=64)


def test_who_has_more_than_half_wins_in_the_first_round() -> None:
    runoff = instant_runoff([[1, 2], [1], [1, 3], [2, 3]], OPTIONS, "seal")
    assert runoff.winner == 1
    assert len(runoff.rounds) == 1


def test_ballots_pass_on_to_the_next_choice() -> None:
    # 1 leads, but those of 3 prefer 2.
    ballots = [[1]] * 4 + [[2]] * 3 + [[3, 2]] * 2
    runoff = instant_runoff(ballots, [1, 2, 3], "seal")
    assert runoff.winner == 2
    assert [(one.votes, one.exhausted, one.out, one.how) for one in runoff.rounds] == [
        ({1: 4, 2: 3, 3: 2}, 0, 3, "fewest"),
        ({1: 4, 2: 5}, 0, None, ""),
    ]


def test_a_ballot_without_a_choice_left_is_exhausted() -> None:
    runoff = instant_runoff([[1]] * 3 + [[2]] * 2 + [[3]], [1, 2, 3], "seal")
    assert runoff.rounds[1].exhausted == 1
    assert runoff.winner == 1  # 3 of the 5 ballots that still count


def test_a_tie_is_broken_by_the_first_round_in_which_they_differ() -> None:
    # After 4 goes out, 2 and 3 are equal; 3 had fewer in the first round.
    ballots = [[1]] * 5 + [[2]] * 4 + [[3]] * 3 + [[4, 3]]
    runoff = instant_runoff(ballots, OPTIONS, "seal")
    assert (runoff.rounds[1].out, runoff.rounds[1].how) == (3, "earlier")


def test_a_tie_that_nothing_breaks_is_broken_by_the_lot_of_the_ballots() -> None:
    runoff = instant_runoff([[1], [2]], [1, 2], "seal")
    loser = min((1, 2), key=lambda option: drawn("seal", option))
    assert (runoff.rounds[0].out, runoff.rounds[0].how) == (loser, "lot")
    assert runoff.winner == 3 - loser


def test_without_ballots_nobody_wins() -> None:
    assert instant_runoff([], OPTIONS, "seal").winner is None
    assert ahead(counted([], OPTIONS)) == []
    assert most_approved(counted([], OPTIONS), 2, "seal") == ([], [])


def _slow_runoff(ballots: list[list[int]], options: list[int], seal: str) -> int | None:
    """Count by taking names off the ballots, as one would on paper."""
    papers, history = [list(ballot) for ballot in ballots], []
    options = list(options)
    while True:
        votes = {option: sum(1 for paper in papers if paper and paper[0] == option) for option in options}
        if sum(votes.values()) == 0:
            return None
        for option in options:
            if votes[option] > sum(votes.values()) / 2:
                return option
        history.append(votes)
        last = min(options, key=lambda option: (votes[option], [v[option] for v in history], drawn(seal, option)))
        options.remove(last)
        papers = [[option for option in paper if option != last] for paper in papers]


@given(rankings, seals)
def test_a_runoff_ends_as_it_does_on_paper(ballots: list[list[int]], seal: str) -> None:
    assert instant_runoff(ballots, OPTIONS, seal).winner == _slow_runoff(ballots, OPTIONS, seal)


@given(rankings, seals)
def test_in_each_round_every_ballot_is_somewhere_and_one_goes_out(ballots: list[list[int]], seal: str) -> None:
    rounds = instant_runoff(ballots, OPTIONS, seal).rounds
    assert all(sum(one.votes.values()) + one.exhausted == len(ballots) for one in rounds)
    assert [len(one.votes) for one in rounds] == [4, 3, 2, 1][: len(rounds)]
    assert all(one.votes[one.out] == min(one.votes.values()) for one in rounds if one.out)


@given(rankings, seals, st.sampled_from(list(permutations(OPTIONS))))
def test_the_order_of_the_ballots_changes_nothing(ballots: list[list[int]], seal: str, order: tuple[int, ...]) -> None:
    turned = sorted(ballots, key=lambda ballot: [order.index(option) for option in ballot])
    assert instant_runoff(turned, OPTIONS, seal) == instant_runoff(ballots, OPTIONS, seal)


@given(rankings, seals)
def test_who_has_a_majority_of_first_choices_wins(ballots: list[list[int]], seal: str) -> None:
    firsts = counted(ballots, OPTIONS, ranked=True)
    majority = [option for option, number in firsts.items() if number * 2 > len(ballots)]
    if majority:
        assert instant_runoff(ballots, OPTIONS, seal).winner == majority[0]


@given(rankings.filter(len), seals)
def test_the_winner_beats_the_other_of_the_last_two(ballots: list[list[int]], seal: str) -> None:
    runoff = instant_runoff(ballots, OPTIONS, seal)
    assert runoff.winner is not None
    last = runoff.rounds[-1].votes
    assert last[runoff.winner] == max(last.values())


@given(sets_of_choices)
def test_counting_choices_equals_looking_at_each_ballot(ballots: list[list[int]]) -> None:
    votes = counted(ballots, OPTIONS)
    assert votes == {option: sum(option in ballot for ballot in ballots) for option in OPTIONS}
    assert set(ahead(votes)) == {option for option in OPTIONS if votes[option] and votes[option] == max(votes.values())}


@given(sets_of_choices, st.integers(1, 4), seals)
def test_seats_go_to_those_with_the_most_votes(ballots: list[list[int]], seats: int, seal: str) -> None:
    votes = counted(ballots, OPTIONS)
    chosen, drawn_between = most_approved(votes, seats, seal)
    left = [option for option in OPTIONS if option not in chosen and votes[option]]
    assert len(chosen) == min(seats, sum(number > 0 for number in votes.values()))
    assert all(votes[one] >= votes[other] for one in chosen for other in left)
    assert len({votes[option] for option in drawn_between}) <= 1
