"""A cache in Redis that the site can do without: short patience, and a rest after a failure."""

import json
import time
from collections.abc import Callable
from typing import Any, Final

from django.core.cache import caches
from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.dummy import DummyCache
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

PATIENCE: Final = 0.05  # seconds for one answer: a page takes about as long to make
REST: Final = 5.0  # seconds without asking, after it did not answer


class Plain:
    """How values are written in Redis: numbers, bytes, and what JSON can say.

    Not as Django does it: what is read there runs as a program, so whoever may write into Redis could do anything here.
    """

    def dumps(self, value: Any) -> int | bytes:
        """Return the value as Redis holds it; it can count numbers up by itself."""
        if type(value) is int:
            return value
        return b"=" + value if isinstance(value, bytes) else json.dumps(value).encode()

    def loads(self, data: bytes) -> Any:
        """Return the value; None for what nobody here can have written."""
        try:
            return data[1:] if data[:1] == b"=" else json.loads(data)
        except (ValueError, RecursionError):
            return None


def _steady(name: str) -> Callable[..., Any]:
    def method(self: "SteadyRedisCache", *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() >= self.rests_until:
            try:
                return getattr(RedisCache, name)(self, *args, **kwargs)
            except (RedisError, OSError):
                self.rests_until = time.monotonic() + REST
        return getattr(self.instead, name)(*args, **kwargs)

    method.__name__ = name
    method.__doc__ = (
        f"Do what `RedisCache.{name}` does, or where Redis does not answer, the cache that stands in for it."
    )
    return method


class SteadyRedisCache(RedisCache):
    """Redis as long as it answers; else the cache that OPTIONS call `instead` (an alias), or none."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        options = {**params.get("OPTIONS", {})}
        self._alias: str = options.pop("instead", "")
        self.rests_until = 0.0
        limits = {"socket_timeout": PATIENCE, "socket_connect_timeout": PATIENCE, "retry": Retry(NoBackoff(), 0)}
        super().__init__(server, {**params, "OPTIONS": {**limits, "serializer": Plain, **options}})

    @property
    def instead(self) -> BaseCache:
        """The cache that stands in."""
        return caches[self._alias] if self._alias else DummyCache("", {})

    add = _steady("add")
    get = _steady("get")
    set = _steady("set")
    touch = _steady("touch")
    delete = _steady("delete")
    get_many = _steady("get_many")
    set_many = _steady("set_many")
    delete_many = _steady("delete_many")
    has_key = _steady("has_key")
    incr = _steady("incr")
    clear = _steady("clear")
