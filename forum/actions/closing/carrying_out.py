"""Closing an account: step by step, each of which may be done again, so that a crash between them loses nothing."""

from datetime import datetime

from django.db import transaction

from accounts.farewell import forget_account
from accounts.models import User
from forum import events
from forum.actions.closing.forgetting import forget
from forum.actions.closing.keeping import forget_digests, forget_pictures, forget_reported_messages
from forum.actions.closing.leaving import leave_everything
from forum.actions.closing.names import forget_earlier_names, take_name_out
from forum.actions.closing.texts import take_texts_back
from forum.actions.profiles import forget_picture

MOST_POSTS = 500  # whose texts are taken back in one go; more of them a minute later


def accounts_to_close(at: datetime) -> list[User]:
    """Return the people whose accounts are to be closed by then, in the order in which they asked."""
    return list(User.objects.filter(closes_at__lte=at).order_by("closes_at", "pk"))


def settle_closing(person: User, *, at: datetime) -> bool:
    """Close the account as far as it can be done now; return whether anything was done.

    From the first step on nobody can sign in any more. The account is closed when all of it is done.
    """
    if not _shut(person, at=at):
        return False
    person.refresh_from_db()
    leave_everything(person, at=at)
    if person.farewell == User.Farewell.BLANK and take_texts_back(person, at=at, most=MOST_POSTS) == MOST_POSTS:
        return True
    forget_pictures(person)
    forget_digests(person)
    forget_reported_messages(person)
    if person.is_nameless:
        take_name_out(person, at=at)
    forget_earlier_names(person)
    forget(person)
    _end(person, at=at)
    return True


@transaction.atomic
def _shut(person: User, *, at: datetime) -> bool:
    """Let nobody sign in with the account any more; return whether it is to be closed."""
    person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    if person.closes_at is None or person.closes_at > at:
        return False
    if person.is_active:
        person.is_active = False
        person.save(update_fields=["is_active"])
    return True


@transaction.atomic
def _end(person: User, *, at: datetime) -> None:
    """Empty the account itself, and record that it is closed."""
    person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    if person.closed_at:
        return
    picture = person.avatar
    forget_account(person)
    person.closes_at, person.closed_at = None, at
    person.save(update_fields=["closes_at", "closed_at"])
    events.record("account.closed", by=person, person=person, at=at)
    transaction.on_commit(lambda: forget_picture(picture))
