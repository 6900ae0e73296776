"""Blocks: who may block whom, and whom a block keeps from mentioning, messaging and notifying somebody."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from forum.models import Block
from forum.permissions.cities import SIGN_IN_FIRST
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import ALLOWED, Verdict, denied

if TYPE_CHECKING:
    from accounts.models import User


def can_block(viewer: Viewer, person: "User") -> Verdict:
    """Return whether the viewer may block the person: every member everybody but themselves, whatever office they hold.

    A block is about what one reads; what officers decide about oneself comes all the same.
    """
    if viewer.user is None:
        return denied(SIGN_IN_FIRST)
    if viewer.user.pk == person.pk:
        return denied(_("You cannot block yourself."))
    return ALLOWED


def is_blocked_by(person: "User", by: "User") -> bool:
    """Return whether `by` has blocked the person, who may then not mention them or write to them. One query."""
    return Block.objects.filter(user=by, blocked=person).exists()


def blockers_of(person_id: int, among: Iterable[int]) -> set[int]:
    """Return the ids of those among the people who have blocked the person. One query, none for nobody."""
    if not (asked := list(among)):
        return set()
    return set(Block.objects.filter(blocked=person_id, user__in=asked).values_list("user", flat=True))


def people_reached_by(person_id: int, people: "QuerySet[User]") -> "QuerySet[User]":
    """Return those of the people whom the person may mention, message and notify: who have not blocked them."""
    return people.exclude(pk__in=Block.objects.filter(blocked=person_id).values("user"))
