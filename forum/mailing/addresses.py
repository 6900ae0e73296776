"""Whom mail can reach: confirmed addresses that do not refuse it; and addresses that stop taking any."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from accounts.models import User
from forum.models import Suppression

FAILURES = 3  # that may pass, such as a full mailbox, within …
FORGOTTEN = timedelta(days=30)  # … which an address counts as dead
DETAIL = 300


def reachable(people: Iterable[int]) -> dict[int, str]:
    """Return the addresses of those of the people whom mail can reach, by their ids; one query.

    Only an address that its owner has confirmed gets mail, or anybody could have others written to.
    """
    rows = EmailAddress.objects.filter(
        ~Exists(_stopped().filter(user=OuterRef("user"), address__iexact=OuterRef("email"))),
        user__in=set(people),
        verified=True,
        email__iexact=F("user__email"),
        user__is_active=True,
        user__closes_at=None,
        user__is_claimable=False,
    )
    return dict(rows.values_list("user", "email"))


def _stopped() -> QuerySet[Suppression]:
    return Suppression.objects.filter(stopped_at__isnull=False)


def is_confirmed(person: User) -> bool:
    """Return whether the person's address is confirmed; one query."""
    return EmailAddress.objects.filter(user=person, email__iexact=person.email, verified=True).exists()


def suppression_of(person: User) -> Suppression | None:
    """Return what stops mail to the person's present address, if anything; one query."""
    return _stopped().filter(user=person, address__iexact=person.email).first() if person.email else None


@transaction.atomic
def stop_address(
    person: User, address: str, reason: str, detail: str = "", *, at: datetime | None = None
) -> Suppression:
    """Send nothing more to an address of the person; twice changes nothing."""
    row = _row(person, address, reason)
    if row.stopped_at is None:
        row.reason, row.detail, row.stopped_at = reason, detail[:DETAIL], at or timezone.now()
        row.save(update_fields=["reason", "detail", "stopped_at"])
    return row


@transaction.atomic
def count_failure(person: User, address: str, detail: str = "", *, at: datetime | None = None) -> Suppression:
    """Count a failure that may pass; too many of them within a month stop the address."""
    now = at or timezone.now()
    row = _row(person, address, Suppression.Reason.BOUNCED)
    if row.stopped_at is None:
        row.failures = row.failures + 1 if row.failed_at > now - FORGOTTEN else 1
        row.failed_at, row.detail = now, detail[:DETAIL]
        row.stopped_at = now if row.failures >= FAILURES else None
        row.save(update_fields=["failures", "failed_at", "detail", "stopped_at"])
    return row


def _row(person: User, address: str, reason: str) -> Suppression:
    row, _made = Suppression.objects.get_or_create(user=person, address=address.lower(), defaults={"reason": reason})
    return Suppression.objects.select_for_update().get(pk=row.pk)


def lift_suppression(person: User) -> int:
    """Try the person's present address again; return whether anything stopped it."""
    return Suppression.objects.filter(user=person, address__iexact=person.email).delete()[0] if person.email else 0
