"""Thread files: one TOML file a thread, its long texts as Markdown files beside it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from forum.management.demo.durations import duration
from forum.management.demo.shapes import Act, Edit, Post, Recommendation, Thread


def read_thread(path: Path, raw: dict[str, Any], joined: dict[str, timedelta]) -> Thread:
    """Return the thread of a parsed file; raise ValueError that names the file when something in it is wrong."""
    try:
        return _thread(path, raw, joined)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(f"{path.parent.parent.name}/{path.name}: {error!r}") from error


def recommendations(
    rule: int | list[str] | dict[str, Any], post_ago: timedelta, author: str, joined: dict[str, timedelta], seed: str
) -> tuple[Recommendation, ...]:
    """Return who recommended a post, oldest first: the people a rule names, then as many more as it asks for."""
    if isinstance(rule, dict):
        named, more = list(rule.get("by", [])), int(rule.get("more", 0))
    else:
        named, more = (rule, 0) if isinstance(rule, list) else ([], rule)
    if author in named:
        raise ValueError(f"{author} recommends an own post")
    random = Random(seed)
    others = [username for username in joined if username != author and username not in named]
    if more > len(others):
        raise ValueError(f"{more} more recommendations wanted, {len(others)} people there")
    chosen = named + random.sample(others, more)
    given = []
    for username in chosen:
        # Most recommendations come in the first days of a post, a few long after.
        ago = post_ago * (1 - 0.9 * random.random() ** 5) - timedelta(seconds=20)
        given.append(Recommendation(username, max(min(ago, joined.get(username, ago) * 0.99), post_ago * 0.001)))
    return tuple(sorted(given, key=lambda one: one.ago, reverse=True))


def _thread(path: Path, raw: dict[str, Any], joined: dict[str, timedelta]) -> Thread:
    key = path.stem
    ago = duration(raw["ago"])
    pace = duration(raw.get("pace", "2h"))
    random = Random(key)
    posts: list[Post] = []
    for number, one in enumerate(raw["posts"], start=1):
        if number > 1:
            ago -= duration(one["after"]) if "after" in one else pace * random.uniform(0.3, 1.7)
        if ago <= timedelta():
            raise ValueError(f"post {number} lies in the future")
        posts.append(_post(path, one, number, ago, joined, "" if posts else raw["title"]))
    return Thread(
        key=key,
        board=raw["board"],
        title=raw["title"],
        posts=tuple(posts),
        acts=tuple(sorted((_act(one) for one in raw.get("acts", [])), key=lambda act: act.ago, reverse=True)),
        views=raw.get("views", 40 + 23 * len(posts) + min(posts[0].ago.days, 2000) // 3 + random.randrange(60)),
    )


def _post(
    path: Path, one: dict[str, Any], number: int, ago: timedelta, joined: dict[str, timedelta], default_title: str
) -> Post:
    body = _text(path, one)
    title = one.get("title", default_title)
    return Post(
        number=number,
        by=one["by"],
        body=body,
        ago=ago,
        title=title,
        to=one.get("to"),
        source=one.get("source", ""),
        office=one.get("office", ""),
        edits=_edits(path, one.get("edits", []), title, body, ago),
        recommendations=recommendations(
            one.get("recommended", 0), ago, one["by"], joined, f"{path.parent.parent.name}/{path.stem}/{number}"
        ),
    )


def _edits(path: Path, raw: list[dict[str, Any]], title: str, body: str, ago: timedelta) -> tuple[Edit, ...]:
    """Return complete later versions, from whole texts (`file`, `body`) or from `changes` and `append`."""
    edits = []
    for one in raw:
        title = one.get("title", title)
        if "file" in one or "body" in one:
            body = _text(path, one)
        for old, new in one.get("changes", []):
            if body.count(old) != 1:
                raise ValueError(f"a change must match once, {old!r} matches {body.count(old)} times")
            body = body.replace(old, new)
        if "append" in one:
            body = f"{body}\n\n{one['append'].strip()}"
        ago -= duration(one["after"])
        if ago <= timedelta():
            raise ValueError(f"an edit of {one['after']} lies in the future")
        edits.append(Edit(title, body, one.get("why", ""), ago))
    return tuple(edits)


def _act(one: dict[str, Any]) -> Act:
    return Act(one["do"], one["by"], one.get("why", ""), duration(one["ago"]), one.get("post"), one.get("to", ""))


def _text(path: Path, one: dict[str, Any]) -> str:
    if "file" in one:
        return (path.parent / one["file"]).read_text(encoding="utf-8").strip()
    text: str = one["body"]
    return text.strip()
