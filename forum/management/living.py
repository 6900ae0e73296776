"""What the demo cities live by besides writing: the steps of `demo/life.toml`, each done through an action."""

import tomllib
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from forum.actions.appeals import appeal_decision
from forum.actions.city_life import answer_roll, hide_guestbook_entry, recommend_city, write_in_guestbook
from forum.actions.conversations import start_conversation
from forum.actions.messages import send_message
from forum.actions.sanctions import impose_sanction
from forum.management.demo.durations import duration
from forum.models import Event

LIFE = Path(__file__).parent / "demo" / "life.toml"

type Step = tuple[timedelta, Any]


def life_steps(seeder: Any, cities: set[str]) -> Iterator[Step]:
    """Yield what happens in these cities, with how long ago; `seeder` knows who and where."""
    for kind, told in tomllib.loads(LIFE.read_text(encoding="utf-8")).items():
        for one in told:
            if one["city"] in cities:
                yield from KINDS[kind](seeder, one)


def _recommended(seeder: Any, told: dict[str, Any]) -> Iterator[Step]:
    for name, ago in told["recommended"].items():
        yield duration(ago), partial(_in_city, seeder, told["city"], recommend_city, name)


def _roll(seeder: Any, told: dict[str, Any]) -> Iterator[Step]:
    for name, days in told["days"].items():
        for number in days:
            yield timedelta(days=number), partial(_in_city, seeder, told["city"], answer_roll, name)


def _guestbook(seeder: Any, told: dict[str, Any]) -> Iterator[Step]:
    made: list[Any] = []

    def write(at: datetime) -> None:
        city, author = seeder.cities[told["city"]], seeder.people[told["by"]]
        made.append(write_in_guestbook(city, by=author, body=told["body"], at=at))

    def hide(at: datetime) -> None:
        hide_guestbook_entry(made[0], by=seeder.people[told["hidden_by"]], reason=told["why"], at=at)

    yield duration(told["ago"]), write
    if "hidden" in told:
        yield duration(told["hidden"]), hide


def _sanction(seeder: Any, told: dict[str, Any]) -> Iterator[Step]:
    made: list[Any] = []
    words = {field: told[field] for field in ("kind", "reason", "words")}

    def impose(at: datetime) -> None:
        city, person = seeder.cities[told["city"]], seeder.people[told["person"]]
        made.append(impose_sanction(city, by=seeder.people[told["by"]], person=person, at=at, **words))

    def appeal(at: datetime) -> None:
        decision = Event.objects.get(sanction=made[0])
        appeal_decision(decision, by=seeder.people[told["person"]], words=told["appeal"], at=at)

    yield duration(told["ago"]), impose
    yield duration(told["appealed"]), appeal


def _talk(seeder: Any, told: dict[str, Any]) -> Iterator[Step]:
    made: list[Any] = []

    def write(by: str, body: str, at: datetime) -> None:
        author = seeder.people[by]
        if made:
            send_message(made[0], by=author, body=body, at=at)
            return
        people = [seeder.people[name] for name in told["people"]]
        made.append(start_conversation(by=author, people=people, subject=told["subject"], body=body, at=at))

    for said in told["said"]:
        yield duration(said["ago"]), partial(write, said["by"], said["body"])


def _in_city(seeder: Any, city: str, act: Any, name: str, at: datetime) -> None:
    """Let somebody do in a city what needs no more words."""
    act(seeder.cities[city], by=seeder.people[name], at=at)


KINDS = {"cities": _recommended, "rolls": _roll, "guestbooks": _guestbook, "sanctions": _sanction, "talks": _talk}
