"""A person's posts as Markdown files, each with a few lines of facts before its text."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.urls import reverse

from forum.models import Post
from forum.queries.exports import OwnPost
from forum.text.pictures import BARE_NAME, PLACE

_PICTURE = re.compile(rf"{PLACE}({BARE_NAME})")


def files(posts: Iterable[OwnPost], address: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """Yield name and text of the file of each post."""
    for own in posts:
        yield file_name(own.post), front_matter(facts(own, address)) + beside_pictures(own.post.body) + "\n"


def rows(posts: Iterable[OwnPost], address: Callable[[str], str]) -> Iterator[dict[str, Any]]:
    """Yield each post for those who read JSON: the same facts, the text as typed, and the file that holds it."""
    for own in posts:
        yield {**facts(own, address), "file": file_name(own.post), "body": own.post.body}


def beside_pictures(body: str) -> str:
    """Return the text with the addresses of pictures of this site leading to the folder of pictures in the archive."""
    return _PICTURE.sub(r"../images/\1", body)


def file_name(post: Post) -> str:
    """Return the name of the post's file in the archive."""
    return f"posts/{post.thread_id}-{post.number}.md"


def facts(own: OwnPost, address: Callable[[str], str]) -> dict[str, Any]:
    """Return what is to be known of a post; of a thread that the person may not read, only where it was."""
    post, thread = own.post, own.post.thread
    known: dict[str, Any] = {
        "title": post.title or (thread.title if own.is_place_seen else ""),
        "city": thread.city.name,
        "board": thread.board.name if own.is_place_seen else "",
        "thread": thread.pk,
        "number": post.number,
        "in_reply_to": _answered(post),
        "written": post.created_at.isoformat(),
        "edited": post.edited_at.isoformat() if post.edited_at else None,
        "version": post.revision_number,
        "address": address(reverse("post", args=[post.pk])),
        "source": post.source,
        "language": post.language,
        "recommendations": post.recommendations,
        "repost": post.is_repost or None,
        "office": post.office,
        "held": post.is_held or None,
        "hidden": post.is_hidden or None,
    }
    return {name: value for name, value in known.items() if value not in ("", None)}


def _answered(post: Post) -> int | None:
    """Return the number of the post that is answered, as long as it stands in the same thread."""
    if post.addressed is None:
        return post.addressed_number
    return post.addressed.number if post.addressed.thread_id == post.thread_id else None


def front_matter(values: dict[str, Any]) -> str:
    """Return the facts as YAML between two lines, each value as JSON, which YAML understands."""
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in values.items()]
    return "\n".join(["---", *lines, "---", "", ""])
