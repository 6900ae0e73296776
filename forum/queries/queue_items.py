"""What waits, with its context: the thing, who reported it, its author's past in the city, what may be decided."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from forum.models import Appeal, Application, Case, City, Hold, Post, Report, Rules, Sanction, Thread
from forum.permissions.decisions import TABLE, Decidable, Decision, can_take_decision
from forum.permissions.parties import ANOTHER_OFFICER
from forum.permissions.roles import Viewer
from forum.permissions.sanctions import RANK_OF_MODERATORS
from forum.permissions.verdicts import Verdict, denied
from forum.queries.conduct import Conduct, conduct_in
from forum.queries.queue_order import REPORT, Place
from forum.queries.reports import DEFAULT_REASONS, OTHER

REPORTS_SHOWN = 5
REPORTS_READ = 500


@dataclass(slots=True)
class Item:
    """One thing that waits.

    `is_party` says that the viewer has written in the thread it concerns, `is_left` that the city then leaves acts
    to another officer.
    """

    kind: str
    thing: Case | Hold | Application | Appeal
    reports: list[Report] = field(default_factory=list)
    conduct: Conduct = field(default_factory=Conduct)
    decisions: list[Decision] = field(default_factory=list)
    is_party: bool = False
    is_left: bool = False

    @property
    def key(self) -> str:
        """Its name among all that waits."""
        return f"{self.kind}-{self.thing.pk}"

    @property
    def decidable(self) -> Decidable:
        """The thing, where it is decided in the queue; an appeal has a page of its own."""
        assert not isinstance(self.thing, Appeal)
        return self.thing

    @property
    def post(self) -> Post | None:
        """The post it concerns."""
        return self.thing.post if isinstance(self.thing, Case | Hold) else None

    @property
    def thread(self) -> Thread | None:
        """The thread it concerns."""
        if self.post:
            return self.post.thread
        return self.thing.thread if isinstance(self.thing, Case) else None

    @property
    def person(self) -> User | None:
        """Whom it concerns: the author, who is reported, who applies or appeals."""
        thing = self.thing
        if isinstance(thing, Application):
            return thing.user
        if self.post:
            return self.post.author
        if self.thread:
            return self.thread.author
        return thing.person if isinstance(thing, Case | Appeal) else None

    @property
    def name(self) -> str:
        """What it is, in words."""
        person = self.person.name if self.person else ""
        if self.post:
            return _("Post %(number)s in %(title)s") % {"number": self.post.number, "title": self.post.thread.title}
        if self.thread:
            return self.thread.title
        if isinstance(self.thing, Application):
            return _("Application of %(name)s") % {"name": person}
        if isinstance(self.thing, Appeal):
            return _("Appeal of %(name)s") % {"name": person}
        return person or self.thing.city.name

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided it."""
        return self.thing.state in (Case.State.OPEN, Hold.State.WAITING)

    @property
    def proposed(self) -> dict[str, str]:
        """What the form of a decision holds at first: the reason of the weightiest report."""
        if not self.reports:
            return {}
        reason = self.reports[0].reason
        ground = reason if reason in Sanction.Reason.values else Sanction.Reason.OTHER.value
        return {"reason": "" if reason == OTHER else str(DEFAULT_REASONS.get(reason, reason)), "ground": ground}

    @property
    def more_reports(self) -> int:
        """How many reports are not shown."""
        return max(0, len(self.reports) - REPORTS_SHOWN)

    @property
    def first_reports(self) -> list[Report]:
        """The reports that are shown, the weightiest first."""
        return self.reports[:REPORTS_SHOWN]


def _rows(viewer: Viewer, kind: str) -> QuerySet[Any]:
    """Return the table of one kind with all that its items show."""
    posts = ("post__author", "post__thread__board", "post__thread__city")
    match kind:
        case "report":
            threads = ("thread__author", "thread__board", "thread__city")
            cases = Case.objects.select_related("city", "person", "decided_by", "escalated_by", *posts, *threads)
            return _with_party(viewer, cases, Q(thread=OuterRef("thread")) | Q(thread=OuterRef("post__thread")))
        case "held":
            holds = Hold.objects.select_related("city", "decided_by", *posts)
            return _with_party(viewer, holds, Q(thread=OuterRef("post__thread")))
        case "application":
            return Application.objects.select_related("city", "user", "decided_by")
    decision = ("decision__actor", "decision__person", "decision__thread", "decision__board", "decision__city")
    return Appeal.objects.select_related("city", "person", "decided_by", *decision)


def _with_party(viewer: Viewer, rows: QuerySet[Any], here: Q) -> QuerySet[Any]:
    """Return the rows with whether the viewer is party to the matter, and whether the city leaves it to another then.

    The same as `weigh_party` (forum/permissions/parties.py), for many at once.
    """
    return rows.annotate(
        is_party=Exists(Post.objects.filter(here, author=viewer.user)),
        is_left=Exists(Rules.objects.filter(city=OuterRef("city"), second_officer=True)),
    )


def _rank(item: Item) -> int:
    return RANK_OF_MODERATORS if item.person and item.person.is_staff else item.conduct.rank


def verdict_on(viewer: Viewer, decision: Decision, item: Item) -> Verdict:
    """Return whether the viewer may decide so about the item."""
    # Reports are decided by a party, too, but no act follows from that; a sanction counts as one when it names a post.
    is_act = decision.ability != "review" and (decision.ability != "sanction" or item.post)
    if item.is_left and is_act:
        return denied(ANOTHER_OFFICER)
    return can_take_decision(viewer, decision, item.decidable, rank=_rank(item))


def decisions_for(viewer: Viewer, item: Item) -> list[Decision]:
    """Return the decisions that the viewer may take about the item, in the order of the table."""
    if isinstance(item.thing, Appeal) or not item.is_open:
        return []
    return [decision for decision in TABLE if verdict_on(viewer, decision, item)]


def items_at(viewer: Viewer, city: City | None, places: Iterable[Place]) -> list[Item]:
    """Return the items at the places, in their order: a query for each kind, one for reports, one for conduct."""
    wanted: dict[str, list[int]] = {}
    places = list(places)
    for place in places:
        wanted.setdefault(place.kind, []).append(place.pk)
    found = {kind: _rows(viewer, kind).in_bulk(pks) for kind, pks in wanted.items()}
    reports = _reports(found.get(REPORT, {}))
    items = [
        Item(place.kind, thing, reports.get(place.pk, []) if place.kind == REPORT else [])
        for place in places
        if (thing := found[place.kind].get(place.pk))
    ]
    people = {item.person.pk for item in items if item.person}
    conduct = conduct_in(city, people) if city else {}
    for item in items:
        item.conduct = conduct.get(item.person.pk, Conduct()) if item.person else Conduct()
        item.is_party = getattr(item.thing, "is_party", False)
        item.is_left = item.is_party and getattr(item.thing, "is_left", False)
        item.decisions = decisions_for(viewer, item)
    return items


def _reports(cases: Mapping[int, Case]) -> dict[int, list[Report]]:
    if not cases:
        return {}
    rows = Report.objects.filter(case__in=list(cases)).exclude(state=Report.State.WITHDRAWN).select_related("reporter")
    by_case: dict[int, list[Report]] = {}
    for report in rows.order_by("-weight", "created_at", "pk")[:REPORTS_READ]:
        by_case.setdefault(report.case_id, []).append(report)
    return by_case
