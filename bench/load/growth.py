"""Whether pages cost more where there is more: two or more runs of the load beside each other.

`make bench PART=growth` takes the newest run of each size in build/bench/ and prints, by database, the ratio to the
yardstick and the time of the processor at each size, and how many times that of the smallest the largest needs.
"""

import json
from itertools import groupby
from pathlib import Path
from typing import Any

from bench.load.table import FOLDER

MOST = 1.3  # times


def newest(folder: Path = FOLDER) -> list[tuple[str, int, dict[str, Any]]]:
    """Return database, posts and lines of the newest run of each size, sizes within 2 % of each other being one."""
    found: dict[tuple[str, int], tuple[str, int, dict[str, Any]]] = {}
    for file in sorted(folder.glob("*-*-*.json"), key=lambda one: one.stem.split("-", 2)[2]):
        database, posts, _time = file.stem.split("-", 2)
        lines = {f"{one['scenario']} · {one['reader']}": one for one in json.loads(file.read_text())["lines"]}
        found[database, round(int(posts), 1 - len(posts))] = (database, int(posts), lines)
    return sorted(found.values(), key=lambda one: one[:2])


def table(runs: list[tuple[str, int, dict[str, Any]]]) -> str:
    """Return the comparison of runs on one database, the smallest site first, in Markdown."""
    sizes = [f"{posts:,} posts" for _database, posts, _lines in runs]
    rows = [["scenario", *sizes, f"CPU, times (target {MOST})"]]
    rows.append(["---"] * len(rows[0]))
    for name, first in runs[0][2].items():
        beside = [lines[_alike(name, lines)] for _database, _posts, lines in runs if _alike(name, lines)]
        if first["ratio"] is None or len(beside) < len(runs):
            continue
        cells = [f"{one['ratio']:.2f} · {one['processor']:.2f} ms" for one in beside]
        rows.append([name, *cells, f"{beside[-1]['processor'] / max(0.01, first['processor']):.2f}"])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _alike(name: str, lines: dict[str, Any]) -> str:
    """Return the line of the same scenario: the page deep in a board or thread has another number elsewhere."""
    kind, reader = name.split(" · ")
    words = kind.partition(", page ")
    if not words[1]:
        return name if name in lines else ""
    return next((one for one in lines if one.startswith(f"{words[0]}, page ") and one.endswith(reader)), "")


if __name__ == "__main__":
    for _database, group in groupby(newest(), key=lambda one: one[0]):
        print(f"{_database}\n\n{table(list(group))}\n")
