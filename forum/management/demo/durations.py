"""Lengths of time as people write them in the content files: `3y40d`, `2h30m`."""

import re
from datetime import timedelta

UNITS = {
    "y": timedelta(days=365),
    "w": timedelta(weeks=1),
    "d": timedelta(days=1),
    "h": timedelta(hours=1),
    "m": timedelta(minutes=1),
}
WHOLE = re.compile(r"(?:\d+[ywdhm])+")
PART = re.compile(r"(\d+)([ywdhm])")


def duration(text: str) -> timedelta:
    """Return the time that `text` names; raise ValueError when it names none."""
    if not WHOLE.fullmatch(text):
        raise ValueError(f"not a duration: {text!r}")
    return sum((int(count) * UNITS[unit] for count, unit in PART.findall(text)), timedelta())
