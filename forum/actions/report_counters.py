"""The stored weight of cases: how it changes with a report, and how it is added up anew."""

from django.db.models import F, IntegerField, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from forum.models import Case, Report


def case_weighed(case: Case, *, change: int) -> None:
    """Add the weight of a report that came, or take away that of one that was withdrawn."""
    Case.objects.filter(pk=case.pk).update(weight=F("weight") + change)


def recount_cases() -> None:
    """Add up the reports of every case anew; what was withdrawn does not count."""
    reports = Report.objects.filter(case=OuterRef("pk")).exclude(state=Report.State.WITHDRAWN)
    weights = reports.order_by().values("case").annotate(n=Sum("weight")).values("n")
    Case.objects.update(weight=Coalesce(Subquery(weights, output_field=IntegerField()), 0))
