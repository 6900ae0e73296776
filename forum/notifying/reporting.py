"""Who hears of reports: those who decide them, and in the end those who made them. Pure reads."""

from collections.abc import Iterator

from accounts.models import User
from forum.models import Case, Event, Report
from forum.permissions.reports import subject_of
from forum.permissions.roles import people_with

type Hearer = tuple[int, str]  # a person's id, and the kind of news


def _case(event: Event) -> Case | None:
    return Case.objects.select_related("city", "post", "thread").filter(pk=event.data.get("case")).first()


def deciders(event: Event) -> Iterator[Hearer]:
    """Yield who may decide what was reported, once for each case: the first report calls, others only add weight.

    Never who is under report; of what the site decides, its moderators.
    """
    case = _case(event)
    if case is None or case.state != Case.State.OPEN:
        return
    if event.kind == "report.filed":
        first = Report.objects.filter(case=case).order_by("created_at", "pk").values_list("pk", flat=True).first()
        if first != event.data.get("report"):
            return
    if case.escalated_at:
        people, kind = User.objects.filter(is_staff=True, is_active=True), "passed_on"
    else:
        people = User.objects.filter(people_with("review", case.city), memberships__city=case.city)
        kind = "reported"
    subject = subject_of(case)
    for pk in people.values_list("pk", flat=True):
        if pk != subject:
            yield pk, kind


def reporters(event: Event) -> Iterator[Hearer]:
    """Yield who reported what was decided now."""
    kind = "report_upheld" if event.kind == "case.upheld" else "report_dismissed"
    states = {"report_upheld": Report.State.UPHELD, "report_dismissed": Report.State.DISMISSED}
    decided = Report.objects.filter(case=event.data.get("case"), state=states[kind])
    for pk in decided.values_list("reporter", flat=True):
        yield pk, kind
