"""Scopes: the places whose changes are counted, so that what is kept of a page is known to hold still."""

from enum import IntEnum
from typing import NamedTuple


class Kind(IntEnum):
    """What kinds of places there are."""

    SITE = 1
    EVERYWHERE = 2
    CITY = 3
    NEWS = 4
    BOARD = 5
    THREAD = 6
    STRETCH = 7


POSTS = 20  # in a stretch: as many as stand on a page
STRETCHES = 2**24  # in a thread: more than anybody writes


class Scope(NamedTuple):
    """Something that pages show, and whose generation grows whenever it changes."""

    kind: int
    key: int


# What any page may show and seldom changes: names and pictures of people, categories, notices of the site. Every page
# depends on it.
SITE = Scope(Kind.SITE, 0)
# Grows with each change of anything that visitors can see.
EVERYWHERE = Scope(Kind.EVERYWHERE, 0)


def city(pk: int) -> Scope:
    """Return the scope of the face of a city, which each page under it shows: name, settings, rules, officers, boards.

    No reply changes it.
    """
    return Scope(Kind.CITY, pk)


def news(pk: int) -> Scope:
    """Return the scope of all that a city holds: its face, counters, members, log, votes, boards, threads, posts."""
    return Scope(Kind.NEWS, pk)


def board(pk: int) -> Scope:
    """Return the scope of a board and of the threads that stand on it, as lists show them."""
    return Scope(Kind.BOARD, pk)


def thread(pk: int) -> Scope:
    """Return the scope of a thread: its posts, who recommends them, what officers did, its poll."""
    return Scope(Kind.THREAD, pk)


def stretch(thread_pk: int, page: int) -> Scope:
    """Return the scope of those posts of a thread, by their numbers, that stand on a page from which none has left."""
    return Scope(Kind.STRETCH, thread_pk * STRETCHES + page - 1)
