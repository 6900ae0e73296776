"""What stands on a ballot: receipts, choices that are valid, and the seal over all ballots of a poll."""

import json
from collections.abc import Iterable, Sequence
from hashlib import sha256
from uuid import UUID

# Letters and digits that nobody mistakes for one another: Douglas Crockford's Base 32, https://www.crockford.com/base32.html
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_GROUPS, _GROUP = 5, 4  # 5 × 4 characters are 100 bits


def receipt_of(poll: int, mark: UUID) -> str:
    """Return the receipt of a ballot, such as K7QD-2M9X-…, made of the secret mark of the form it was cast with.

    The same form sent twice has the same receipt; nobody can guess one without having seen the form.
    """
    number = int.from_bytes(sha256(f"{poll}:{mark}".encode()).digest())
    letters = []
    for _place in range(_GROUPS * _GROUP):
        number, rest = divmod(number, 32)
        letters.append(_ALPHABET[rest])
    return "-".join("".join(letters[start : start + _GROUP]) for start in range(0, len(letters), _GROUP))


def tidy_receipt(text: str) -> str:
    """Return a receipt as it was typed, as it is written: capitals, in groups, without what the alphabet lacks."""
    letters = text.upper().translate(str.maketrans("OIL", "011"))
    kept = "".join(letter for letter in letters if letter in _ALPHABET)
    return "-".join(kept[start : start + _GROUP] for start in range(0, len(kept), _GROUP))


def is_valid(choices: Sequence[int], *, offered: Iterable[int], most: int) -> bool:
    """Return whether the choices are one to `most` different ones of those offered."""
    return 1 <= len(choices) <= most and len(set(choices)) == len(choices) and set(choices) <= set(offered)


def seal_of(ballots: Iterable[tuple[str, Sequence[int]]]) -> str:
    """Return the seal over receipts and choices: SHA-256 (hex) of their JSON, sorted by receipt, without spaces.

    Whoever has the published list can compute it again; a ballot added, removed or altered gives another seal.
    """
    rows = sorted([receipt, list(choices)] for receipt, choices in ballots)
    return sha256(json.dumps(rows, separators=(",", ":")).encode()).hexdigest()
