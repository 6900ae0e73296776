"""What no Markdown renderer should be asked: shapes of text that cost far more than they say."""

import re

# Limits of what is rendered; beyond them a text is shown as plain paragraphs. Each is far above honest use.
MAX_RENDERED = 80_000  # imported posts may be longer than what people may type here
MAX_COLUMNS = 50
MAX_PADDED_CELLS = 20_000
MAX_DEPTH = 20
MAX_PARENTHESES = 500

_MARKERS = re.compile(r"(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])))+")
_RULE = re.compile(r"[ \t>]*([-*_])[ \t]*(?:\1[ \t]*){2,}")
_DELIMITERS = re.compile(r"[\s>*+\d.)|:-]+")
_LONG_TOKEN = re.compile(r"\S{2000,}")


def is_too_costly(source: str) -> bool:
    """Tell whether rendering `source` could take or produce out of all proportion to its length."""
    return len(source) > MAX_RENDERED or _has_knotted_address(source) or _has_hostile_lines(source)


def _has_knotted_address(source: str) -> bool:
    # Each closing parenthesis at the end of a bare address makes the renderer count all of them again.
    return any(token[0].count(")") > MAX_PARENTHESES for token in _LONG_TOKEN.finditer(source))


def _has_hostile_lines(source: str) -> bool:
    columns = padded = 0
    for line in source.split("\n"):
        if len(line) > 2 * MAX_DEPTH and _depth(line) > MAX_DEPTH:
            return True
        if not line.strip(" \t>"):
            columns = 0
            continue
        bars = line.count("|")
        # A row of a table need not be complete: the renderer fills it up, which is how little text makes many cells.
        padded += max(0, columns - bars - 1)
        if padded > MAX_PADDED_CELLS:
            return True
        if bars and "-" in line and _DELIMITERS.fullmatch(line):
            columns = max(columns, bars + 1)
            if bars > MAX_COLUMNS + 1:
                return True
    return False


def _depth(line: str) -> int:
    """Count the quotes and lists that open at the start of one line."""
    if _RULE.fullmatch(line):
        return line.count(">")
    markers = _MARKERS.match(line)
    return len(re.findall(r">|[-*+](?=[ \t])|[.)](?=[ \t])", markers[0] + " ")) if markers else 0
