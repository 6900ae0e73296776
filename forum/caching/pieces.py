"""What is kept of pages that are somebody's own: faces by their generation, written parts by all they are made of."""

import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime, timedelta
from secrets import token_hex
from sys import getsizeof
from typing import Final, Protocol

from django.conf import settings
from django.db.models import Model
from django.utils import timezone

from accounts.lasting import lasting, lasts_until
from forum.caching.shelf import LONGEST_HOLD, Shelf

BEGIN, END = 98, 99  # the places that stand before and behind a thing of which somebody may see another
_OVERHEAD: Final = 400  # bytes of memory that a kept thing takes besides its text and its key


@dataclass(frozen=True, slots=True)
class Face:
    """What a page is made of, read once for everybody."""

    value: object
    generation: int
    until: datetime
    size: int


class Values(Protocol):
    """What stands in the places of a piece."""

    def __getitem__(self, place: int, /) -> str: ...


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole page for all who see the same, ready to be sent: texts, and the places of what is each reader's own.

    `spans` says where among the parts each thing stands for which somebody may see another: from, to.
    """

    parts: tuple[bytes | int, ...]
    spans: tuple[tuple[int, int], ...]
    until: datetime | None
    size: int

    def filled(self, values: Sequence[bytes], others: Mapping[int, bytes]) -> bytes:
        """Return the page with the values in their places, and `others` instead of those things, by their order."""
        parts, last = list[bytes | int](), 0
        for number, other in sorted(others.items()):
            start, end = self.spans[number]
            parts += [*self.parts[last:start], other]
            last = end
        parts += self.parts[last:]
        return b"".join([part if type(part) is bytes else values[part] for part in parts])  # type: ignore[index]


@dataclass(frozen=True, slots=True)
class Piece:
    """A written part of a page: texts, and between them the places (numbers) of what differs from page to page."""

    parts: tuple[str | int, ...]
    until: datetime | None
    size: int

    def filled(self, values: Values) -> str:
        """Return the text with the values in their places."""
        return "".join([part if isinstance(part, str) else values[part] for part in self.parts])


shelf: Shelf[Face | Piece | Whole] = Shelf(settings.PIECE_CACHE_MB * 2**20)


def kept_face[T](key: Hashable, generation: int, make: Callable[[], T], weigh: Callable[[T], int]) -> T:
    """Return what `make` returns, or returned when it was last asked at this generation.

    The generation must have been read before. What is returned is seen by others as well: nobody changes it. `weigh`
    says how many bytes of memory it takes, about.
    """
    key = ("face", key)
    known, now = shelf.get(key), timezone.now()
    if isinstance(known, Face) and known.generation == generation and now < known.until:
        lasts_until(known.until)  # what is made of it now holds no longer than it does
        return known.value  # type: ignore[return-value]
    with lasting() as held:
        value = make()
    latest = now + timedelta(seconds=LONGEST_HOLD)
    until = min(held.until or latest, latest)
    shelf.put(key, Face(value, generation, until, weigh(value) + _OVERHEAD))
    return value


# What stands in a part while it is written in place of what differs. Nobody outside knows it, so no text contains it.
_SECRET: Final = token_hex(12)
_PLACE: Final = re.compile(f"{_SECRET}([0-9]{{1,2}})x")


def stand_in(place: int) -> str:
    """Return what stands in a text for the value at that place (0 to 99); no escaping changes it."""
    return f"{_SECRET}{place}x"


def kept_piece(key: Hashable) -> Piece | None:
    """Return the part that was kept under the key, None when there is none or its time is over."""
    return _kept(Piece, key)


def kept_whole(key: Hashable) -> Whole | None:
    """Return the whole page that was kept under the key, None when there is none or its time is over."""
    return _kept(Whole, key)


def _kept[T: (Piece, Whole)](kind: type[T], key: Hashable) -> T | None:
    known = shelf.get(key)
    if not isinstance(known, kind) or (known.until is not None and timezone.now() >= known.until):
        return None
    lasts_until(known.until)  # what it becomes a part of now holds no longer than it does
    return known


def keep_whole(key: Hashable, write: Callable[[], str]) -> Whole:
    """Keep and return the page that `write` writes, with stand-ins; BEGIN and END stand around each of its things."""
    with lasting() as held:
        texts = _PLACE.split(write())
    parts, spans, start = list[bytes | int](), list[tuple[int, int]](), 0
    for number, text in enumerate(texts):
        place = int(text) if number % 2 else None
        if place == BEGIN:
            start = len(parts)
        elif place == END:
            spans.append((start, len(parts)))
        elif text:
            parts.append(text.encode() if place is None else place)
    size = _OVERHEAD + _memory((key, *parts))
    whole = Whole(tuple(parts), tuple(spans), held.until, size)
    shelf.put(key, whole)
    return whole


def keep_piece(key: Hashable, write: Callable[[], str]) -> Piece:
    """Keep and return what `write` writes, with stand-ins; the key holds everything that it depends on."""
    with lasting() as held:
        text = write()
    texts = _PLACE.split(text)
    parts = [int(part) if number % 2 else str(part) for number, part in enumerate(texts) if part]
    piece = Piece(tuple(parts), held.until, _OVERHEAD + _memory((key, *texts)))
    shelf.put(key, piece)
    return piece


def _memory(thing: object) -> int:
    """Return how many bytes of memory a thing takes with what is in it, about; what others hold as well counts, too."""
    within: Iterable[object] = thing if isinstance(thing, tuple) else ()
    if isinstance(thing, Model):
        within = vars(thing).values()
    elif is_dataclass(thing) and not isinstance(thing, type):
        within = [getattr(thing, one.name) for one in fields(thing)]
    return getsizeof(thing) + sum(map(_memory, within))
