"""The language of a text, guessed from its script and smallest words; those that one may choose."""

import re
from typing import Final, Literal

Language = Literal["zh-Hant", "en", ""]

# What a writer may choose where the guess is wrong, each named in itself.
CHOICES: Final = {
    "zh-Hant": "繁體中文",
    "zh-Hans": "简体中文",
    "en": "English",
    "ja": "日本語",
    "ko": "한국어",
    "de": "Deutsch",
    "fr": "Français",
    "es": "Español",
    "vi": "Tiếng Việt",
    "id": "Bahasa Indonesia",
}
EAST_ASIAN: Final = ("zh", "ja", "ko")  # written without Latin letters

_SAMPLE: Final = 6000
_SAMPLE_OF_BLOCK: Final = 600
FEWEST_WORDS: Final = 4  # by which a line is told to be English among Chinese; fewer may be a name
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


def guess_block(text: str, around: str = "") -> Language:
    """Return the language of a paragraph, item or cell where its script is another than that of the text around it.

    "" where it is the same or cannot be told; a name or a few words are left alone.
    """
    text = text[:_SAMPLE_OF_BLOCK]
    is_among_latin = not around.startswith(EAST_ASIAN)
    if is_among_latin and _HAN.search(text):
        return "zh-Hant" if guess(text) == "zh-Hant" else ""
    if around and is_among_latin:
        return ""
    han = len(_HAN.findall(text))
    if han * 8 > len(text):  # most are Chinese through and through
        return ""
    words = _WORD.findall(_NOISE.sub(" ", text))
    if han * 4 > len(words) or len(words) < FEWEST_WORDS or _OTHER_EAST_ASIAN.search(text):
        return ""
    return "en" if _is_english(words) and _small(words) > 1 else ""


def chosen(language: str, text: str) -> str:
    """Return the language as its writer chose it; "" when it is what would be guessed anyway."""
    return "" if language == guess(text) else language


def _small(words: list[str]) -> int:
    """Count the smallest words of English among these."""
    return sum(word.lower().replace("’", "'") in _SMALL_WORDS for word in words)


def _is_english(words: list[str]) -> bool:
    plain = sum(word.replace("’", "'").isascii() for word in words)
    if plain < 0.95 * len(words):
        return False
    return len(words) < 8 or _small(words) * 12 >= len(words)
