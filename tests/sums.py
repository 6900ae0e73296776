"""The sum of the sign-up form, done as a browser does it."""

import re
from hashlib import sha256
from itertools import count

from django.test import Client

from accounts.proof_of_work import PARTS, beginning, zero_bits


def solve(challenge: str, bits: int) -> str:
    """Return the solution of a challenge."""
    return ",".join(str(_counter(beginning(challenge, part), bits)) for part in range(PARTS))


def _counter(start: str, bits: int) -> int:
    return next(n for n in count() if zero_bits(sha256(f"{start}:{n}".encode()).digest()) >= bits)


def challenge_of(page: str) -> tuple[str, int]:
    """Return the challenge that a page poses, with its number of bits."""
    found = re.search(r'name="challenge" value="([^"]+)" data-bits="(\d+)"', page)
    assert found
    return found[1], int(found[2])


def done_sum(client: Client) -> dict[str, str]:
    """Open the sign-up page and return what its form sends besides when the sum is done."""
    challenge, bits = challenge_of(client.get("/accounts/signup/").content.decode())
    return {"challenge": challenge, "solution": solve(challenge, bits)}
