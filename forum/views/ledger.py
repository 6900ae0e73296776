"""The ledger of a city: figures, plots, and the same as CSV."""

import csv
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from accounts.dates import say_month
from accounts.limits import limited
from accounts.models import User
from forum.publishing.plots import Plot, bars
from forum.queries.cities import readable_city_at
from forum.queries.ledger import SOURCES, Ledger, ledger_of_city
from forum.queries.periods import Period, Periods, all_months, periods_asked, terms_of_city
from forum.templatetags.ledger import lasted
from forum.views.requests import viewer_of

LABELS = {
    "reports": _("Reports"),
    "holds": _("Held posts"),
    "applications": _("Applications"),
    "appeals": _("Appeals"),
}


@require_GET
def show(request: HttpRequest, city: str) -> HttpResponse:
    """Show the figures of a year by month, or of all terms."""
    viewer = viewer_of(request)
    found = readable_city_at(viewer, city)
    periods = periods_asked(found, by=request.GET.get("by", ""), year=request.GET.get("year", ""))
    ledger = ledger_of_city(viewer, found, periods)
    context = {
        "city": found,
        "ways": _ways(periods),
        "open": [(label, ledger.open[source]) for source, label in LABELS.items()],
        "labels": LABELS.values(),
        "rows": _rows(ledger),
        "plots": _plots(ledger),
        **_by_officer(ledger),
    }
    return render(request, "ledger/show.html", context)


@limited("expensive", reads=True)
@require_GET
def download(request: HttpRequest, city: str) -> StreamingHttpResponse:
    """Send all figures of all months and terms: one figure a line, as spreadsheets and programs like it."""
    viewer = viewer_of(request)
    found = readable_city_at(viewer, city)
    months = ledger_of_city(viewer, found, all_months(found))
    terms = ledger_of_city(viewer, found, terms_of_city(found))
    lines = csv.writer(_Echo())
    rows = (lines.writerow(row) for row in _figures(months, terms))
    return StreamingHttpResponse(
        rows,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="ledger-{found.pk}.csv"'},
    )


class _Echo:
    """A file that gives back each line instead of keeping it."""

    def write(self, line: str) -> str:
        """Return the line."""
        return line


def _ways(periods: Periods) -> dict[str, Any]:
    """Return by what is counted, and the ways to the years before and after."""
    if periods.by == "term" or periods.since is None:
        return {"by": "term"}
    (first, last), this = periods.years, periods.rows[0].since
    return {
        "by": "month",
        "year": this,
        "earlier": date(this.year - 1, 1, 1) if this.year > first else None,
        "later": date(this.year + 1, 1, 1) if this.year < last else None,
    }


def _name(period: Period, by: str) -> str:
    """Return what a period is called."""
    if by == "month":
        return say_month(period.since)
    return period.mayor.name if period.mayor else "—"


def _rows(ledger: Ledger) -> list[dict[str, Any]]:
    """Return the table, the latest period first."""
    found = [
        {
            "period": period,
            "name": _name(period, ledger.periods.by),
            "line": line,
            "times": [line.times.get(source) for source in SOURCES],
        }
        for period, line in zip(ledger.periods.rows, ledger.lines, strict=True)
    ]
    return found[::-1]


def _plots(ledger: Ledger) -> list[tuple[Any, Plot]]:
    """Return a drawing of the acts, and one for each source that had decisions."""
    by = ledger.periods.by
    short = [str(row.since.month) if by == "month" else _name(row, by)[:3] for row in ledger.periods.rows]
    long = [_name(row, by) for row in ledger.periods.rows]
    acts = [line.decisions for line in ledger.lines]
    found: list[tuple[Any, Plot]] = [
        (_("Acts of officers"), bars(acts, short, long, [str(number_format(number)) for number in acts]))
    ]
    for source, label in LABELS.items():
        times = [line.times.get(source) for line in ledger.lines]
        seconds = [time.median.total_seconds() if time else None for time in times]
        plot = bars(seconds, short, long, [lasted(time.median) if time else "—" for time in times])
        if plot.has_bars:
            found.append((_("%(what)s: median time to decide") % {"what": label}, plot))
    return found


def _by_officer(ledger: Ledger) -> dict[str, Any]:
    """Return the officers who did most, and how often each did each kind of thing."""
    counts: Counter[tuple[str, User]] = Counter()
    for acts in ledger.acts:
        counts[acts.kind, acts.officer] += acts.count
    totals: Counter[User] = Counter()
    for (_kind, officer), number in counts.items():
        totals[officer] += number
    officers = [officer for officer, _number in totals.most_common()]
    kinds = sorted({kind for kind, _officer in counts})
    table = [(kind, [counts[kind, officer] for officer in officers]) for kind in kinds]
    return {"officers": officers, "kinds": table, "totals": [totals[officer] for officer in officers]}


def _figures(months: Ledger, terms: Ledger) -> Iterator[tuple[object, ...]]:
    """Yield the lines of the CSV: by what, which period, which figure, of what kind, by whom, how much."""
    yield ("by", "since", "mayor", "figure", "kind", "officer", "value")
    for source in SOURCES:
        yield ("now", "", "", "open", source, "", months.open[source])
    for ledger in (months, terms):
        for place, (period, line) in enumerate(zip(ledger.periods.rows, ledger.lines, strict=True)):
            head = (ledger.periods.by, period.since.isoformat(), period.mayor.username if period.mayor else "")
            yield (*head, "acts", "", "", line.decisions)
            yield (*head, "taken_back", "", "", line.undone)
            yield (*head, "appeals_granted", "", "", line.granted)
            for source, time in line.times.items():
                yield (*head, "decided", source, "", time.count)
                yield (*head, "median_hours", source, "", round(time.median.total_seconds() / 3600, 2))
            for acts in ledger.acts:
                if acts.place == place:
                    yield (*head, "acts", acts.kind, acts.officer.username, acts.count)
