"""Tables and code as Typst code: in parts that a page is wide enough for and, on a vertical page, high enough."""

from collections.abc import Iterable, Sequence
from typing import Final

WIDEST: Final = 8  # columns that a page has room for
# What stands level on a vertical page cannot go over to the next one by itself.
ROWS_TOGETHER: Final = 12
LINES_TOGETHER: Final = 30


def listing(lines: Iterable[str], *, vertical: bool) -> str:
    """Return lines of code, each of them Typst code already, as blocks."""
    items = [f"[{line}]" for line in lines]
    together = LINES_TOGETHER if vertical else max(len(items), 1)
    return "".join(f"#listing({', '.join(items[at : at + together])})\n" for at in range(0, len(items), together))


def ruled(rows: Sequence[Sequence[str]], *, has_head: bool, vertical: bool) -> str:
    """Return rows of cells as tables; one that is too wide as several, each of which begins with its first column."""
    columns = max((len(row) for row in rows), default=0)
    whole = [[*row, *["[]"] * (columns - len(row))] for row in rows]
    return "".join(_part(whole, chosen, has_head=has_head, vertical=vertical) for chosen in _shares(columns))


def _shares(columns: int) -> list[list[int]]:
    if columns <= WIDEST:
        return [list(range(columns))] if columns else []
    step = WIDEST - 1
    return [[0, *range(at, min(at + step, columns))] for at in range(1, columns, step)]


def _part(rows: Sequence[Sequence[str]], columns: list[int], *, has_head: bool, vertical: bool) -> str:
    chosen = [[row[column] for column in columns] for row in rows]
    head, body = (chosen[0], chosen[1:]) if has_head else ([], chosen)
    together = ROWS_TOGETHER if vertical else max(len(body), 1)
    parts = [[cell for row in body[at : at + together] for cell in row] for at in range(0, max(len(body), 1), together)]
    return "".join(f"#ruled({len(columns)}, ({_joined(head)}), {_joined(cells)})\n" for cells in parts)


def _joined(pieces: Iterable[str]) -> str:
    return "".join(f"{piece}, " for piece in pieces)
