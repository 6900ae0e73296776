"""One character for all that mean the same: Traditional, Simplified, Taiwan, Hong Kong, as OpenCC knows them."""

from functools import cache
from itertools import batched, chain

from opencc import OpenCC

# Unified ideographs, extension A, compatibility ideographs, extensions B to H.
_HAN = ((0x4E00, 0xA000), (0x3400, 0x4DC0), (0xF900, 0xFB00), (0x20000, 0x323B0))
# To Simplified from the forms of Taiwan, of Hong Kong and of OpenCC's own standard.
_STEPS = ("tw2s", "hk2s", "t2s")
_AT_ONCE = 2_048  # characters; all of them together would take 15 MB for a moment, which the process keeps


@cache
def han_variants() -> dict[int, str]:
    """Return code point → the character it is folded to, for every Han character that is not folded to itself.

    Character by character: 乾 and 幹 both become 干 whatever stands beside them. A converter that looks at words
    would give the same character different forms in different places, and then a part of a word is not found.
    Takes some 90 ms once in a process.
    """
    changed: dict[str, str] = {}
    steps = [OpenCC(name) for name in _STEPS]
    for points in batched(chain(*(range(first, end) for first, end in _HAN)), _AT_ONCE):
        characters = [chr(point) for point in points]
        for step in steps:
            # Each on its own line, so that no word is seen.
            converted = step.convert("\n".join(characters)).split("\n")
            for character, other in zip(characters, converted, strict=True):
                if character != other and len(other) == 1:
                    changed.setdefault(character, other)
    return {ord(character): _end_of(character, changed) for character in changed}


def _end_of(character: str, changed: dict[str, str]) -> str:
    """Follow the changes until nothing changes; where they run in a circle, to the lowest in it."""
    seen = [character]
    while (character := changed.get(character, character)) not in seen:
        seen.append(character)
    return character if character == seen[-1] else min(seen[seen.index(character) :])
