"""Giving an event its place at the end of its city's chain."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, transaction

from accounts.statements import execute
from forum.events.chain import event_content_hash, event_hash, new_salt
from forum.models import Chain, Event

# Every event of the site passes here: building these two by the ORM would take longer than all the rest.
_READ = "SELECT length, head FROM forum_chain WHERE city_id = %s"
_STORE = "UPDATE forum_chain SET length = %s, head = %s WHERE city_id = %s"

_heads: ContextVar[dict[int, Chain] | None] = ContextVar("heads", default=None)


def link(event: Event) -> None:
    """Give an event that is not stored yet its place after the last one of its city.

    The row of the chain is locked until the transaction ends, so the links of a city follow one another; whoever
    does several things takes all other locks first. An event of no city stands in no chain.
    """
    if event.city_id is None:
        return
    heads = _heads.get()
    if heads is None:
        end = _end_of_chain(event.city_id)
        _append(end, event)
        execute(_STORE, [end.length, end.head, end.pk])
    else:
        if event.city_id not in heads:
            heads[event.city_id] = _end_of_chain(event.city_id)
        _append(heads[event.city_id], event)


def _end_of_chain(city_id: int) -> Chain:
    """Return the locked end of the city's chain, which the first event of a city creates."""
    lock = " FOR UPDATE" if connection.features.has_select_for_update else ""
    found = execute(_READ + lock, [city_id])
    if not found:
        return Chain.objects.select_for_update().get_or_create(pk=city_id)[0]
    [(length, head)] = found
    return Chain(city_id=city_id, length=length, head=head)


def _append(end: Chain, event: Event) -> None:
    end.length += 1
    event.position, event.salt = end.length, new_salt()
    event.content_hash = event_content_hash(event)
    end.head = event.chain_hash = event_hash(end.head, event)


@contextmanager
def linked_together() -> Iterator[None]:
    """Keep the ends of the chains in memory within one transaction, and store each once at the end.

    For what records thousands of events. Raises RuntimeError, and so takes everything back, when an event that was
    linked has been taken back within.
    """
    if _heads.get() is not None:
        yield
        return
    heads: dict[int, Chain] = {}
    with transaction.atomic():
        token = _heads.set(heads)
        try:
            yield
        finally:
            _heads.reset(token)
        for end in heads.values():
            before = Chain.objects.get(pk=end.pk).length
            if Event.objects.filter(city=end.pk, position__gt=before).count() != end.length - before:
                raise RuntimeError("An event was taken back after it had been linked")
            end.save(update_fields=["length", "head"])
