"""The pieces of a query: words, phrases, operators with their values, signs and brackets."""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from forum.search.operators import Problem, operator_called

MOST_CHARACTERS = 1000
DEEPEST = 8  # brackets within brackets

_QUOTES = {'"': '"', "“": "”", "「": "」", "『": "』", "＂": "＂", "〝": "〞", "«": "»"}
_OPEN, _CLOSE = "(（", ")）"
_OR = "|｜"
_MINUS = "-－−–"
# Between words these say nothing; a Chinese query often stands in one piece with them.
_BETWEEN = frozenset("，。、；！？…—《》〈〉【】〔〕：”」』〞»　")
_LOOSE = ",;:!?'’‘.…"  # at the end of a word
_LOOSE_BEFORE = ",;:!?'’‘"  # before one: not the dot of ".NET"


class Kind(StrEnum):
    """What a piece of a query is."""

    WORD, PHRASE, OR, NOT, OPEN, CLOSE = "word", "phrase", "or", "not", "open", "close"


@dataclass(frozen=True, slots=True)
class Token:
    """One piece; `operator` says what `text` is the value of, when it is one's."""

    kind: Kind
    text: str = ""
    operator: str = ""


def scan(text: str) -> tuple[list[Token], list[Problem]]:
    """Return the pieces of a query and what is wrong with them; brackets are balanced but for missing closing ones."""
    scanner = _Scanner(_printable(text[:MOST_CHARACTERS]))
    scanner.run()
    return scanner.tokens, scanner.problems


def _printable(text: str) -> str:
    return "".join(
        " " if unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") else character for character in text
    )


def _says_something(text: str) -> bool:
    """Return whether there is more than punctuation: a letter, a number or a sign such as an emoji."""
    return any(unicodedata.category(character)[0] in "LNSM" for character in text)


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = self.depth = 0
        self.tokens: list[Token] = []
        self.problems: list[Problem] = []

    def run(self) -> None:
        while self.at < len(self.text):
            character = self.text[self.at]
            if character.isspace() or character in _BETWEEN or character in _LOOSE_BEFORE:
                self.at += 1
            elif character in _OPEN + _CLOSE:
                self._bracket(opens=character in _OPEN)
            elif character in _OR:
                self._add(Kind.OR)
            elif character in _MINUS and self._is_sign():
                self._add(Kind.NOT)
            elif character in _QUOTES:
                self._phrase("")
            else:
                self._word()

    def _add(self, kind: Kind) -> None:
        self.tokens.append(Token(kind))
        self.at += 1

    def _bracket(self, *, opens: bool) -> None:
        step = 1 if opens else -1
        if 0 <= self.depth + step <= DEEPEST:
            self.depth += step
            self.tokens.append(Token(Kind.OPEN if opens else Kind.CLOSE))
        self.at += 1

    def _is_sign(self) -> bool:
        """Return whether the minus stands directly before what is not meant; "--flag" is a word."""
        after = self.text[self.at + 1 : self.at + 2]
        return bool(after) and not after.isspace() and after not in _MINUS + _CLOSE + _OR and after not in _BETWEEN

    def _phrase(self, operator: str) -> None:
        opening = self.text[self.at]
        end = self.text.find(_QUOTES[opening], self.at + 1)
        if end < 0:
            self.at += 1
            self.problems.append(Problem("quote"))
            if operator:
                self._value(operator)
            return
        phrase = " ".join(self.text[self.at + 1 : end].split())
        self.at = end + 1
        if operator or _says_something(phrase):
            self.tokens.append(Token(Kind.PHRASE, phrase, operator))

    def _word(self) -> None:
        start = self.at
        end = self._end_of_word()
        colon = min((at for sign in ":：" if (at := self.text.find(sign, start, end + 1)) > start), default=-1)
        operator = operator_called(unicodedata.normalize("NFKC", self.text[start:colon])) if colon > 0 else ""
        if operator:
            self.at = colon + 1
            self._value(operator)
            return
        self.at = end
        word = self.text[start:end].rstrip(_LOOSE)
        if unicodedata.normalize("NFKC", word) in ("OR", "或"):
            self.tokens.append(Token(Kind.OR))
        elif _says_something(word) and word != "AND":
            self.tokens.append(Token(Kind.WORD, word))

    def _value(self, operator: str) -> None:
        """Read what follows the colon of an operator: a word or something quoted."""
        if self.text[self.at : self.at + 1] in _QUOTES:
            self._phrase(operator)
            return
        start, self.at = self.at, self._end_of_word()
        value = self.text[start : self.at].rstrip(_LOOSE)
        if operator != "title":
            value = unicodedata.normalize("NFKC", value)
        self.tokens.append(Token(Kind.WORD, value if operator != "title" or _says_something(value) else "", operator))

    def _end_of_word(self) -> int:
        """Return where the word that begins here ends. Brackets belong to it when they close within it: f(x)."""
        end = self.at
        while end < len(self.text):
            character = self.text[end]
            if character.isspace() or character in _BETWEEN or character in _QUOTES or character in _OR + _CLOSE:
                break
            if character in _OPEN:
                closed = self._closed(end)
                if not closed or end == self.at:
                    break
                end = closed
            else:
                end += 1
        return end

    def _closed(self, at: int) -> int:
        """Return where the bracket at `at` is closed again within the word, 0 when it is not."""
        depth = 0
        for end in range(at, len(self.text)):
            character = self.text[end]
            if character.isspace() or character in _BETWEEN or character in _QUOTES or character in _OR:
                return 0
            depth += (character in _OPEN) - (character in _CLOSE)
            if depth == 0:
                return end + 1
        return 0
