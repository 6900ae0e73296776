"""Writing notifications, and taking what was told off the books: one statement, however many hear of it."""

import json
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Final

from django.db import connection, transaction
from django.utils import timezone

from accounts.statements import LIGHTLY, execute
from forum.models import Event
from forum.notifying.who import Heard

OLD: Final = timedelta(days=30)  # what is older when it is delivered is not called new

# Who hears comes as a list of [event, person, kind]; what else a notification says is the event's.
_HEARD: Final = {
    "postgresql": "SELECT (one->>0)::bigint, (one->>1)::bigint, one->>2 FROM jsonb_array_elements(%s::jsonb) o (one)",
    "sqlite": "SELECT value->>0, value->>1, value->>2 FROM json_each(%s)",
}
_INSERT: Final = """
INSERT INTO forum_notification (event_id, thread_id, created_at, read_at, user_id, kind, is_sorted)
SELECT e.id, e.thread_id, e.created_at, CASE WHEN e.created_at < %s THEN COALESCE(%s, e.created_at) END, heard.person,
    heard.kind, FALSE
FROM {first} heard JOIN forum_event e ON e.id = heard.event WHERE {only}
ORDER BY e.id, heard.person ON CONFLICT DO NOTHING
"""
_WRITE: Final = f"WITH heard (event, person, kind) AS ({{heard}}) {_INSERT.format(first='', only='TRUE')}"
# PostgreSQL does both in one statement, here first what others lock first.
_WRITE_AND_CLOSE: Final = f"""
WITH gone AS (
    DELETE FROM forum_delivery WHERE event_id IN (SELECT jsonb_array_elements(%s::jsonb)::bigint) RETURNING event_id
), first AS (SELECT count(*) {{lightly}} FROM gone), heard (event, person, kind) AS ({_HEARD["postgresql"]})
{_INSERT.format(first="first,", only="e.id IN (SELECT event_id FROM gone)")}
"""
_CLOSE: Final = "DELETE FROM forum_delivery WHERE event_id IN (SELECT value FROM json_each(%s)) RETURNING event_id"


def write_news(heard: Iterable[tuple[Event, Heard]], *, told: Sequence[int] = ()) -> None:
    """Write the notifications, and take the events `told` to the end off the books: both, or neither.

    Of those that are off the books already nothing is written: others have told of them, or what happened was taken
    back meanwhile.
    They are written in the order of people, so that two who tell of the same do not wait for each other. Outside of a
    transaction nothing waits for the disk: what is lost with the machine is lost together, and told later.
    """
    rows = [(event.pk, user, kind) for event, people in heard for user, kind in people.items()]
    now, old = (connection.ops.adapt_datetimefield_value(at) for at in (timezone.now(), timezone.now() - OLD))
    if told and connection.vendor == "postgresql":
        lightly = "" if connection.in_atomic_block else f", {LIGHTLY}"
        execute(_WRITE_AND_CLOSE.format(lightly=lightly), [json.dumps(told), json.dumps(rows), old, now])
        return
    with transaction.atomic():
        if told:
            closed = {event for (event,) in execute(_CLOSE, [json.dumps(told)])}
            rows = [row for row in rows if row[0] in closed]
        execute(_WRITE.format(heard=_HEARD[connection.vendor]), [json.dumps(rows), old, now])
