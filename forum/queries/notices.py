"""Notices: those in force, and all that ever were."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from accounts.lasting import lasts_until
from accounts.prepared import Prepared
from forum.models import City, Notice
from forum.permissions.roles import Viewer
from forum.queries.paging import Slice, keyset

IN_FORCE_SHOWN = 3
NOTICES_PER_PAGE = 20


def _notices(city: City | None) -> QuerySet[Notice]:
    return Notice.objects.filter(city=city).select_related("author")


def _rows_in_force(at: datetime, *city: int) -> QuerySet[Notice]:
    rows = Notice.objects.filter(Q(ends_at=None) | Q(ends_at__gt=at), city=city[0] if city else None)
    return rows.defer("body").order_by("-created_at", "-pk")[:IN_FORCE_SHOWN]


_in_force = Prepared(_rows_in_force)


def _timed(notices: list[Notice]) -> list[Notice]:
    """Return the notices; what shows them holds until the next of them ends."""
    for notice in notices:
        lasts_until(notice.ends_at if notice.ends_at and notice.ends_at > timezone.now() else None)
    return notices


def notices_in_force(viewer: Viewer, city: City | None) -> list[Notice]:
    """Return the newest notices that have not ended, for the front page of the city, or of the site when it is None."""
    return _timed(_in_force(timezone.now(), *([city.pk] if city else [])))


def notices_of_city(viewer: Viewer, city: City | None, *, marks: Mapping[str, Any]) -> Slice[Notice]:
    """Return one page of all notices of the city, or of the site when it is None; the newest first."""
    page = keyset(_notices(city), field="created_at", marks=marks, size=NOTICES_PER_PAGE)
    _timed(page.items)
    return page


def notice_in_city(viewer: Viewer, city: City | None, pk: int) -> Notice:
    """Return a notice of the city, or of the site when it is None; raise Http404 when it has no such notice."""
    notice = _notices(city).filter(pk=pk).first()
    if notice is None:
        raise Http404("No such notice")
    return _timed([notice])[0]
