"""How tests of elections vote, and who holds an office afterwards."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from accounts.models import User
from forum.actions.ballots import cast_ballot
from forum.models import Election, Membership
from tests.world import World

DAY = timedelta(days=1)


def roles(world: World) -> dict[str, str]:
    rows = Membership.objects.filter(city=world.stoneferry).exclude(role="citizen")
    return dict(rows.values_list("user__username", "role"))


def vote(election: Election, ballots: Iterable[tuple[User, list[str]]], at: datetime) -> None:
    election.refresh_from_db()
    options = list(election.poll.options.select_related("person"))
    places = {one.text if one.text in ("yes", "no") else one.person.username: one.position for one in options}
    for person, names in ballots:
        cast_ballot(election.poll, by=person, choices=[places[name] for name in names], at=at)
