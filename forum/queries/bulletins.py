"""The best of one's cities in some days: what a bulletin tells."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from forum.models import Block, Election, Notice, Recommendation, Thread
from forum.permissions.roles import Viewer
from forum.permissions.threads import visible_threads

THREADS = 10
NOTICES = 5
ELECTIONS = 5


@dataclass(frozen=True, slots=True)
class Bulletin:
    """Threads, notices and votes of one's cities; every thread has `given`, its recommendations in these days."""

    threads: Sequence[Thread] = ()
    notices: Sequence[Notice] = ()
    elections: Sequence[Election] = ()


def bulletin_of(viewer: Viewer, since: datetime, until: datetime) -> Bulletin:
    """Return the best of the viewer's cities in these days; five queries with that for their roles, at most."""
    if not viewer.city_ids:
        return Bulletin()
    notices = Notice.objects.filter(city__in=viewer.city_ids, created_at__gte=since, created_at__lt=until)
    running = (Election.State.NOMINATING, Election.State.VOTING)
    elections = Election.objects.filter(city__in=viewer.city_ids, state__in=running)
    return Bulletin(
        threads=_best_threads(viewer, since, until),
        notices=list(notices.select_related("city").order_by("-created_at", "-pk")[:NOTICES]),
        elections=list(elections.select_related("city", "person").order_by("ends_at", "pk")[:ELECTIONS]),
    )


def _best_threads(viewer: Viewer, since: datetime, until: datetime) -> list[Thread]:
    """Return the threads most recommended in these days; when there are few, the most answered of the new ones too."""
    given = Recommendation.objects.filter(
        created_at__gte=since, created_at__lt=until, post__is_hidden=False, post__thread__in=_threads(viewer)
    )
    counts = dict(
        given.values_list("post__thread").annotate(given=Count("pk")).order_by("-given", "-post__thread")[:THREADS]
    )
    rows = _threads(viewer).select_related("city", "author")
    found = {thread.pk: thread for thread in rows.filter(pk__in=counts)}
    best = [found[pk] for pk in counts if pk in found]
    if len(best) < THREADS:
        new = rows.filter(created_at__gte=since, created_at__lt=until).exclude(pk__in=counts)
        best += new.order_by("-replies_count", "-pk")[: THREADS - len(best)]
    for thread in best:
        thread.given = counts.get(thread.pk, 0)  # type: ignore[attr-defined]
    return best


def _threads(viewer: Viewer) -> QuerySet[Thread]:
    """Return the threads of the viewer's cities that everybody there may see, without those of people they blocked."""
    rows = visible_threads(viewer, Thread.objects.filter(city__in=viewer.city_ids, is_hidden=False))
    return rows.exclude(author__in=Block.objects.filter(user=viewer.user).values("blocked"))
