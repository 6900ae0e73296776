"""Applications: those that wait, those decided, and one's own."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.http import Http404

from forum.models import Application, City, Membership, Post
from forum.permissions.memberships import can_admit_citizens
from forum.permissions.roles import Viewer

WAITING_SHOWN = 50
DECIDED_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Applicant:
    """An application with the record of who sent it: shown posts on the site, cities, earlier refusals here."""

    application: Application
    posts: int
    cities: int
    refusals: int


def waiting_count(viewer: Viewer, city: City) -> int:
    """Return how many applications wait, as far as the viewer may decide them."""
    if not can_admit_citizens(viewer, city):
        return 0
    return Application.objects.filter(city=city, state=Application.State.WAITING).count()


def waiting_applications(viewer: Viewer, city: City) -> list[Applicant]:
    """Return the applications that wait, the oldest first, with the applicants' records; four queries."""
    rows = Application.objects.filter(city=city, state=Application.State.WAITING).select_related("user")
    return _with_records(city, list(rows.order_by("created_at", "pk")[:WAITING_SHOWN]))


def decided_applications(viewer: Viewer, city: City) -> list[Application]:
    """Return the applications decided last."""
    states = (Application.State.ACCEPTED, Application.State.REFUSED)
    rows = Application.objects.filter(city=city, state__in=states).select_related("user", "decided_by")
    return list(rows.order_by("-decided_at", "-pk")[:DECIDED_SHOWN])


def _with_records(city: City, rows: list[Application]) -> list[Applicant]:
    people = [row.user_id for row in rows]
    posts = Post.objects.filter(author__in=people, is_hidden=False, thread__is_hidden=False)
    written = dict(posts.order_by().values_list("author").annotate(number=Count("pk")))
    joined = dict(Membership.objects.filter(user__in=people).values_list("user").annotate(number=Count("pk")))
    refused = dict(
        Application.objects.filter(city=city, user__in=people, state=Application.State.REFUSED)
        .values_list("user")
        .annotate(number=Count("pk"))
    )
    return [
        Applicant(row, written.get(row.user_id, 0), joined.get(row.user_id, 0), refused.get(row.user_id, 0))
        for row in rows
    ]


def applicant_in_city(viewer: Viewer, city: City, pk: int) -> Applicant:
    """Return an application to the city with the applicant's record; raise Http404 when there is none."""
    row = Application.objects.select_related("user", "decided_by").filter(city=city, pk=pk).first()
    if row is None or row.state == Application.State.WITHDRAWN:
        raise Http404("No such application")
    return _with_records(city, [row])[0]


def applications_of(user: int) -> QuerySet[Application]:
    """Return the person's own applications that wait or were refused, the last one first."""
    states = (Application.State.WAITING, Application.State.REFUSED)
    rows = Application.objects.filter(user=user, state__in=states)
    return rows.select_related("decided_by").order_by("-created_at", "-pk")


def my_application(viewer: Viewer, city: City) -> Application | None:
    """Return the viewer's own application to the city: the one that waits, else the last one refused."""
    if viewer.user is None or viewer.is_citizen(city):
        return None
    return applications_of(viewer.user.pk).filter(city=city).first()
