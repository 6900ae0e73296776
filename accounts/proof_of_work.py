"""A small sum that a browser does before it signs somebody up: nothing for one, much for a thousand accounts."""

# To each of PARTS parts of a challenge belongs a counter for which the SHA-256 of the part's beginning, a colon and the
# counter starts with so many zero bits. Many small parts take a steadier time than one large one. The browser's side is
# static/js/behaviors/sum.js.

import secrets
from hashlib import sha256

from django.conf import settings
from django.core import signing
from django.core.cache import cache

PARTS = 16
LASTS = 2 * 60 * 60  # seconds: a form may stand open for a while
_LONGEST = 400  # characters of a solution
_signer = signing.TimestampSigner(salt="proof of work")


def new_challenge() -> str:
    """Return a challenge that nobody has seen before, with its number of bits."""
    return _signer.sign(f"{secrets.token_urlsafe(12)}.{settings.PROOF_OF_WORK_BITS}")


def beginning(challenge: str, part: int) -> str:
    """Return what the text of a part begins with: short, so that it fits into one block of SHA-256."""
    return sha256(f"{challenge}:{part}".encode()).hexdigest()[:32]


def zero_bits(digest: bytes) -> int:
    """Return with how many zero bits a digest begins."""
    return len(digest) * 8 - int.from_bytes(digest).bit_length()


def _is_right(challenge: str, solution: str, bits: int) -> bool:
    counters = solution.split(",") if len(solution) <= _LONGEST else []
    return len(counters) == PARTS and all(
        counter.isascii()
        and counter.isdigit()
        and zero_bits(sha256(f"{beginning(challenge, part)}:{counter}".encode()).digest()) >= bits
        for part, counter in enumerate(counters)
    )


def is_proven(challenge: str, solution: str) -> bool:
    """Return whether the solution is right, in time and of a challenge of ours; asking spends nothing."""
    try:
        text = _signer.unsign(challenge, max_age=LASTS)
    except signing.BadSignature:
        return False
    return _is_right(challenge, solution, int(text.rpartition(".")[2]))


def spend(challenge: str, solution: str) -> bool:
    """Return whether the solution is right and has not been spent before; now it is."""
    if not is_proven(challenge, solution):
        return False
    return bool(cache.add(f"proof:{sha256(challenge.encode()).hexdigest()}", 1, LASTS))
