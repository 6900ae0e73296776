"""Conversations: who reads them, writes in them, brings people in and leaves."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from forum.models import Block, Conversation, Participant
from forum.permissions.cities import SIGN_IN_FIRST, can_act_on_site
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import ALLOWED, Verdict, denied

MOST = 20  # people in one conversation

NOT_IN_IT = _("Only those who take part in a conversation may do this.")
NOBODY_LEFT = _("Everybody else has left this conversation.")
NOBODY_HEARS = _("Nobody in this conversation takes messages from you at present.")
BLOCKED_ALL = _("You have blocked everybody else in this conversation. Unblock somebody to write.")
STARTER_ADDS = _("Only who began a conversation adds people to it.")


def visible_conversations(viewer: Viewer, queryset: QuerySet[Conversation]) -> QuerySet[Conversation]:
    """Return the conversations in which the viewer takes part; a moderator sees no others either."""
    if viewer.user is None:
        return queryset.none()
    return queryset.filter(participants__user=viewer.user, participants__left_at=None)


def can_see_conversation(viewer: Viewer, conversation: Conversation) -> bool:
    """Return whether the viewer takes part in the conversation; one query."""
    if viewer.user is None:
        return False
    return Participant.objects.present().filter(conversation=conversation, user=viewer.user).exists()


def with_blocks(viewer: Viewer, people: QuerySet[Participant]) -> QuerySet[Participant]:
    """Return the participants with `blocks_me` and `is_blocked`, as the viewer stands with each."""
    return people.annotate(
        blocks_me=Exists(Block.objects.filter(user=OuterRef("user"), blocked=viewer.user)),
        is_blocked=Exists(Block.objects.filter(user=viewer.user, blocked=OuterRef("user"))),
    )


def can_write_in_conversation(viewer: Viewer, people: Iterable[Participant]) -> Verdict:
    """Return whether the viewer may write to the people of a conversation, who come from `with_blocks`; no query.

    Somebody must be there to read it: present, and neither blocking the viewer nor blocked.
    """
    verdict = can_act_on_site(viewer)
    if not verdict or viewer.user is None:
        return verdict
    present = {person.user_id: person for person in people if person.left_at is None}
    if viewer.user.pk not in present:
        return denied(NOT_IN_IT)
    others = [person for pk, person in present.items() if pk != viewer.user.pk]
    if not others:
        return denied(NOBODY_LEFT)
    if all(getattr(person, "is_blocked", False) for person in others):
        return denied(BLOCKED_ALL)
    if all(getattr(person, "is_blocked", False) or getattr(person, "blocks_me", False) for person in others):
        return denied(NOBODY_HEARS)
    return ALLOWED


def can_add_to_conversation(viewer: Viewer, conversation: Conversation, *, present: bool) -> Verdict:
    """Return whether the viewer may bring people in: who began it and is still `present`; no query."""
    if viewer.user is None:
        return denied(SIGN_IN_FIRST)
    if not present or viewer.user.pk != conversation.starter_id:
        return denied(STARTER_ADDS)
    return can_act_on_site(viewer)


def can_leave_conversation(viewer: Viewer, conversation: Conversation) -> Verdict:
    """Return whether the viewer may leave: everybody in it, also while suspended; one query."""
    return ALLOWED if can_see_conversation(viewer, conversation) else denied(NOT_IN_IT)


def people_who_hear(conversation_id: int, author_id: int | None) -> QuerySet[Participant]:
    """Return who hears of what the author wrote: those present who have not blocked the author."""
    others = Participant.objects.present().filter(conversation=conversation_id).exclude(user=author_id)
    return others.exclude(Q(user__blocks__blocked=author_id)) if author_id else others
