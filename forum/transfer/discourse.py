"""The JSON that Discourse serves, read into plain terms: topic files and post files."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from forum.text.foreign import emoji
from forum.transfer.topics import Entry, LeftOut, Topic, Unreadable

POST_KINDS = (1, 2)  # by members, by moderators
ACT, WHISPER = 3, 4
LIKE = 2
MOST, HIGHEST_ID = 2**31 - 1, 2**63 - 1  # what a counter of the database holds, and an id
OLDEST = 1970
_EMOJI = re.compile(r"(?<![\w:]):[a-z+-][a-z0-9_+-]*:(?![\w:])")

Note = Callable[[str], None]
Data = Mapping[str, Any]


def is_topic(data: Any) -> bool:
    """Return whether this is a topic with posts of its own."""
    return isinstance(data, dict) and isinstance(data.get("post_stream"), dict)


def is_post(data: Any) -> bool:
    """Return whether this is one post that names its topic."""
    return isinstance(data, dict) and _whole(data.get("topic_id"), HIGHEST_ID) > 0 and "post_number" in data


def category_names(data: Any) -> dict[int, str]:
    """Return id → name of the categories that a list of categories names; {} for anything else."""
    found = data.get("category_list", data) if isinstance(data, dict) else {}
    rows = found.get("categories") if isinstance(found, dict) else None
    rows = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    return {_whole(row.get("id")): name for row in rows if (name := _words(row.get("name")).strip())}


def read_topic(data: Data, file: str, note: Note) -> Topic:
    """Return the topic of a topic file; `note` hears of entries left out.

    Raises Unreadable when the topic or any entry is not sound, LeftOut when nobody is meant to see it.
    """
    if data.get("deleted_at"):
        raise LeftOut("was deleted")
    if data.get("archetype") == "private_message":
        raise LeftOut("is a private message")
    topic = Topic(
        source_id=_whole(data.get("id"), HIGHEST_ID),
        slug=_words(data.get("slug"))[:200],
        title=_title(data.get("unicode_title") or data.get("title")),
        category=_whole(data.get("category_id")) or None,
        file=file,
        views=_whole(data.get("views")),
        is_pinned=bool(data.get("pinned") or data.get("pinned_globally")),
        is_locked=bool(data.get("closed") or data.get("archived")),
        is_listed=data.get("visible") is not False,
    )
    if not topic.source_id or not topic.title:
        raise Unreadable("has no id" if not topic.source_id else "has no title")
    posts, stream = data["post_stream"].get("posts"), data["post_stream"].get("stream")
    if not isinstance(posts, list) or not posts:
        raise Unreadable("has no posts")
    for post in posts:
        add_entry(topic, post, note)
    missing = set(stream) - {post.get("id") for post in posts} if _are_ids(stream) else set()
    if missing:
        note(f"{len(missing)} of its posts are not in this file")
    return topic


def topic_of_posts(topic_id: int, posts: Sequence[tuple[str, Data]]) -> Topic:
    """Return a topic without entries yet, with what its post files say about it. Raises Unreadable, LeftOut."""

    def first(*names: str) -> Any:
        return next((data[name] for _, data in posts for name in names if data.get(name)), None)

    if first("topic_archetype", "archetype") == "private_message":
        raise LeftOut("is a private message")
    title = _title(first("topic_title", "title"))
    if not title:
        raise Unreadable("none of its posts says the title of the topic")
    return Topic(
        source_id=topic_id,
        slug=_words(first("topic_slug"))[:200],
        title=title,
        category=_whole(first("category_id")) or None,
        file=posts[0][0],
        views=_whole(first("topic_views")),
    )


def take_states_from_acts(topic: Topic) -> None:
    """Close and pin a topic as its acts say, where nothing else does."""
    for number in sorted(topic.entries):
        match topic.entries[number].code.rpartition(".")[::2]:
            case "closed" | "autoclosed" | "archived", turn:
                topic.is_locked = turn == "enabled"
            case "pinned" | "pinned_globally", turn:
                topic.is_pinned = turn == "enabled"


def add_entry(topic: Topic, data: Any, note: Note) -> None:
    """Add one post or act to the topic; `note` hears when it is left out. Raises Unreadable."""
    try:
        entry = read_entry(data)
    except LeftOut as reason:
        note(str(reason))
        return
    twin = topic.entries.setdefault(entry.number, entry)
    if twin is not entry and twin.source_id != entry.source_id:
        note(f"post {entry.number} stands there twice; the first one was taken")


def read_entry(data: Any) -> Entry:
    """Return one post or act. Raises Unreadable, and LeftOut for what was deleted or never public."""
    if not isinstance(data, dict) or not (number := _whole(data.get("post_number"))):
        raise Unreadable("holds a post without a number")
    kind = data.get("post_type", 1)
    if data.get("deleted_at") or data.get("user_deleted"):
        raise LeftOut(f"post {number} was deleted")
    if kind == WHISPER or kind not in (*POST_KINDS, ACT):
        raise LeftOut(f"post {number} was {'for staff only' if kind == WHISPER else f'of an unknown kind, {kind}'}")
    author = _words(data.get("username")).strip()
    if not author:
        raise Unreadable(f"post {number} has no author")
    if kind in POST_KINDS and not isinstance(data.get("raw"), str) and not isinstance(data.get("cooked"), str):
        raise Unreadable(f"post {number} has no text")
    at = _time(data.get("created_at"))
    if at is None:
        raise Unreadable(f"post {number} has no date")
    versions = max(_whole(data.get("version")), 1)
    return Entry(
        number=number,
        source_id=_whole(data.get("id"), HIGHEST_ID) or None,
        author=author[:100],
        author_name=_words(data.get("name")).strip()[:60],
        at=at,
        raw=_words(data.get("raw")),
        cooked=_words(data.get("cooked")),
        to=_whole(data.get("reply_to_post_number")) or None,
        earlier_edits=versions - 1,
        edited_at=(_time(data.get("updated_at")) or at) if versions > 1 else None,
        recommendations=_likes(data),
        is_hidden=data.get("hidden") is True,
        code=_words(data.get("action_code"))[:60] or "unknown" if kind == ACT else "",
    )


def _likes(data: Data) -> int:
    acts = data.get("actions_summary")
    rows = [row for row in acts if isinstance(row, dict)] if isinstance(acts, list) else []
    counted = sum(_whole(row.get("count")) for row in rows if row.get("id") == LIKE)
    return min(counted or _whole(data.get("like_count")), MOST)


def _whole(value: Any, most: int = MOST) -> int:
    """Return a whole number from 0 to what the database holds, 0 for anything else."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most else 0


def _words(value: Any) -> str:
    """Return text that a database takes, "" for anything else."""
    if not isinstance(value, str):
        return ""
    try:
        value.encode()
    except UnicodeEncodeError:  # halves of characters, which JSON can spell
        value = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return value.replace("\0", "")


def _title(value: Any) -> str:
    """Return a title with emoji where it has their names."""
    return _EMOJI.sub(lambda found: emoji(found[0]), _words(value)).strip()


def _time(value: Any) -> datetime | None:
    try:
        at = datetime.fromisoformat(value)
        at = at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (TypeError, ValueError, OverflowError):
        return None
    return at if at.year >= OLDEST else None


def _are_ids(stream: Any) -> bool:
    return isinstance(stream, list) and all(isinstance(number, int) for number in stream)
