"""Data as JSON that may stand in a page: no text in it ends the block; what is written already is put in as it is."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from secrets import token_hex
from typing import Any, Final

# What could end the block, begin another or break a line of it, as JSON writes it instead.
ESCAPES: Final = {character: f"\\u{ord(character):04X}" for character in "<>&\u2028\u2029"}
_STAND_IN: Final = token_hex(12)  # nobody outside knows it, so no text contains it


@dataclass(frozen=True, slots=True)
class Json:
    """Data that is written already."""

    text: str


def json_of(data: Mapping[str, Any]) -> Json:
    """Return the data, written; what of it is `Json` stands there as it is. Raises TypeError for what JSON has not."""
    within: list[str] = []

    def put_in(thing: object) -> str:
        if not isinstance(thing, Json):
            raise TypeError(f"{type(thing).__name__} is not for JSON")
        within.append(thing.text)
        return _STAND_IN

    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=put_in)
    for character, escape in ESCAPES.items():
        text = text.replace(character, escape)
    parts = text.split(f'"{_STAND_IN}"')
    return Json("".join(part + one for part, one in zip(parts, [*within, ""], strict=True)))
