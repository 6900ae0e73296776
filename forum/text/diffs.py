"""What changed between two versions of a text, by character in Chinese and by word in English."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from diff_match_patch import diff_match_patch

Kind = Literal["equal", "insert", "delete", "fold"]

_SECONDS: Final = 0.5  # after which a difference may be coarser than it could be; it is never wrong
# One token is a word of a script that writes words; everything else is a token by the character.
_WORD = re.compile(
    r"[^\W_\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]{2,}(?:['’][^\W_\u2e80-\ua4cf]+)*|[\U00020000-\U0010ffff]"
)
_FIRST_SIGN: Final = 0x20000
_KINDS: Final[dict[int, Kind]] = {0: "equal", 1: "insert", -1: "delete"}
# Where a stretch may be folded: after a line or a sentence, or failing that between words.
_SEAMS = (re.compile(r"\n|(?<=[。！？])|(?<=[.!?])\s+"), re.compile(r"\s+|(?<=[，、；：])"))


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of text and what became of it; a "fold" is an unchanged piece that may be shown shut."""

    kind: Kind
    text: str


def differences(old: str, new: str) -> list[Chunk]:
    """Return the chunks that lead from `old` to `new`, in reading order, what was deleted before what came instead.

    The equal and deleted chunks together are `old`, the equal and inserted ones `new`, to the character.
    """
    # Each word becomes one sign, a rare Chinese character: the library then compares words, and still tells them
    # from spaces and punctuation when it looks for the most readable place of a seam.
    signs: dict[str, str] = {}
    engine = diff_match_patch()
    engine.Diff_Timeout = _SECONDS
    found: list[tuple[int, str]] = engine.diff_main(_encoded(old, signs), _encoded(new, signs))
    engine.diff_cleanupSemantic(found)
    words = {ord(sign): word for word, sign in signs.items()}
    return [Chunk(_KINDS[kind], text.translate(words)) for kind, text in found if text]


def folded(chunks: Iterable[Chunk], *, context: int = 120) -> list[Chunk]:
    """Return `chunks` with the middle of each long unchanged stretch as a "fold".

    About `context` characters beside each change stay open, up to the end of a line or sentence if one is near.
    A stretch is folded only when that hides more than it shows.
    """
    chunks = list(chunks)
    if len(chunks) == 1:
        return chunks
    shown: list[Chunk] = []
    for place, chunk in enumerate(chunks):
        if chunk.kind != "equal":
            shown.append(chunk)
            continue
        start = _seam_after(chunk.text, context) if place > 0 else 0
        end = _seam_before(chunk.text, len(chunk.text) - context) if place < len(chunks) - 1 else len(chunk.text)
        if end - start <= 2 * context:
            shown.append(chunk)
            continue
        pieces = (
            Chunk("equal", chunk.text[:start]),
            Chunk("fold", chunk.text[start:end]),
            Chunk("equal", chunk.text[end:]),
        )
        shown += [piece for piece in pieces if piece.text]
    return shown


def _encoded(text: str, signs: dict[str, str]) -> str:
    return _WORD.sub(lambda word: signs.setdefault(word[0], chr(_FIRST_SIGN + len(signs))), text)


def _seam_after(text: str, place: int) -> int:
    for seam in _SEAMS:
        if found := seam.search(text, place, place + place // 2):
            return found.end()
    return place


def _seam_before(text: str, place: int) -> int:
    start = max(place - (len(text) - place) // 2, 0)
    for seam in _SEAMS:
        if ends := [found.end() for found in seam.finditer(text, start, place)]:
            return ends[-1]
    return place
