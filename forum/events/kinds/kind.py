"""What a kind of event is, and the ways in which kinds show."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of event: `words` is its sentence anywhere, `here` the one that stands in the thread itself.

    A sentence may use %(actor)s, %(person)s, %(thread)s, %(board)s, %(number)s (of a post) and the keys
    of the event's data.
    """

    words: Promise | str
    here: Promise | str = ""
    in_log: bool = False
    in_thread: bool = False


def private(words: Promise | str) -> Kind:
    """Return a kind that is only kept."""
    return Kind(words)


def logged(words: Promise | str) -> Kind:
    """Return a kind that stands in the city's public log."""
    return Kind(words, in_log=True)


def acted(words: Promise | str, here: Promise | str) -> Kind:
    """Return a kind that stands in the log and in the course of the thread."""
    return Kind(words, here, in_log=True, in_thread=True)
