"""How long a text is, as writers count: Chinese by the character, other scripts by the word."""

import re

_UNIT = re.compile(
    r"[\u3005-\u3007\u3040-\u30fa\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
    r"|[^\W\u3005-\u3007\u3040-\u30fa\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+(?:['’.-]\w+)*"
)


def count_words(text: str) -> int:
    """Return the number of Han and kana characters plus the number of words in other scripts of plain `text`."""
    return sum(1 for _ in _UNIT.finditer(text))
