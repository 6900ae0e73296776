"""Decisions about the viewer, with their appeals; and an appeal as those see it who decide it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from accounts.models import User
from forum.models import Appeal, Application, City, Event, Hold, Post
from forum.permissions.appeals import PERIOD, can_appeal, can_decide_appeal, can_pass_appeal_on, decisions_about
from forum.permissions.appeals import may_hear as may_hear_appeal
from forum.permissions.records import rules_of
from forum.permissions.roles import Viewer
from forum.permissions.threads import can_see_thread
from forum.permissions.verdicts import Verdict
from forum.queries.conduct import Conduct, conduct_in
from forum.queries.paging import Slice, keyset


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision about a person: what it was about, whether it was taken back, and the appeal against it."""

    event: Event
    application: Application | None
    post: Post | None
    is_undone: bool
    is_place_seen: bool
    may_appeal: Verdict

    @property
    def appeal(self) -> Appeal | None:
        """The appeal against it, if there is one."""
        return getattr(self.event, "appeal", None)

    @property
    def hold(self) -> Hold | None:
        """How the refused post had waited."""
        return getattr(self.event.post, "hold", None) if self.event.kind == "post.refused" else None

    @property
    def answer(self) -> str:
        """Why, in the words of who decided."""
        if self.application:
            return self.application.answer
        return self.hold.answer if self.hold else self.event.reason

    @property
    def appeal_until(self) -> datetime:
        """The last moment of an appeal."""
        return self.event.created_at + PERIOD

    @property
    def due_at(self) -> datetime | None:
        """By when an answer to the appeal is promised."""
        return due_at(self.appeal, self.event.city) if self.appeal else None


@dataclass(frozen=True, slots=True)
class Hearing:
    """An appeal with the decision, and what the city knows of the person, for who decides about it."""

    appeal: Appeal
    decision: Decision
    conduct: Conduct
    may_decide: Verdict
    may_pass_on: Verdict

    @property
    def person(self) -> User:
        """Who appeals."""
        return self.appeal.person

    @property
    def due_at(self) -> datetime:
        """By when an answer is promised."""
        return due_at(self.appeal, self.appeal.city)


def due_at(appeal: Appeal, city: City | None) -> datetime:
    """Return by when those who hear the appeal promised to decide; no query when the city's rules are loaded."""
    return appeal.created_at + timedelta(hours=rules_of(city or City()).decision_hours)


def _whole(rows: QuerySet[Event]) -> QuerySet[Event]:
    places = ("city__rules", "post__thread__city", "post__hold", "thread__city", "sanction__post__thread__city")
    return rows.select_related("actor", "person", "undone_by", "appeal__decided_by", *places)


def decision_of(event: Event) -> Event:
    """Return the event with all that it is about, as it stands now; one query."""
    return _whole(Event.objects.all()).get(pk=event.pk)


def is_taken_back(decision: Event, application: Application | None = None) -> bool:
    """Return whether the decision stands no more: lifted, restored, admitted after all. One that ran out did stand."""
    if getattr(decision, "undone_by", None) is not None:
        return True
    match decision.kind:
        case "post.hidden" | "post.refused":
            return decision.post is None or not decision.post.is_hidden
        case "thread.hidden":
            return decision.thread is None or not decision.thread.is_hidden
        case "application.refused":
            return application is not None and application.state != Application.State.REFUSED
    return decision.sanction is not None and decision.sanction.lifted_at is not None


def _decisions(viewer: Viewer, rows: Iterable[Event]) -> list[Decision]:
    """Return the decisions with the applications that they refused; one query where there are any."""
    rows = list(rows)
    refused = [row.data.get("application", 0) for row in rows if row.kind == "application.refused"]
    applications = Application.objects.select_related("user").in_bulk(refused) if refused else {}
    found = []
    for row in rows:
        application = applications.get(row.data.get("application", 0))
        is_undone = is_taken_back(row, application)
        verdict = can_appeal(viewer, row, is_undone=is_undone)
        post = row.post or (row.sanction.post if row.sanction else None)
        thread = row.thread or (post.thread if post else None)
        seen = thread is not None and can_see_thread(viewer, thread)
        found.append(Decision(row, application, post, is_undone, seen, verdict))
    return found


def decisions_of(viewer: Viewer, *, marks: Mapping[str, Any]) -> Slice[Decision]:
    """Return one page of what was decided about the viewer in all cities, the newest first; four queries at most.

    Raises Http404 for a mark that cannot be read.
    """
    page = keyset(_whole(decisions_about(viewer)), field="created_at", marks=marks)
    return Slice(_decisions(viewer, page.items), page.older, page.newer)


def decision_about(viewer: Viewer, pk: int) -> Decision:
    """Return one decision about the viewer; raise Http404 for anything else."""
    row = _whole(decisions_about(viewer)).filter(pk=pk).first()
    if row is None:
        raise Http404("No such decision about you")
    return _decisions(viewer, [row])[0]


def removed_text(decision: Decision) -> Post | None:
    """Return the post that the decision took away or was about: of a hidden thread the opening post."""
    if decision.post or decision.event.thread is None:
        return decision.post
    return Post.objects.filter(thread=decision.event.thread, number=1).first()


def hearing_in(viewer: Viewer, city: City | None, pk: int) -> Hearing:
    """Return an appeal in the city, or one about the whole site when it is None, with all that deciding it needs.

    Raises Http404 when there is none that the viewer may read.
    """
    rows = Appeal.objects.select_related("city__rules", "person", "decided_by", "decision")
    appeal = rows.filter(pk=pk, city=city).exclude(state=Appeal.State.WITHDRAWN).first()
    if appeal is None or not may_hear_appeal(viewer, appeal):
        raise Http404("No such appeal")
    conduct = conduct_in(city, [appeal.person_id]).get(appeal.person_id, Conduct()) if city else Conduct()
    return Hearing(
        appeal=appeal,
        decision=_decisions(viewer, [decision_of(appeal.decision)])[0],
        conduct=conduct,
        may_decide=can_decide_appeal(viewer, appeal),
        may_pass_on=can_pass_appeal_on(viewer, appeal),
    )
