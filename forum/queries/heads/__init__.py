"""What pages say of themselves to machines: addresses, pictures for shared links, structured data."""

from forum.queries.heads.cards import card_words
from forum.queries.heads.meta import PageMeta
from forum.queries.heads.pages import (
    board_meta,
    city_meta,
    digest_meta,
    directory_meta,
    home_meta,
    person_meta,
    plain_meta,
    thread_meta,
)

__all__ = [
    "PageMeta",
    "board_meta",
    "card_words",
    "city_meta",
    "digest_meta",
    "directory_meta",
    "home_meta",
    "person_meta",
    "plain_meta",
    "thread_meta",
]
