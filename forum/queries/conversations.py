"""Conversations of the viewer: all of them, one with a page of its messages, and what of them is one's own."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import EmptyPage, Page, Paginator
from django.db.models import F, Q
from django.http import Http404
from django.urls import reverse

from accounts.models import User
from forum.models import Conversation, Message, Participant
from forum.permissions.conversations import (
    can_add_to_conversation,
    can_write_in_conversation,
    visible_conversations,
    with_blocks,
)
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import Verdict
from forum.queries.paging import Slice, keyset

MESSAGES_PER_PAGE = 20
MESSAGES_PER_PART = 500  # on paper
CHUNK = 200  # rows held at a time
NAMES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class ConversationRow:
    """A conversation in the list: who else is in it, its last message, and how many are unread.

    `is_folded`: the viewer has blocked who wrote last.
    """

    conversation: Conversation
    others: list[User]
    last: Message | None
    unread: int
    address: str
    is_folded: bool = False

    @property
    def more(self) -> int:
        """How many people are not named."""
        return max(0, len(self.others) - NAMES_SHOWN)

    @property
    def named(self) -> list[User]:
        """Those who are named."""
        return self.others[:NAMES_SHOWN]


@dataclass(slots=True)
class ShownMessage:
    """A message with what this viewer may know of it; `came` and `went` are those who joined and left after it."""

    message: Message
    is_mine: bool = False
    is_folded: bool = False
    is_first_new: bool = False
    came: list[Participant] = field(default_factory=list)
    went: list[Participant] = field(default_factory=list)


@dataclass(slots=True)
class ConversationPage:
    """What the page of a conversation shows."""

    me: Participant
    people: list[Participant]
    numbers: "Page[int]"
    pages: list[int | str]
    messages: list[ShownMessage]
    may_write: Verdict
    may_add: Verdict

    @property
    def conversation(self) -> Conversation:
        """The conversation itself."""
        return self.me.conversation

    @property
    def others(self) -> list[Participant]:
        """All but oneself, also those who left."""
        return [one for one in self.people if one.user_id != self.me.user_id]

    @property
    def names(self) -> list[User]:
        """All others who have not left; all others when everybody has."""
        present = [one.user for one in self.others if one.left_at is None]
        return present or [one.user for one in self.others]

    @property
    def last_number(self) -> int:
        """The number of the last message on this page."""
        return self.messages[-1].message.number if self.messages else 0


def new_place() -> Conversation:
    """Return what stands for a conversation that is still to begin: one that is not stored."""
    return Conversation()


def place_of_message(conversation: int, number: int) -> str:
    """Return the address of a message within its conversation; no query, for numbers never change."""
    page = max(number - 1, 0) // MESSAGES_PER_PAGE + 1
    return reverse("conversation", args=[conversation], query={"page": page}, fragment=f"m{number}")


def conversations_of(viewer: Viewer, *, marks: Mapping[str, Any]) -> Slice[ConversationRow]:
    """Return one page of the viewer's conversations, the one with the newest message first; three queries."""
    rows = visible_conversations(viewer, Conversation.objects.all())
    page = keyset(rows.annotate(read_number=F("participants__read_number")), field="last_message_at", marks=marks)
    pks = [conversation.pk for conversation in page.items]
    people: dict[int, list[User]] = defaultdict(list)
    blocked = set()
    rows_of_people = with_blocks(viewer, Participant.objects.filter(conversation__in=pks)).select_related("user")
    for one in rows_of_people.order_by("joined_after", "pk"):
        if one.user != viewer.user:
            people[one.conversation_id].append(one.user)
        if getattr(one, "is_blocked", False):
            blocked.add(one.user_id)
    newest = Message.objects.filter(conversation__in=pks, number=F("conversation__last_number"))
    last = {message.conversation_id: message for message in newest.select_related("author").defer("body")}
    items = [_row(one, people[one.pk], last.get(one.pk), blocked) for one in page.items]
    return Slice(items, page.older, page.newer)


def _row(conversation: Conversation, others: list[User], last: Message | None, blocked: set[int]) -> ConversationRow:
    read: int = getattr(conversation, "read_number", 0)
    unread = max(0, conversation.last_number - read)
    address = place_of_message(conversation.pk, read + 1 if unread else conversation.last_number)
    is_folded = last is not None and last.author_id in blocked
    return ConversationRow(conversation, others, last, unread, address, is_folded)


