"""The demo world: `load()` reads the content files beside this module and returns them complete and checked."""

from __future__ import annotations

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

from forum.management.demo.check import check
from forum.management.demo.compose import compose
from forum.management.demo.durations import duration
from forum.management.demo.shapes import (
    Application,
    Board,
    Citizen,
    City,
    Digest,
    Entry,
    Notice,
    Office,
    Person,
    Report,
    Rules,
    World,
)
from forum.management.demo.threads import read_thread

__all__ = ["load"]

HERE = Path(__file__).parent
CITIES = ("paper-rivers", "old-news", "bench-and-type")


def load() -> World:
    """Return the demo world, the same on every call; raise ValueError where the content contradicts itself."""
    raw_people = _toml(HERE / "people.toml")["people"]
    people = tuple(
        Person(one["username"], one["name"], one["language"], duration(one["ago"]), one.get("about", ""))
        for one in raw_people
    )
    ages = {person.username: person.ago for person in people}
    cities = tuple(_city(HERE / "cities" / slug, ages) for slug in CITIES)
    world = World(people, cities, _digests(_toml(HERE / "digests.toml")))
    check(world)
    return world


def _toml(path: Path) -> dict[str, Any]:
    """Return the parsed file; raise ValueError that names the file when it is not TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{path}: {error}") from error


def _city(folder: Path, ages: dict[str, timedelta]) -> City:
    raw = _toml(folder / "city.toml")
    ago = duration(raw["ago"])
    citizens = _citizens(raw, ago, ages)
    joined = {citizen.username: citizen.ago for citizen in citizens}
    threads = [read_thread(path, _toml(path), joined) for path in sorted((folder / "threads").glob("*.toml"))]
    threads += compose(_toml(folder / "series.toml"), folder.name, joined)
    return City(
        slug=folder.name,
        name=raw["name"],
        language=raw["language"],
        ink=raw["ink"],
        category=raw["category"],
        description=raw["description"].strip().replace("\n", "" if raw["language"] == "zh-Hant" else " "),
        joining=raw["joining"],
        ago=ago,
        citizens=citizens,
        offices=_offices(raw),
        applications=_applications(raw, ago, citizens),
        boards=tuple(Board(**one) for one in raw["boards"]),
        notices=tuple(
            Notice(one["title"], one["body"].strip(), one["by"], duration(one["ago"]), _maybe(one.get("until")))
            for one in raw["notices"]
        ),
        threads=tuple(sorted(threads, key=lambda thread: thread.posts[0].ago, reverse=True)),
        rules=_rules(raw.get("rules")),
        reports=tuple(Report(**one | {"ago": duration(one["ago"])}) for one in raw.get("reports", [])),
    )


def _rules(raw: dict[str, Any] | None) -> Rules | None:
    if raw is None:
        return None
    fields = {name: "\n".join(value) if isinstance(value, list) else value for name, value in raw.items()}
    return Rules(ago=duration(fields.pop("ago")), fields=fields)


def _citizens(raw: dict[str, Any], founded: timedelta, ages: dict[str, timedelta]) -> tuple[Citizen, ...]:
    """Return the roll: the mayor first; everybody joined when both they and the city were there, or when said."""
    serving = {one["username"] for one in raw.get("offices", []) if "until" not in one}
    roles = {raw["mayor"]: "mayor"} | dict.fromkeys(serving, "deputy")
    said = raw.get("joined", {})
    roll = []
    for number, username in enumerate([raw["mayor"], *raw["citizens"]]):
        if username not in ages:
            raise ValueError(f"{raw['name']}: {username} is not in people.toml")
        default = founded if number == 0 else min(ages[username], founded) - timedelta(hours=2 + number)
        ago = duration(said[username]) if username in said else default
        roll.append(Citizen(username, roles.get(username, "citizen"), ago))
    return tuple(roll)


def _offices(raw: dict[str, Any]) -> tuple[Office, ...]:
    return tuple(
        Office(one["username"], duration(one["ago"]), _maybe(one.get("until")), one.get("why", ""))
        for one in raw.get("offices", [])
    )


def _applications(raw: dict[str, Any], ago: timedelta, citizens: tuple[Citizen, ...]) -> tuple[Application, ...]:
    """Return the written applications and, in a city that asks for them, one from the pool for everyone admitted."""
    written = [
        Application(
            username=one["username"],
            statement=one["statement"].strip(),
            ago=duration(one["ago"]),
            state=one["state"],
            by=one.get("by", ""),
            why=one.get("why", ""),
            decided=_maybe(one.get("decided")),
        )
        for one in raw.get("applications", [])
    ]
    if raw["joining"] == "application":
        known = {application.username for application in written if application.state == "accepted"}
        statements = raw["statements"]
        for number, citizen in enumerate(citizens):
            if citizen.role != "mayor" and citizen.username not in known:
                statement = statements[number % len(statements)]
                asked = min(citizen.ago + timedelta(hours=9 + number), ago - timedelta(minutes=30))
                written.append(
                    Application(citizen.username, statement, asked, "accepted", raw["mayor"], "", citizen.ago)
                )
    return tuple(sorted(written, key=lambda application: application.ago, reverse=True))


def _digests(raw: dict[str, Any]) -> tuple[Digest, ...]:
    return tuple(
        Digest(
            slug=one["slug"],
            title=one["title"],
            by=one["by"],
            public=one["public"],
            note=one.get("note", "").strip(),
            ago=duration(one["ago"]),
            entries=tuple(
                Entry(
                    entry["city"],
                    entry["thread"],
                    entry["post"],
                    entry.get("note", ""),
                    duration(entry["ago"]),
                    entry.get("revision", 0),
                    entry.get("chapter", ""),
                    entry.get("introduction", "").strip(),
                )
                for entry in one["entries"]
            ),
            subtitle=one.get("subtitle", ""),
            dedication=one.get("dedication", ""),
            foreword=one.get("foreword", "").strip(),
        )
        for one in raw["digests"]
    )


def _maybe(text: str | None) -> timedelta | None:
    return None if text is None else duration(text)
