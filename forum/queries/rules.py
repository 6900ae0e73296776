"""The rules of a city, and what waits for approval by them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.http import Http404
from django.utils import timezone

from forum.models import City, Hold, Rules
from forum.permissions.cities import can_see_city
from forum.permissions.records import record_of, rules_of
from forum.permissions.roles import Viewer
from forum.permissions.rules import can_decide_hold, may_apply_again, may_come
from forum.permissions.verdicts import Verdict
from forum.queries.boards import boards_of_city
from forum.queries.conduct import Conduct, conduct_in
from forum.queries.rule_words import Section, rules_in_words
from forum.text.holding import lines_of

TOLD_FOR = timedelta(days=30)  # as long as a refusal stands on one's own page
HOLDS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """Whether somebody may apply by the rules, the questions to answer, and how long a statement is at least."""

    verdict: Verdict
    questions: list[str]
    statement_length: int


@dataclass(frozen=True, slots=True)
class HeldPost:
    """A hold with its post, what the city knows of the author, and whether the viewer may decide it."""

    hold: Hold
    conduct: Conduct
    may_decide: Verdict


def rules_page(viewer: Viewer, city: City, rules: Rules | None = None) -> list[Section]:
    """Return the rules of the city in words, or those given instead; boards only for those who may read the city."""
    boards = boards_of_city(city) if can_see_city(viewer, city) else []
    return rules_in_words(city, rules or rules_of(city), boards)


def may_join_by_rules(viewer: Viewer, city: City) -> Verdict:
    """Return whether the viewer has what the city asks of those who join; at most one query."""
    return may_come(viewer, city, record_of(viewer, city))


def asked_of_applicants(viewer: Viewer, city: City, refused_at: datetime | None) -> Asked:
    """Return what the city asks of the viewer as an applicant whom it refused at that time; at most one query."""
    rules, verdict = rules_of(city), may_join_by_rules(viewer, city)
    verdict = may_apply_again(city, refused_at) if verdict else verdict
    return Asked(verdict, lines_of(rules.questions), rules.statement_length)


def hold_in_city(viewer: Viewer, city: City, pk: int) -> HeldPost:
    """Return a held post of the city with its author's conduct; two queries. Raises Http404 when there is none."""
    rows = Hold.objects.select_related("post__author", "post__thread__board", "post__addressed__author", "decided_by")
    hold = rows.filter(city=city, pk=pk).first()
    if hold is None:
        raise Http404("No such held post")
    hold.city = hold.post.thread.city = hold.post.thread.board.city = city
    author = hold.post.author_id
    return HeldPost(hold, conduct_in(city, [author]).get(author, Conduct()), can_decide_hold(viewer, hold))


def my_holds(viewer: Viewer) -> list[Hold]:
    """Return the viewer's own posts that wait for approval, and those refused lately; one query."""
    if viewer.user is None:
        return []
    lately = Q(state=Hold.State.REFUSED, decided_at__gt=timezone.now() - TOLD_FOR)
    rows = Hold.objects.filter(Q(state=Hold.State.WAITING) | lately, post__author=viewer.user)
    return list(rows.select_related("post__thread__city", "city").order_by("-created_at", "-pk")[:HOLDS_SHOWN])
