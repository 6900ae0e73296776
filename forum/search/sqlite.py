"""The index on SQLite: an FTS5 table without content, whose row ids are places, so that the newest come first."""

from collections.abc import Iterable
from typing import Any, Final

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.utils import OperationalError

from forum.search.candidates import LARGEST, Batches, Candidate, Look, Sample
from forum.search.conditions import SAMPLED, proposal
from forum.search.documents import Document, keys
from forum.search.fitting import counting, fitting
from forum.search.seeing import Seeing
from forum.text.tokens import TOKENS_VERSION

# A second has that many places; posts of one second beyond take places of the next ones.
_PLACES: Final = 8
_SPILL: Final = 4096  # so far may a post stand after its second
_LAST: Final = 2**63 - 1
_POSTS: Final = 'FROM "forum_post"'
_WITHOUT_TEXTS: Final = 'INDEXED BY "posts_without_texts"'
_WITHIN: Final = "{0} < %s AND {0} >= %s AND {0} < %s"
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
    if asked.seeing and not (asked.seeing.posts and asked.seeing.threads):
        return
    below, wanted = asked.below if asked.below is not None else _LAST, asked.batch
    size, looked, fit = wanted, 0, 0
    fits, count = fitting(asked.compared), counting(asked.counted)
    sql, values, seers = _select(asked)
    while True:
        proposed, row, found = 0, None, []
        with connection.cursor() as cursor:
            try:
                cursor.execute(f"{sql} LIMIT %s", [*values, below, *_range(asked), *seers, size])
                for row in cursor:
                    proposed += 1
                    if fits(row[5], row[6]):
                        found.append(Candidate._make((*row[:4], *count(*row[4:]))))
            except OperationalError:
                if found:
                    yield found
                raise
        wanted = (yield found) or wanted
        if row is None or proposed < size:
            return
        looked, fit, below = looked + proposed, fit + len(found), row[0]
        # As many as give what is missing when of them as many fit as of those before, and some more.
        size = min(wanted * (looked + 20) * 5 // ((fit + 5) * 4) + 20, LARGEST)


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


def second_of(place: int) -> int:
    """Return the seconds since 1970 of a place."""
    return place // _PLACES


def _select(asked: Look) -> tuple[str, list[Any], tuple[Any, ...]]:
    """Return the question for what is proposed, with the values that come before the places and those after them.

    Tables are asked in this order: the planner knows nothing of how many posts the index proposes.
    """
    has_words = bool(asked.compared or asked.counted)
    words = _WORDS if has_words else "0, NULL, NULL"
    posts, seen, seers = _seen(asked.seeing)
    of_post = "p.thread_id, p.recommendations_count + p.earlier_recommendations" if posts else "0, 0"
    start = f"SELECT d.place, d.post_id, {of_post}, {words} FROM"
    if asked.only is not None:
        # Put in order before a text is read: of thousands of posts the newest are wanted. LIMIT keeps them so.
        among = ",".join(map(str, asked.only)) or "NULL"
        within = f"WHERE post_id IN ({among}) AND {_WITHIN.format('place')} ORDER BY place DESC LIMIT -1"
        places = f"(SELECT place, post_id FROM search_document {within})"
        documents = f"{places} t CROSS JOIN search_document d ON d.place = t.place" if has_words else f"{places} d"
        return f"{start} {documents} {posts} WHERE 1 {seen}", [], seers
    if terms := proposal(asked, _group):
        sql = f"{start} search_terms t CROSS JOIN search_document d ON d.place = t.rowid {posts}"
        within = _WITHIN.format("t.rowid")
        return f"{sql} WHERE t.search_terms MATCH %s AND {within} {seen} ORDER BY t.rowid DESC", [terms], seers
    within = _WITHIN.format("d.place")
    return f"{start} search_document d {posts} WHERE {within} {seen} ORDER BY d.place DESC", [], seers


def _seen(seeing: Seeing | None) -> tuple[str, str, tuple[Any, ...]]:
    """Return the parts of a question about whose eyes see the post of `d`: a join, a condition, and its values.

    The row itself would be taken for quicker than an index that has all of it but the texts.
    """
    if not (seeing and seeing.posts and seeing.threads):
        return "", "", ()
    posts = seeing.posts.about("p.id").replace(_POSTS, f"{_POSTS} {_WITHOUT_TEXTS}", 1)
    return (
        f"CROSS JOIN forum_post p {_WITHOUT_TEXTS} ON p.id = d.post_id",
        f"AND EXISTS ({posts}) AND EXISTS ({seeing.threads.about('p.thread_id')})",
        (*seeing.posts.values, *seeing.threads.values),
    )


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
