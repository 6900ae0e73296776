"""Mentions: the @names of a text, and the links that those of people become."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

MOST: Final = 20  # people that one text can mention
MOST_RUNS: Final = 60  # places of one text that are looked at
_LONGEST: Final = 60  # characters of a sign-in name
_LONGEST_WIDE: Final = 20  # of a run without spaces: each of its beginnings may be a name

# No mention begins within an address or a word of Latin letters; Chinese has no spaces to ask for.
_AT = re.compile(r"(?<![A-Za-z0-9_.+\-/:@＠])[@＠](\w[\w.\-]*)")
_WIDE = re.compile(r"[\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]")
_MENTION = re.compile(r'<a class="mention" href="([^"]*)"')


def possible_names(source: str) -> list[str]:
    """Return what may be a mentioned sign-in name in the text, in lower case, in the order of the text.

    More than are names: what stands in code is among them, and each beginning of a run that has no spaces.
    """
    names: dict[str, None] = {}
    for number, found in enumerate(_AT.finditer(source)):
        if number == MOST_RUNS:
            break
        names |= dict.fromkeys(name.lower() for name in _beginnings(found[1]))
    return list(names)


def _beginnings(run: str) -> Iterator[str]:
    """Yield the names that the run may begin with, the longest first: it ends only where a word may end."""
    run = run[:_LONGEST]
    for end in range(len(run), 0, -1):
        if run[end - 1] in ".-":
            continue
        before, after = run[end - 1], run[end : end + 1]
        is_wide = bool(_WIDE.match(before))
        if after and after not in ".-" and not is_wide and not _WIDE.match(after):
            continue  # within a word
        if is_wide and end > _LONGEST_WIDE:
            continue
        yield run[:end]


def link_mentions(words: str, people: Mapping[str, str], *, quoted: bool = False) -> str:
    """Return a piece of HTML without tags, its @names being links; `people` has the address of each, by lower case.

    What is `quoted` was said before: its names lead to people and mention nobody.
    """
    mark = "" if quoted else ' class="mention"'

    def linked(found: re.Match[str]) -> str:
        run = found[1]
        name = next((name for name in _beginnings(run) if name.lower() in people), "")
        if not name:
            return found[0]
        return f'<a{mark} href="{people[name.lower()]}">{found[0][0]}{name}</a>{run[len(name) :]}'

    return _AT.sub(linked, words)


def mentioned_addresses(html: str) -> set[str]:
    """Return the addresses whom rendered HTML mentions: what stood in code, in a link or in a quotation is none."""
    return set(_MENTION.findall(html))
