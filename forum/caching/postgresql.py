"""Generations on PostgreSQL, where many write at once: each transaction adds rows of its own and waits for nobody.

The first growth of a scope in a transaction inserts a row that only this transaction knows. Now and then the same
function folds the rows of others, which are committed, into its own: those that nobody else has locked, so it waits for
nobody, and the sum stays what it is.
"""

from collections.abc import Iterable
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from accounts.direct import ask as ask
from forum.caching.scopes import SITE

if TYPE_CHECKING:
    from forum.caching.triggers import Trigger

FOLDED = 64  # every how many times rows are folded: so many, at most a few times as many, are summed up in a look

GROW = f"""CREATE OR REPLACE FUNCTION generation_grow(kinds smallint[], keys bigint[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    -- The number of the transaction alone would meet itself again after a database was restored elsewhere.
    own CONSTANT bigint := hashint8extended(pg_current_xact_id()::text::bigint,
        (extract(epoch FROM transaction_timestamp()) * 1000000)::bigint);
    looked CONSTANT bigint := coalesce(pg_sequence_last_value('generation_looks'), 0);
BEGIN
    INSERT INTO forum_generation AS present (kind, key, mark, number, looks)
    -- Steps differ, so that two courses of events (one rolled back, or from a backup) hardly ever meet at one number.
    SELECT kind, key, own, 1 + floor(random() * 16777216)::bigint, looked
    FROM unnest(kinds, keys) AS given (kind, key) WHERE key IS NOT NULL
    ON CONFLICT (kind, key, mark) DO UPDATE
    SET number = present.number + excluded.number, looks = excluded.looks
    -- Once is enough, unless somebody looked since; each further version of the row would slow down the next.
    WHERE present.looks < excluded.looks;
    IF random() < 1.0 / {FOLDED} THEN
        PERFORM generation_fold(kinds, keys, own);
    END IF;
END $$"""
FOLD = """CREATE OR REPLACE FUNCTION generation_fold(kinds smallint[], keys bigint[], own bigint) RETURNS void
LANGUAGE sql AS $$
    WITH free AS (
        SELECT g.kind, g.key, g.mark FROM forum_generation g
        WHERE (g.kind, g.key) IN (SELECT * FROM unnest(kinds, keys)) AND g.mark <> own
        FOR UPDATE OF g SKIP LOCKED
    ), gone AS (
        DELETE FROM forum_generation g USING free
        WHERE g.kind = free.kind AND g.key = free.key AND g.mark = free.mark RETURNING g.kind, g.key, g.number
    )
    UPDATE forum_generation g SET number = g.number + folded.number
    FROM (SELECT kind, key, sum(number)::bigint AS number FROM gone GROUP BY kind, key) AS folded
    WHERE g.kind = folded.kind AND g.key = folded.key AND g.mark = own
$$"""
# Two servers that start at once would trip over each other.
ALONE = "SELECT pg_advisory_xact_lock(hashtext('generations'))"
EVERYTHING = f"SELECT generation_grow(ARRAY[{SITE.kind:d}]::smallint[], ARRAY[{SITE.key}]::bigint[])"


def noted(query: str) -> str:
    """Return the query of one who looks from within a transaction, so that what it writes afterwards counts again."""
    return f"SELECT * FROM ({query}) AS found, (SELECT nextval('generation_looks')) AS looked"


def _calls(trigger: "Trigger", row: str) -> str:
    """Return the calls for one row, in each of which no scope stands twice."""
    scopes = {kind: key.format(row=row) for kind, key in trigger.shown.scopes.items()}
    kinds, keys = ", ".join(f"{kind:d}" for kind in scopes), ", ".join(scopes.values())
    many = [
        f"PERFORM generation_grow(array_agg({kind:d}::smallint), array_agg(key)) FROM ({query}) AS given;"
        for kind, query in ((kind, query.format(row=row)) for kind, query in trigger.shown.each.items())
    ]
    return " ".join([f"PERFORM generation_grow(ARRAY[{kinds}]::smallint[], ARRAY[{keys}]::bigint[]);", *many])


def _function(trigger: "Trigger") -> str:
    calls = _calls(trigger, "OLD" if trigger.operation == "DELETE" else "NEW")
    if trigger.operation == "UPDATE" and (places := sorted(trigger.shown.reads)):
        # Where it was, too, when it is not where it was.
        moved = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in places)
        calls += f" IF {moved} THEN {_calls(trigger, 'OLD')} END IF;"
    body = f"BEGIN {calls} RETURN NULL; END"
    return f"CREATE OR REPLACE FUNCTION {trigger.name}() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$"


def _statement(trigger: "Trigger") -> str:
    rows = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}[trigger.operation]
    when = [f"({' OR '.join(trigger.shown.when.format(row=row) for row in rows)})"] if trigger.shown.when else []
    event = trigger.operation
    if trigger.operation == "UPDATE":
        event = f"UPDATE OF {', '.join(trigger.columns)}"
        when.append(f"({' OR '.join(f'OLD.{name} IS DISTINCT FROM NEW.{name}' for name in trigger.columns)})")
    condition = f" WHEN ({' AND '.join(when)})" if when else ""
    return (
        f"CREATE TRIGGER {trigger.name} AFTER {event} ON {trigger.table} FOR EACH ROW{condition}"
        f" EXECUTE FUNCTION {trigger.name}()"
    )


def creation(wanted: Iterable["Trigger"]) -> list[str]:
    """Return the statements that make the functions and the triggers, and leave a mark of what they were made of."""
    made = [GROW, FOLD]
    for trigger in wanted:
        made += [_function(trigger), _statement(trigger)]
    mark = sha256("\n".join(made).encode()).hexdigest()
    return [*made, f"COMMENT ON FUNCTION generation_grow(smallint[], bigint[]) IS '{mark}'"]


def are_in_place(connection: Any, wanted: Iterable["Trigger"]) -> bool:
    """Return whether the triggers are there, made of the same statements, and none is turned off."""
    triggers = list(wanted)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT obj_description(to_regprocedure('generation_grow(smallint[], bigint[])'), 'pg_proc'),"
            " ARRAY(SELECT tgname::text FROM pg_trigger WHERE tgname LIKE 'generation!_%' ESCAPE '!'"
            " AND tgenabled = 'O' AND pg_table_is_visible(tgrelid))"
        )
        mark, present = cursor.fetchone()
    same = creation(triggers)[-1].endswith(f"'{mark}'")
    return same and sorted(present) == sorted(trigger.name for trigger in triggers)


def removal(connection: Any) -> list[str]:
    """Return the statements that take away the triggers and functions that are there."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT format('DROP FUNCTION %s CASCADE', oid::regprocedure) FROM pg_proc"
            " WHERE proname LIKE 'generation!_%' ESCAPE '!' AND pg_function_is_visible(oid)"
        )
        return [row[0] for row in cursor.fetchall()]
