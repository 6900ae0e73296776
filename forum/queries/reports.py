"""Reports: the reasons one may give, one's own reports, and the record of those who report."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q
from django.http import Http404
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from forum.models import City, Post, Report, Rules
from forum.permissions.posts import can_see_post
from forum.permissions.roles import Viewer
from forum.permissions.threads import can_see_thread
from forum.queries.paging import Slice, keyset
from forum.queries.people import memberships_of

REPORTS_PER_PAGE = 30
OTHER = "other"
AGAIN_AFTER = timedelta(days=30)
# What one may give as a reason where the city has no list of its own; "something else" stands in every list.
DEFAULT_REASONS: dict[str, Promise | str] = {
    "spam": _("Advertising or spam"),
    "abuse": _("Insults or threats"),
    "harassment": _("Harassment"),
    "privacy": _("Personal data of others"),
    "copyright": _("Copyright"),
    "off_topic": _("Off the topic, or on the wrong board"),
    "office": _("Misuse of office"),
    OTHER: _("Something else"),
}
# What a post or a thread cannot do.
_OF_PEOPLE = frozenset({"office"})
# What a city as a whole cannot do.
_OF_TEXTS = frozenset({"off_topic", "harassment"})


@dataclass(frozen=True, slots=True)
class Reporting:
    """How reports of one person were decided."""

    upheld: int = 0
    dismissed: int = 0


@dataclass(frozen=True, slots=True)
class OwnReport:
    """A report as who made it sees it; `is_shown` says whether they may still see the thing itself."""

    report: Report
    is_shown: bool


def reasons_for(city: City, kind: str) -> list[tuple[str, Promise | str]]:
    """Return the reasons for a report in the city as (value, words), for a post, thread, person or city; one query.

    The list is the city's own, one reason a line, if it has one.
    """
    text = Rules.objects.filter(city=city).values_list("report_reasons", flat=True).first() or ""
    own = list(dict.fromkeys(line.strip()[:120] for line in text.splitlines() if line.strip()))
    # A city that is reported itself does not choose what for.
    if own and kind != "city":
        return [*((reason, reason) for reason in own), (OTHER, DEFAULT_REASONS[OTHER])]
    left_out = _OF_PEOPLE if kind in ("post", "thread") else _OF_TEXTS if kind == "city" else frozenset()
    return [(name, words) for name, words in DEFAULT_REASONS.items() if name not in left_out]


def record_of_reporter(person: User, *, since: datetime | None = None) -> Reporting:
    """Return how the person's reports were decided, `since` then if given; one query."""
    rows = Report.objects.filter(reporter=person)
    if since:
        rows = rows.filter(decided_at__gte=since)
    upheld, dismissed = (Count("pk", filter=Q(state=state)) for state in (Report.State.UPHELD, Report.State.DISMISSED))
    return Reporting(**rows.aggregate(upheld=upheld, dismissed=dismissed))


def standing_report(person: User, thing: Mapping[str, Any], at: datetime | None = None) -> Report | None:
    """Return the person's report of the thing that still stands, with its case; one query.

    The thing is post=, thread=, or city= with person=. A report stands while it waits, and for 30 days after it was
    decided, unless the post was edited since.
    """
    about = {f"case__{name}": value for name, value in thing.items()}
    if not ({"post", "thread"} & thing.keys()):
        about |= {"case__post": None, "case__thread": None, "case__person": thing.get("person")}
    rows = Report.objects.filter(reporter=person, **about).exclude(state=Report.State.WITHDRAWN)
    report = rows.select_related("case__decided_by").order_by("-created_at", "-pk").first()
    if report is None or report.decided_at is None:
        return report
    post = thing.get("post")
    edited = post is not None and post.edited_at is not None and post.edited_at > report.decided_at
    return None if edited or report.decided_at < (at or timezone.now()) - AGAIN_AFTER else report


def _own(viewer: Viewer, report: Report) -> OwnReport:
    case = report.case
    if case.post:
        return OwnReport(report, is_shown=can_see_post(viewer, case.post))
    return OwnReport(report, is_shown=case.thread is None or can_see_thread(viewer, case.thread))


def reports_of(viewer: Viewer, *, marks: Mapping[str, Any]) -> Slice[OwnReport]:
    """Return one page of the viewer's own reports, the newest first; one query."""
    rows = Report.objects.filter(reporter=viewer.user).select_related(
        "case__city", "case__post__thread__city", "case__thread__city", "case__person", "case__decided_by"
    )
    page = keyset(rows.defer("case__post__body"), field="created_at", marks=marks, size=REPORTS_PER_PAGE)
    return Slice([_own(viewer, report) for report in page.items], page.older, page.newer)


def get_own_report(viewer: Viewer, pk: int) -> Report:
    """Return a report that the viewer made; raise Http404."""
    report = Report.objects.select_related("case__city").filter(reporter=viewer.user, pk=pk).first()
    if report is None:
        raise Http404("No such report")
    return report


def cities_of_person(viewer: Viewer, person: User) -> list[City]:
    """Return the cities in which the viewer may report the person: where they belong or wrote; two queries."""
    joined = {membership.city_id: membership.city for membership in memberships_of(viewer, person)}
    wrote = Post.objects.filter(author=person, is_hidden=False, thread__is_hidden=False)
    cities = City.objects.filter(pk__in=wrote.order_by().values("thread__city").distinct())
    if not viewer.is_moderator:
        cities = cities.filter(Q(visibility=City.Visibility.PUBLIC) | Q(pk__in=viewer.city_ids))
    return list((joined | {city.pk: city for city in cities[:200]}).values())