def get_participant(viewer: Viewer, conversation: int) -> Participant:
    """Return the viewer's place in the conversation, which comes along; raise Http404 when they have none."""
    rows = Participant.objects.present().select_related("conversation")
    found = rows.filter(conversation=conversation, user=viewer.user).first() if viewer.is_signed_in else None
    if found is None:
        raise Http404("No such conversation")
    return found


def people_in(viewer: Viewer, conversation: Conversation) -> list[Participant]:
    """Return all who are or were in the conversation, as the viewer stands with them; one query."""
    rows = Participant.objects.filter(conversation=conversation).select_related("user")
    return list(with_blocks(viewer, rows).order_by("joined_after", "pk"))


def conversation_page(
    viewer: Viewer, conversation: int, *, number: int | None = None, size: int = MESSAGES_PER_PAGE
) -> ConversationPage:
    """Return a page of the conversation: without `number` the one on which reading goes on. Three queries.

    Raises Http404 for a conversation or page that is not there for the viewer.
    """
    me = get_participant(viewer, conversation)
    people, total = people_in(viewer, me.conversation), me.conversation.last_number
    if number is None:
        number = max(min(me.read_number + 1, total) - 1, 0) // size + 1
    numbers, messages = _messages(me.conversation, number, size)
    present = any(one.user_id == me.user_id and one.left_at is None for one in people)
    return ConversationPage(
        me=me,
        people=people,
        numbers=numbers,
        pages=list(numbers.paginator.get_elided_page_range(numbers.number, on_each_side=2, on_ends=1)),
        messages=_shown(messages, people, me),
        may_write=can_write_in_conversation(viewer, people),
        may_add=can_add_to_conversation(viewer, me.conversation, present=present),
    )


def _messages(conversation: Conversation, number: int, size: int) -> "tuple[Page[int], list[Message]]":
    """Return a page of numbers and its messages, which have no gaps; one query. Raises Http404."""
    try:
        page = Paginator(range(max(conversation.last_number, 1)), size).page(number)
    except EmptyPage as problem:
        raise Http404("No such page") from problem
    start = (page.number - 1) * size
    rows = Message.objects.filter(conversation=conversation, number__gt=start, number__lte=start + size)
    return page, list(rows.select_related("author").order_by("number"))


def _shown(messages: list[Message], people: list[Participant], me: Participant) -> list[ShownMessage]:
    blocked = {one.user_id for one in people if getattr(one, "is_blocked", False)}
    shown = []
    for message in messages:
        is_mine, number = message.author_id == me.user_id, message.number
        shown.append(
            ShownMessage(
                message=message,
                is_mine=is_mine,
                is_folded=message.author_id in blocked,
                is_first_new=number == me.read_number + 1 and not is_mine and number > 1,
                came=[one for one in people if one.joined_after == number],
                went=[one for one in people if one.left_after == number],
            )
        )
    return shown


def get_message(viewer: Viewer, conversation: int, number: int) -> Message:
    """Return a message of a conversation of the viewer; raise Http404."""
    me = get_participant(viewer, conversation)
    rows = Message.objects.filter(conversation=me.conversation, number=number).select_related("author")
    message = rows.first()
    if message is None:
        raise Http404("No such message")
    message.conversation = me.conversation
    return message


def own_conversations(person: User) -> Iterator[Participant]:
    """Yield every conversation in which the person is or was, with who began it; one query."""
    rows = Participant.objects.filter(user=person).select_related("conversation__starter")
    yield from rows.order_by("conversation_id").iterator(CHUNK)


def own_messages(person: User) -> Iterator[Message]:
    """Yield the messages of the person's conversations, conversation by conversation, with their authors; one query.

    Of one that they left, what they wrote themselves.
    """
    mine = Participant.objects.present().filter(user=person).values("conversation")
    rows = Message.objects.filter(Q(author=person) | Q(conversation__in=mine)).select_related("author", "conversation")
    yield from rows.order_by("conversation_id", "number").iterator(CHUNK)
