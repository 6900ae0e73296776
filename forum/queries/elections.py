"""Elections as the viewer sees them: all of a city, one with its candidates, and the one that is under way."""

from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.http import Http404
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.models import User
from forum.models import Candidacy, City, Election, Membership, Voter
from forum.permissions.elections import can_cancel_election, can_propose, can_see_election, can_stand
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import Verdict
from forum.queries.polls import ShownPoll, shown_poll

SHOWN = 50
RUNNING = (Election.State.NOMINATING, Election.State.VOTING)


@dataclass(frozen=True, slots=True)
class ShownElection:
    """An election with its candidates, its vote, and what the viewer may do. `mine` is their own candidacy."""

    election: Election
    title: str
    poll: ShownPoll
    candidates: list[Candidacy]
    proposed: list[Candidacy]
    mine: Candidacy | None
    is_on_roll: bool
    roll: int
    may_stand: Verdict
    may_propose: Verdict
    may_cancel: Verdict

    @property
    def is_about_one(self) -> bool:
        """Whether one answers yes or no."""
        return any(one.option.text == "no" and one.option.person_id is None for one in self.poll.options)

    @property
    def seal(self) -> str:
        """The seal over all ballots, once they are counted."""
        return str((self.poll.poll.result or {}).get("seal", ""))


def title_of(election: Election) -> str:
    """Return what the vote is about."""
    if election.person:
        return _("Vote on the recall of %(name)s") % {"name": election.person.name}
    return _("Election of the mayor") if election.office == Election.Office.MAYOR else _("Election of deputy mayors")


def _whole() -> QuerySet[Election]:
    return Election.objects.select_related("city", "person", "poll", "called_by")


def elections_of_city(viewer: Viewer, city: City) -> list[Election]:
    """Return the elections of the city, those under way first, then the newest; one query."""
    rows = list(_whole().filter(city=city).order_by("-called_at", "-pk")[:SHOWN])
    return sorted(rows, key=lambda row: row.state not in RUNNING)


def get_election(viewer: Viewer, city: City, pk: int) -> Election:
    """Return an election of the city; raise Http404 when the viewer sees none."""
    election = _whole().filter(city=city, pk=pk).first()
    if election is None or not can_see_election(viewer, election):
        raise Http404("No such election")
    election.city = election.poll.city = city
    return election


def is_due(election: Election) -> bool:
    """Return whether the time has come to go on with the election."""
    now = timezone.now()
    if election.state == Election.State.NOMINATING:
        return (election.nominations_end_at or now) <= now
    return election.state == Election.State.VOTING and election.ends_at <= now


def shown_election(viewer: Viewer, election: Election) -> ShownElection:
    """Return the election with everything its page shows; five queries."""
    rows = Candidacy.objects.filter(election=election).select_related("user", "proposed_by").order_by("pk")
    candidacies = [row for row in rows if row.withdrawn_at is None]
    poll = election.poll
    # The election is told in the reader's language, the poll keeps what it was called.
    poll.question = title_of(election)
    shown = shown_poll(viewer, poll)
    is_on_roll = _is_on_roll(viewer, election)
    return ShownElection(
        election=election,
        title=title_of(election),
        poll=shown,
        candidates=[row for row in candidacies if row.consented_at],
        proposed=[row for row in candidacies if not row.consented_at],
        mine=next((row for row in candidacies if viewer.user and row.user_id == viewer.user.pk), None),
        is_on_roll=is_on_roll,
        roll=Voter.objects.filter(poll=poll).count(),
        may_stand=can_stand(viewer, election, is_on_roll=is_on_roll),
        may_propose=can_propose(viewer, election, is_on_roll=is_on_roll),
        may_cancel=can_cancel_election(viewer, election),
    )


def _is_on_roll(viewer: Viewer, election: Election) -> bool:
    return viewer.user is not None and Voter.objects.filter(poll=election.poll_id, user=viewer.user).exists()


def my_candidacy(viewer: Viewer, election: Election) -> Candidacy:
    """Return the viewer's candidacy; raise Http404 when they neither stand nor are proposed."""
    row = Candidacy.objects.filter(election=election, user=viewer.user).first()
    if row is None:
        raise Http404("No such candidacy")
    return row


def officers_to_recall(viewer: Viewer, city: City) -> list[User]:
    """Return the officers of the city in the order of their offices."""
    return [row.user for row in Membership.objects.filter(city=city).by_office().select_related("user")]


def with_running_election(cities: QuerySet[City]) -> QuerySet[City]:
    """Return the cities with `running_election`: number, office, state and end of the latest vote under way."""
    rows = Election.objects.filter(city=OuterRef("pk"), state__in=RUNNING).order_by("-called_at", "-pk")
    fields = JSONObject(pk="pk", office="office", state="state")
    return cities.annotate(running_election=Subquery(rows.values(found=fields)[:1]))


@dataclass(frozen=True, slots=True)
class RunningVote:
    """What a city's front page says of a vote under way."""

    pk: int
    title: str | Promise
    is_voting: bool


def running_vote(city: Any) -> RunningVote | None:
    """Return the vote under way of a city loaded `with_running_election`; no query."""
    found = getattr(city, "running_election", None)
    if not found:
        return None
    titles = {
        Election.Office.MAYOR: _("Election of the mayor"),
        Election.Office.DEPUTY: _("Election of deputy mayors"),
        Election.Office.RECALL: _("Vote on a recall"),
    }
    return RunningVote(found["pk"], titles[found["office"]], found["state"] == Election.State.VOTING)
