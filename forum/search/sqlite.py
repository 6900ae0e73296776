"""The index on SQLite: an FTS5 table without content, whose row ids are places, so that the newest come first."""

from collections.abc import Iterable
from typing import Any, Final

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.utils import OperationalError

from forum.search.candidates import FIRST_WORDS, LARGEST, Batches, Candidate, Look, Sample
from forum.search.conditions import SAMPLED, proposal
from forum.search.documents import Document, keys
from forum.search.fitting import fitting
from forum.text.tokens import TOKENS_VERSION

# A second has that many places; posts of one second beyond take places of the next ones.
_PLACES: Final = 8
_SPILL: Final = 4096  # so far may a post stand after its second
_LAST: Final = 2**63 - 1
# As bytes: a text is made only of what is longer than counts.
_WORDS: Final = "d.length, CAST(d.title AS BLOB), CAST(d.words AS BLOB)"


def store(documents: Iterable[Document]) -> None:
    """Put the documents in the index, or in the place of older versions of themselves.

    What an older version was found by stays in the index until it is made anew; its words no longer fit.
    """
    with connection.cursor() as cursor:
        for document in documents:
            place = _place_for(cursor, document)
            cursor.execute(
                "INSERT OR REPLACE INTO search_document (place, post_id, version, length, title, words)"
                " VALUES (%s, %s, %s, %s, %s, %s)",
                [place, document.post_id, TOKENS_VERSION, len(document.words), document.title, document.words],
            )
            cursor.execute(
                "INSERT INTO search_terms (rowid, keys) VALUES (%s, %s)",
                [place, " ".join(map(_key, keys(document.terms)))],
            )


def look(asked: Look) -> Batches:
    """Yield all posts that fit, newest first, in batches of about the size that was sent last, and what is left."""
    below, wanted = asked.below if asked.below is not None else _LAST, asked.batch
    size, looked, seen = wanted, 0, 0
    fits = fitting(asked.condition)
    while True:
        sql, values = _select(asked)
        proposed, row, rows = 0, None, []
        with connection.cursor() as cursor:
            try:
                cursor.execute(f"{sql} LIMIT %s", [*values, below, *_range(asked), size])
                for row in cursor:
                    proposed += 1
                    if fits(row[3], row[4]):
                        rows.append(row)
            except OperationalError:
                if rows:
                    yield _seen(rows, asked)
                raise
        found = _seen(rows, asked)
        wanted = (yield found) or wanted
        if row is None or proposed < size:
            return
        looked, seen, below = looked + proposed, seen + len(found), row[0]
        # As many as give what is missing when of them as many are found as of those before, and some more.
        size = min(wanted * (looked + 20) * 5 // ((seen + 5) * 4) + 20, LARGEST)


def _seen(rows: list[tuple[Any, ...]], asked: Look) -> list[Candidate]:
    """Return the candidates in the rows that may be seen."""
    if asked.seeing is None:
        return [Candidate(row[0], row[1], 0, 0, *_words(row, asked)) for row in rows]
    seen = asked.seeing.among([row[1] for row in rows])
    return [
        Candidate(row[0], row[1], *post, *_words(row, asked)) for row in rows if (post := seen.get(row[1])) is not None
    ]


def _words(row: tuple[Any, ...], asked: Look) -> tuple[Any, ...]:
    """Return length, title and the first words of a row, nothing when they were not asked for."""
    if not asked.with_words or row[2] <= FIRST_WORDS:
        return row[2:] if asked.with_words else ()
    return FIRST_WORDS, row[3], row[4].decode()[:FIRST_WORDS].encode()


def sample(most: int) -> Sample:
    """Return what the `most` newest posts tell of all."""
    with connection.cursor() as cursor:
        cursor.execute(SAMPLED, [most])
        return Sample(*(value or 0 for value in cursor.fetchone()))


def newer(place: int) -> int:
    """Return how many posts stand at that place or after it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM search_document WHERE place >= %s", [place])
        return int(cursor.fetchone()[0])


def prepare() -> None:
    """Nothing is to be done before a reindex."""


def finish() -> None:
    """Join the pieces that single writes left, in steps between which people can write."""
    changes = 2
    while changes >= 2:  # as the manual of FTS5 says
        with connection.cursor() as cursor:
            before = connection.connection.total_changes
            cursor.execute("INSERT INTO search_terms (search_terms, rank) VALUES ('merge', 2000)")
            changes = connection.connection.total_changes - before


def is_outdated() -> tuple[str, list[Any]]:
    """Return the condition that a document (called `d`, beside posts called `p`) is missing or old."""
    return "(d.version IS NULL OR d.version <> %s)", [TOKENS_VERSION]


def needle(text: str) -> bytes:
    """Return the text as the titles and words of candidates are compared with it."""
    return text.encode()


def second_of(place: int) -> int:
    """Return the seconds since 1970 of a place."""
    return place // _PLACES


def _select(asked: Look) -> tuple[str, list[Any]]:
    columns = f"d.place, d.post_id, {_WORDS if asked.condition or asked.with_words else '0, NULL, NULL'}"
    if asked.only is not None:
        among = ",".join(map(str, asked.only)) or "NULL"
        start = f"SELECT {columns} FROM search_document d WHERE d.post_id IN ({among}) AND"
    elif terms := proposal(asked, _group):
        start = (
            f"SELECT {columns} FROM search_terms t CROSS JOIN search_document d ON d.place = t.rowid"
            f" WHERE t.search_terms MATCH %s"
        )
        return f"{start} AND t.rowid < %s AND t.rowid >= %s AND t.rowid < %s ORDER BY t.rowid DESC", [terms]
    else:
        start = f"SELECT {columns} FROM search_document d WHERE"
    return f"{start} d.place < %s AND d.place >= %s AND d.place < %s ORDER BY d.place DESC", []


def _range(asked: Look) -> tuple[int, int]:
    low = -_LAST if asked.low is None else asked.low * _PLACES
    return low, _LAST if asked.high is None else asked.high * _PLACES + _SPILL


def _group(terms: tuple[str, ...]) -> str:
    return f"({' AND '.join(map(_key, keys(terms)))})"


def _key(number: int) -> str:
    return f"k{number:x}"


def _place_for(cursor: CursorWrapper, document: Document) -> int:
    """Return the place that the post has, or the first free one from its second on."""
    first = int(document.created_at.timestamp()) * _PLACES
    cursor.execute("SELECT place FROM search_document WHERE post_id = %s", [document.post_id])
    row = cursor.fetchone()
    if row and first <= row[0] < first + _SPILL:
        return int(row[0])
    cursor.execute(
        "SELECT CASE WHEN NOT EXISTS (SELECT 1 FROM search_document WHERE place = %s) THEN %s ELSE"
        " (SELECT place + 1 FROM search_document d WHERE place >= %s AND NOT EXISTS"
        " (SELECT 1 FROM search_document WHERE place = d.place + 1) ORDER BY place LIMIT 1) END",
        [first, first, first],
    )
    return int(cursor.fetchone()[0])
