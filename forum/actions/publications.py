"""Asking for a book, and no longer wanting it; no record tells of it, for a book holds nothing new."""

from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from forum.models import Publication, Thread
from forum.permissions.publications import can_cancel_book, can_take_away
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import require
from forum.publishing.contents import Thing, content_of
from forum.publishing.queue import something_waits

DAY = timedelta(days=1)


def ask_for_book(
    thing: Thing, *, by: User | None, format: str, is_vertical: bool = False, at: datetime | None = None
) -> Publication:
    """Have a book made of the thread or digest, and return it; one that is there or under way already is that one.

    `by` is None for a visitor. Raises Forbidden, and ValidationError when too many are asked for.
    """
    viewer = Viewer.of(by)
    require(can_take_away(viewer, thing))
    kind = {"format": format, "is_vertical": is_vertical, "content": content_of(viewer, thing)}
    kind["thread" if isinstance(thing, Thread) else "digest"] = thing
    try:
        return _ask(kind, by, at or timezone.now())
    except IntegrityError:  # somebody else asked for the same at the same time
        return Publication.objects.get(state__in=Publication.LIVING, **kind)


@transaction.atomic
def _ask(kind: dict[str, object], by: User | None, now: datetime) -> Publication:
    if by:  # locked, so that who asks twice at once is counted twice
        User.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)
    found = Publication.objects.filter(state__in=Publication.LIVING, **kind).first()
    if found is not None:
        return found
    _check_limits(by, now)
    publication = Publication.objects.create(asked_by=by, asked_at=now, **kind)
    transaction.on_commit(partial(something_waits.set))
    return publication


def _check_limits(by: User | None, now: datetime) -> None:
    """Raise ValidationError when this person, or everybody together, asked for too many books."""
    waiting, most = Publication.objects.under_way(), settings.BOOKS_AT_ONCE
    if by:
        if waiting.filter(asked_by=by).count() >= most:
            text = ngettext(
                "%(count)s book of yours is still being made. Ask for the next one when it is ready.",
                "%(count)s books of yours are still being made. Ask for the next one when they are ready.",
                most,
            )
            raise ValidationError(text % {"count": most})
        if Publication.objects.filter(asked_by=by, asked_at__gt=now - DAY).count() >= settings.BOOKS_A_DAY:
            text = ngettext(
                "One may have %(count)s book a day made. The next one can be made tomorrow.",
                "One may have %(count)s books a day made. The next one can be made tomorrow.",
                settings.BOOKS_A_DAY,
            )
            raise ValidationError(text % {"count": settings.BOOKS_A_DAY})
    room = settings.BOOKS_WAITING if by else settings.BOOKS_WAITING // 2
    if waiting.count() >= room:
        raise ValidationError(_("Many books are being made at present. Please come back in a while."))


@transaction.atomic
def cancel_book(
    publication: Publication, *, by: User | None, is_own: bool = False, at: datetime | None = None
) -> Publication:
    """Stop the making of a book, and return it; one that is ready stays, and twice changes nothing.

    Raises Forbidden.
    """
    require(can_cancel_book(Viewer.of(by), publication, is_own=is_own))
    publication = Publication.objects.select_for_update(of=("self",), no_key=True).get(pk=publication.pk)
    if publication.is_under_way:
        publication.state, publication.finished_at = Publication.State.CANCELLED, at or timezone.now()
        publication.claim = publication.claimed_until = None
        publication.save(update_fields=["state", "finished_at", "claim", "claimed_until"])
    return publication
