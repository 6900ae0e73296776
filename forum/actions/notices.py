"""Posting, changing and ending notices of a city or of the site."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forum import events
from forum.actions.attachments import place_images
from forum.actions.texts import cleaned
from forum.models import City, Notice
from forum.permissions.notices import can_change_notice, can_post_notice
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import require
from forum.text.markdown import RENDERER_VERSION, render

if TYPE_CHECKING:
    from accounts.models import User


def _text(title: str, body: str) -> dict[str, Any]:
    """Return the fields that follow from what was typed. Raises ValidationError for `title`."""
    title, body = title.strip(), cleaned(body)
    if not title:
        raise ValidationError({"title": _("Give the notice a title.")})
    html = render(body) if body else ""
    return {"title": title, "body": body, "html": html, "renderer_version": RENDERER_VERSION}


def _locked(notice: Notice, by: "User") -> Notice:
    notice = Notice.objects.select_for_update(of=("self",)).select_related("city").get(pk=notice.pk)
    require(can_change_notice(Viewer.of(by), notice))
    return notice


@transaction.atomic
def post_notice(
    city: City | None,
    *,
    by: "User",
    title: str,
    body: str = "",
    ends_at: datetime | None = None,
    at: datetime | None = None,
) -> Notice:
    """Post a notice of the city, or of the site when it is None, and return it.

    Raises Forbidden, and ValidationError for title or `ends_at`.
    """
    city = City.objects.get(pk=city.pk) if city else None
    require(can_post_notice(Viewer.of(by), city))
    now = at or timezone.now()
    if ends_at and ends_at <= now:
        raise ValidationError({"ends_at": _("This time is past.")})
    notice = Notice.objects.create(city=city, author=by, created_at=now, ends_at=ends_at, **_text(title, body))
    place_images(notice, notice.html, by=by)
    events.record("notice.posted", by=by, city=city, at=now, title=notice.title)
    return notice


@transaction.atomic
def edit_notice(notice: Notice, *, by: "User", title: str, body: str = "", ends_at: datetime | None = None) -> Notice:
    """Give the notice a new text and end, and return it; nothing changed records nothing.

    Raises Forbidden, and ValidationError for title.
    """
    notice = _locked(notice, by)
    changes = {**_text(title, body), "ends_at": ends_at}
    if all(getattr(notice, name) == value for name, value in changes.items()):
        return notice
    for name, value in changes.items():
        setattr(notice, name, value)
    notice.save(update_fields=list(changes))
    place_images(notice, notice.html, by=by)
    events.record("notice.changed", by=by, city=notice.city, title=notice.title)
    return notice


@transaction.atomic
def end_notice(notice: Notice, *, by: "User", reason: str = "", at: datetime | None = None) -> Notice:
    """End the notice now, and return it; one that has ended stays as it is. Raises Forbidden."""
    notice, now = _locked(notice, by), at or timezone.now()
    if notice.ends_at and notice.ends_at <= now:
        return notice
    notice.ends_at = now
    notice.save(update_fields=["ends_at"])
    events.record("notice.ended", by=by, city=notice.city, reason=reason.strip(), at=now, title=notice.title)
    return notice
