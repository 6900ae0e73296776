"""What letters may tell: their news that the readers may still see, and have not read on the site."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from forum.models import Block, Conversation, Letter, Notification
from forum.permissions.conversations import visible_conversations
from forum.permissions.posts import can_see_post
from forum.permissions.roles import Viewer
from forum.permissions.threads import can_see_thread

MOST = 200  # news in one letter; the newest are told


def news_in_letters(
    letters: Sequence[Letter], *, always: Collection[str], desk: Collection[str]
) -> dict[int, list[Notification]]:
    """Return the notifications that each letter tells, by its id: the newest first, with all they need.

    What the reader could no longer open is left out, and what is hidden now, for officers too: a mail cannot be
    taken back. So is what they have read on the site, and what a person did whom they have blocked; except of the
    kinds in `always`, which are decisions about them. Of the kinds in `desk` only an officer of the city hears. Two
    queries for all letters; one for each reader whose roles count, and one for each with private messages.
    """
    found, people = _news(letters, always), [letter.user_id for letter in letters]
    actors = {row.event.actor_id for rows in found.values() for row in rows}
    blocks = set(Block.objects.filter(user__in=people, blocked__in=actors).values_list("user", "blocked"))
    told: dict[int, list[Notification]] = {}
    for letter in letters:
        viewer, rows = Viewer.of(letter.user), found.get(letter.pk, [])
        left = _left(viewer, rows)
        told[letter.pk] = [
            row
            for row in rows
            if row.kind in always
            or (row.kind in desk and _is_for_officer(viewer, row))
            or (
                row.kind not in desk
                and (letter.user_id, row.event.actor_id) not in blocks
                and row.event.data.get("conversation") not in left
                and _is_seen(viewer, row)
            )
        ]
    return told


def _news(letters: Sequence[Letter], always: Collection[str]) -> dict[int, list[Notification]]:
    """Return what belongs to the letters and was not read; decisions all the same."""
    rows = Notification.objects.filter(letter__in=letters).defer("event__post__body", "event__post__thread__excerpt")
    rows = rows.select_related("event__actor", "event__city", "event__post__thread__city", "thread__city")
    found: dict[int, list[Notification]] = defaultdict(list)
    for row in rows.order_by("-created_at", "-pk"):
        if row.letter_id and (row.read_at is None or row.kind in always) and len(found[row.letter_id]) < MOST:
            found[row.letter_id].append(row)
    return found


def _is_for_officer(viewer: Viewer, row: Notification) -> bool:
    return viewer.is_officer(row.event.city) if row.event.city else viewer.is_moderator


def _is_seen(viewer: Viewer, row: Notification) -> bool:
    """Return whether what it is about is shown to everybody in its city, and the viewer belongs to these."""
    thread, post = row.thread, row.event.post
    if thread and (thread.is_hidden or not can_see_thread(viewer, thread)):
        return False
    return post is None or (not post.is_hidden and not post.thread.is_hidden and can_see_post(viewer, post))


def _left(viewer: Viewer, rows: Sequence[Notification]) -> set[int]:
    """Return the ids of conversations among the news that the viewer has left."""
    asked = {row.event.data["conversation"] for row in rows if "conversation" in row.event.data}
    if not asked:
        return set()
    return asked - set(
        visible_conversations(viewer, Conversation.objects.filter(pk__in=asked)).values_list("pk", flat=True)
    )
