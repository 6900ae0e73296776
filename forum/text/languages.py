"""The language of a text, guessed from its script and its smallest words."""

import re
from typing import Final, Literal

Language = Literal["zh-Hant", "en", ""]

_SAMPLE: Final = 6000
_IMAGE = re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)")
_NOISE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`|https?://\S+|^>[^\n]*$", re.DOTALL | re.MULTILINE)
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_OTHER_EAST_ASIAN = re.compile(r"[\u3041-\u30fa\uac00-\ud7a3]")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SMALL_WORDS: Final = frozenset(
    "a an and are as at be but by can do for from have i if in is it me my no not of on or so that the they this to "
    "was we what which will with would yes you your it's don't i'm".split()
)
# Characters that only simplified writing uses: such a text is Chinese, but not of the kind we could mark.
_SIMPLIFIED: Final = frozenset(
    "们这说国时会对发个来为样过还没问见现头长门东车马书学开关无业从义乌习买卖让议论"
    "谢网费载试应该语认识请难总给结级继续纪约经线组统点单双图场块变实觉况运动随边进选连达远"
)


def guess(text: str) -> Language:
    """Return the language to mark `text` with: "zh-Hant", "en", or "" when it is neither or cannot be told."""
    text = _IMAGE.sub(" ", text[:_SAMPLE]) if "![" in text else text[:_SAMPLE]
    sample = _NOISE.sub(" ", text) if text else ""
    if not sample.strip():
        sample = text
    han = _HAN.findall(sample)
    words = [word for word in _WORD.findall(_HAN.sub(" ", sample)) if word]
    if not han and not words:
        return ""
    if len(_OTHER_EAST_ASIAN.findall(sample)) * 10 > len(han) + len(words):
        return ""
    if len(han) >= 1.6 * len(words):  # a Chinese word is a little more than one and a half characters long
        simplified = sum(character in _SIMPLIFIED for character in han)
        return "" if simplified * 12 > len(han) else "zh-Hant"
    return "en" if _is_english(words) else ""


def _is_english(words: list[str]) -> bool:
    plain = sum(word.replace("’", "'").isascii() for word in words)
    if plain < 0.95 * len(words):
        return False
    small = sum(word.lower().replace("’", "'") in _SMALL_WORDS for word in words)
    return len(words) < 8 or small * 12 >= len(words)
