"""Small archives of a forum that never was, as Discourse would serve it."""

import io
import json
import tarfile
from pathlib import Path
from typing import Any

import zstandard

from forum.models import City
from forum.transfer.moving_in import MovingIn
from forum.transfer.places import Place
from forum.transfer.report import Report
from forum.transfer.sources import Source

Data = dict[str, Any]


def a_post(number: int, username: str = "heron", **fields: Any) -> Data:
    """Return a post as a topic file holds it; its id is 1000 more than its number."""
    return {
        "id": 1000 + number,
        "username": username,
        "name": None,
        "post_number": number,
        "post_type": 1,
        "created_at": f"2015-03-01T10:{number:02}:00.000Z",
        "updated_at": f"2015-03-02T10:{number:02}:00.000Z",
        "cooked": f"<p>Post {number} of the <em>river</em>.</p>",
        "version": 1,
        "actions_summary": [],
        **fields,
    }


def an_act(number: int, code: str, **fields: Any) -> Data:
    """Return a small act of a moderator."""
    return a_post(number, "warden", post_type=3, action_code=code, **{"cooked": "", **fields})


def a_topic(topic_id: int, *posts: Data, **fields: Any) -> Data:
    """Return a topic file; without posts it has an opener and one reply."""
    shown = list(posts) or [a_post(1), a_post(2, "egret", reply_to_post_number=1)]
    return {
        "id": topic_id,
        "slug": f"high-water-{topic_id}",
        "title": f"High water {topic_id}",
        "category_id": 7,
        "views": 12,
        "post_stream": {"posts": shown, "stream": [post.get("id") for post in shown if isinstance(post, dict)]},
        **fields,
    }


def a_post_file(topic_id: int, number: int, **fields: Any) -> Data:
    """Return a post as a file of its own, which names its topic."""
    topic = {"topic_id": topic_id, "topic_title": f"Low water {topic_id}", "topic_slug": f"low-water-{topic_id}"}
    return {**a_post(number, **fields), **topic, "id": topic_id * 100 + number}


def write_folder(folder: Path, files: dict[str, Any]) -> Path:
    """Write the files, data as JSON and text as it is, and return the folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content if isinstance(content, str) else json.dumps(content))
    return folder


def pack(folder: Path, packing: str) -> Path:
    """Pack the folder as a tar ("zst", "gz", …) beside it and return the archive."""
    target, mode = folder.with_suffix(f".tar.{packing}"), "w" if packing == "zst" else f"w:{packing}"
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode=mode) as archive:  # type: ignore[call-overload]
        archive.add(folder, arcname="json")
    data = content.getvalue()
    target.write_bytes(zstandard.compress(data) if packing == "zst" else data)
    return target


def bring(path: Path, city: City, names: dict[int, str] | None = None, host: str = "") -> Report:
    """Bring the archive at `path` into the city and return the report."""
    source = Source(path, lambda file, why: None)
    return MovingIn(source, Place(city, "discourse", names or {}), host=host).run(lambda what, done, report: None)
