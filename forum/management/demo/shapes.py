"""The shapes of the demo world: people, cities, threads, posts and what was done to them, without a database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta


@dataclass(frozen=True)
class Person:
    """Somebody who has an account; `ago` is how long they have had it."""

    username: str
    name: str
    language: str
    ago: timedelta
    about: str = ""


@dataclass(frozen=True)
class Citizen:
    """A person's place in a city, as it is today."""

    username: str
    role: str
    ago: timedelta


@dataclass(frozen=True)
class Office:
    """A deputy's time in office; `until` is None for who still serves."""

    username: str
    ago: timedelta
    until: timedelta | None = None
    why: str = ""


@dataclass(frozen=True)
class Application:
    """A request to join a city; `state` is waiting, accepted or refused."""

    username: str
    statement: str
    ago: timedelta
    state: str
    by: str = ""
    why: str = ""
    decided: timedelta | None = None


@dataclass(frozen=True)
class Board:
    """A board of a city, in the order of its list."""

    slug: str
    name: str
    description: str
    default: bool = False


@dataclass(frozen=True)
class Notice:
    """A notice of a city; `until` is None while it is current."""

    title: str
    body: str
    by: str
    ago: timedelta
    until: timedelta | None = None


@dataclass(frozen=True)
class Edit:
    """A later version of a post, complete, and why it was made."""

    title: str
    body: str
    why: str
    ago: timedelta


@dataclass(frozen=True)
class Recommendation:
    """Who recommended a post, and when."""

    username: str
    ago: timedelta


@dataclass(frozen=True)
class Post:
    """A post with its first text, its edits and its recommendations, both oldest first; an opener has the title."""

    number: int
    by: str
    body: str
    ago: timedelta
    title: str = ""
    to: int | None = None
    source: str = ""
    office: str = ""
    edits: tuple[Edit, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()


@dataclass(frozen=True)
class Act:
    """What a mayor or deputy did to a thread or to one post of it, and why."""

    do: str
    by: str
    why: str
    ago: timedelta
    post: int | None = None
    to: str = ""


@dataclass(frozen=True)
class Thread:
    """A thread; `posts[0]` is its opener. `composed` says that the series made it from pools."""

    key: str
    board: str
    title: str
    posts: tuple[Post, ...]
    acts: tuple[Act, ...] = ()
    views: int = 0
    composed: bool = False


@dataclass(frozen=True)
class Rules:
    """The rules that the mayor gave a city: fields of Rules, lists one item a line."""

    fields: dict[str, int | bool | str]
    ago: timedelta


@dataclass(frozen=True)
class Report:
    """What somebody reported: a thread, one post of it, or a person; and why."""

    by: str
    reason: str
    words: str
    ago: timedelta
    thread: str = ""
    post: int | None = None
    person: str = ""


@dataclass(frozen=True)
class City:
    """A city with everything in it; `threads` are sorted from old to new."""

    slug: str
    name: str
    language: str
    ink: str
    category: str
    description: str
    joining: str
    ago: timedelta
    citizens: tuple[Citizen, ...]
    offices: tuple[Office, ...]
    applications: tuple[Application, ...]
    boards: tuple[Board, ...]
    notices: tuple[Notice, ...]
    threads: tuple[Thread, ...]
    rules: Rules | None = None
    reports: tuple[Report, ...] = ()

    @property
    def mayor(self) -> str:
        """Return the username of the mayor, who also founded the city."""
        return next(citizen.username for citizen in self.citizens if citizen.role == "mayor")


@dataclass(frozen=True)
class Entry:
    """A post kept in a digest; `revision`, when it is not 0, is the one that must be the newest then.

    With a `chapter` it begins one of that heading, which opens with the `introduction`.
    """

    city: str
    thread: str
    post: int
    note: str
    ago: timedelta
    revision: int = 0
    chapter: str = ""
    introduction: str = ""


@dataclass(frozen=True)
class Digest:
    """A person's ordered collection."""

    slug: str
    title: str
    by: str
    public: bool
    note: str
    ago: timedelta
    entries: tuple[Entry, ...] = field(default_factory=tuple)
    subtitle: str = ""
    dedication: str = ""
    foreword: str = ""


@dataclass(frozen=True)
class World:
    """Everything the seeder needs, complete and checked."""

    people: tuple[Person, ...]
    cities: tuple[City, ...]
    digests: tuple[Digest, ...]
