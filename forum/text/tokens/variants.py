"""One character for all that mean the same: Traditional, Simplified, Taiwan, Hong Kong, as OpenCC knows them."""

from functools import cache

from opencc import OpenCC

# Unified ideographs, extension A, compatibility ideographs, extensions B to H.
_HAN = ((0x4E00, 0xA000), (0x3400, 0x4DC0), (0xF900, 0xFB00), (0x20000, 0x323B0))
# To Simplified from the forms of Taiwan, of Hong Kong and of OpenCC's own standard.
_STEPS = ("tw2s", "hk2s", "t2s")


@cache
def han_variants() -> dict[int, str]:
    """Return code point → the character it is folded to, for every Han character that is not folded to itself.

    Character by character: 乾 and 幹 both become 干 whatever stands beside them. A converter that looks at words
    would give the same character different forms in different places, and then a part of a word is not found.
    Takes some 60 ms once in a process.
    """
    changed: dict[str, str] = {}
    steps = [OpenCC(name) for name in _STEPS]
    for first, end in _HAN:
        characters = [chr(point) for point in range(first, end)]
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
