"""How often one person, or one address, may do a thing; counted in the cache that all processes share."""

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, wraps
from ipaddress import IPv6Address, ip_address, ip_network
from random import choice
from typing import Any, Concatenate

from django.conf import settings
from django.core.cache import cache, caches
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponseBase
from django.urls import get_callable

from accounts.models import User

type View[**P] = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

_FORM = re.compile(r"(\d+)/(\d*)([smhd])")
LONGEST_ADDRESS = 60  # characters; a longer one is none
UNPUBLISHED = {"preview", "draft", "autosave"}  # buttons of a form that has drafts: what they send reaches nobody else
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


@dataclass(frozen=True, slots=True)
class Limit:
    """So many times within so many seconds."""

    amount: int
    seconds: int


def parse_limit(text: str) -> Limit:
    """Return the limit written as number/period, for example 20/10m or 5/d.

    Raises ImproperlyConfigured for anything else.
    """
    found = _FORM.fullmatch(text.strip())
    if found is None:
        raise ImproperlyConfigured(f"A limit is written like 20/10m, not like {text!r}.")
    amount, number, unit = found.groups()
    return Limit(int(amount), int(number or 1) * _SECONDS[unit])


def client_address(request: HttpRequest) -> str:
    """Return the network address of the client, as `address_in` does."""
    return address_in(request.META)


def address_in(meta: Mapping[str, Any]) -> str:
    """Return the network address of the client by what the server says; of an IPv6 address only its network.

    What X-Forwarded-For says is believed only behind a proxy, and of it only what that proxy wrote.
    """
    given = meta.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        given = meta.get("HTTP_X_FORWARDED_FOR", given).rpartition(",")[2].strip()
    return _network(given[:LONGEST_ADDRESS])


@lru_cache(2_000)
def _network(given: str) -> str:
    try:
        address = ip_address(given)
    except ValueError:
        return "unknown"
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ip_network((address, 64), strict=False).network_address)


def who_asks(request: HttpRequest) -> str:
    """Return the name under which acts are counted: the member's, else the address."""
    return f"user-{request.user.pk}" if isinstance(request.user, User) else client_address(request)


def take(name: str, who: str, *, near: bool = False) -> int:
    """Count one act of `who` under the limit `name`; return 0, or the seconds to wait when there were too many.

    Each act takes one of the limit's slots for the length of the period. Adding to the cache is atomic, so
    two processes never take the same slot, and the window slides by itself. `near` counts in the memory of this
    process alone: for what is asked so often that a shared count would cost more than the answer.
    """
    limit = parse_limit(settings.RATE_LIMITS[name])
    memory = caches["local"] if near else cache
    slots = [f"limit:{name}:{who}:{number}" for number in range(limit.amount)]
    now = time.time()
    # Whichever comes first is nearly always free; only then all of them are looked at.
    if slots and memory.add(choice(slots), now + limit.seconds, limit.seconds):
        return 0
    taken: dict[str, float] = memory.get_many(slots)
    for slot in slots:
        if slot not in taken and memory.add(slot, now + limit.seconds, limit.seconds):
            return 0
    return max(1, round(min(taken.values(), default=now + limit.seconds) - now))


def limited[**P](
    name: str, *, reads: bool = False, near: bool = False, has_drafts: bool = False
) -> Callable[[View[P]], View[P]]:
    """Return a decorator that limits how often a view is asked: its POSTs, and with `reads` its GETs as well.

    Who asks too often gets the page of settings.TOO_MANY_VIEW. In a view that `has_drafts` a preview or a draft
    publishes nothing and is asked for while one types: it counts as suggestions do. Any other view would publish all
    the same what comes with such a field. `near` counts in the memory of this process alone, as in `take`.
    """

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def wrapper(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if request.method == "POST" or reads:
                # What publishes nothing costs little, so counting it costs little too.
                is_quiet = has_drafts and bool(UNPUBLISHED & request.POST.keys())
                kind = "suggesting" if is_quiet else name
                if wait := take(kind, who_asks(request), near=near or is_quiet):
                    answer: HttpResponseBase = get_callable(settings.TOO_MANY_VIEW)(request, wait=wait)
                    return answer
            return view(request, *args, **kwargs)

        return wrapper

    return decorate
