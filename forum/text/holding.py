"""Words and patterns that hold a text: what they are, and which of them stand in it."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import re2
from django.utils.translation import gettext as _

LINES = 100  # patterns of one city
LENGTH = 200  # characters of one pattern

# A pattern may cost so much memory, in bytes; RE2 itself takes time in proportion to the text, whatever the pattern.
_MEMORY = 1 << 20
_REFERENCE = re.compile(r"invalid escape sequence: \\\d")  # in RE2's words for what it does not take


def lines_of(text: str) -> list[str]:
    """Return the lines of a list that is kept one item a line, without empty ones, each once."""
    return list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


def folded(text: str) -> str:
    """Return the text as it is compared: in one case, full-width letters and digits as plain ones."""
    return unicodedata.normalize("NFKC", text).casefold()


def words_in(text: str, words: str) -> list[str]:
    """Return the words of the list that stand in the text, as the list writes them.

    Whatever the case. A word of Latin letters or digits does not count within a longer one; Chinese ones do.
    """
    text = folded(text)
    return [word for word in lines_of(words) if stands_in(text, folded(word))]


def stands_in(text: str, word: str) -> bool:
    """Return whether a folded word stands in a folded text: one of Latin letters or digits not within a longer one."""
    start = text.find(word)
    while start >= 0:
        end = start + len(word)
        if not (_runs_on(text, start) or _runs_on(text, end)):
            return True
        start = text.find(word, start + 1)
    return False


def _runs_on(text: str, place: int) -> bool:
    """Return whether Latin letters or digits stand on both sides of a place in the text."""
    around = text[max(place - 1, 0) : place + 1] if 0 < place < len(text) else ""
    return len(around) == 2 and around.isascii() and around.isalnum()


def patterns_in(text: str, patterns: str) -> list[str]:
    """Return the patterns of the list that match in the text, in any case of letters; broken ones match nothing."""
    return [pattern for pattern in lines_of(patterns) if (found := _compiled(pattern)) and found.search(text)]


def pattern_problems(patterns: str) -> Iterator[str]:
    """Yield a sentence for each line that cannot be used, with its number."""
    for number, line in enumerate(patterns.splitlines(), 1):
        if problem := _problem(line.strip()) if line.strip() else "":
            yield _("Line %(line)s: %(problem)s") % {"line": number, "problem": problem}
    if len(lines_of(patterns)) > LINES:
        yield _("These are more than %(count)s patterns.") % {"count": LINES}


def _problem(pattern: str) -> str:
    if len(pattern) > LENGTH:
        return _("A pattern has at most %(count)s characters.") % {"count": LENGTH}
    try:
        found = re2.compile(pattern, _options())
    except re2.error as problem:
        return _in_words(problem)
    return _("This pattern matches every text.") if found.search("") else ""


def _in_words(problem: Exception) -> str:
    told = problem.args[0].decode(errors="replace") if problem.args and isinstance(problem.args[0], bytes) else ""
    if told.startswith("invalid perl operator") or _REFERENCE.search(told):
        return _("Looking ahead or behind and references back are refused: they could run away.")
    if "too large" in told or told.startswith("invalid repetition size"):
        return _("This pattern repeats too much: it could run away.")
    return _("This is not a pattern that we understand (%(detail)s).") % {"detail": told}


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> Any:
    try:
        return re2.compile(pattern, _options())
    except re2.error:
        return None


def _options() -> Any:
    options = re2.Options()
    options.case_sensitive, options.log_errors, options.max_mem = False, False, _MEMORY
    return options
