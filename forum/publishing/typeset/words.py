"""Words as Typst code: what is quoted, where long ones may break, what stands upright, what no typeface has."""

import re
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote

# The languages that are set in a way of their own, and how Typst calls them.
TONGUES: Final = {
    "zh-Hant": ("zh", "TW"),
    "zh-Hans": ("zh", "CN"),
    "ja": ("ja", "JP"),
    "ko": ("ko", "KR"),
    "en": ("en", None),
    "de": ("de", None),
    "fr": ("fr", None),
    "es": ("es", None),
    "vi": ("vi", None),
    "id": ("id", None),
    "": ("en", None),
}
_HAN: Final = {"zh-Hant", "zh-Hans", "ja"}
_WIDE = r"\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff"
_SPACE = re.compile(r"[ \t\r\n]+")
_ZH = r"\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_LONG = rf"(?P<long>[^\s{_WIDE}]{{25,}})"
_MARKS = r"(?P<marks>[\u2025\u2026\u2014、-〟！-／：-＠［-～]{13,})"  # more of them than a line could hold unbroken
# Marks that begin no line in Chinese (CLREQ 3.1.6), but that Unicode would let begin one.
_GLUED = rf"(?P<glued>[{_ZH}][·～〜‧∕／])"
_DASH = r"(?P<dash>[\u2014\u2e3a]+)"
_APOSTROPHE = r"(?P<apostrophe>(?<=[A-Za-z])\u2019(?=[A-Za-z]))"
# In a vertical line: one or two digits abreast; four digits, one letter or an abbreviation one below another.
# Not so within Latin words, which lie.
_ALONE, _AND_THEN = r"(?<![\w.,:/%+'-])(?<![\w.,:;!?)] )", r"(?![\w/%+'-]|[.,:] ?\w| [\w(])"
_ABREAST = rf"(?P<abreast>{_ALONE}\d{{2}}{_AND_THEN})"
_STACKED = rf"(?P<stacked>{_ALONE}(?:\d|\d{{3,4}}|[A-Z]{{1,4}}){_AND_THEN})"
_ASCII = re.ASCII  # so that \w is not a Chinese character
_HORIZONTAL = re.compile("|".join((_LONG, _MARKS, _GLUED, _DASH, _APOSTROPHE)), _ASCII)
_VERTICAL = re.compile("|".join((_LONG, _MARKS, _GLUED, _ABREAST, _STACKED, _APOSTROPHE)), _ASCII)
_OTHER = re.compile("|".join((_LONG, _MARKS)))
_NARROW = re.compile(rf"(?P<narrow>[^\s{_WIDE}]{{9,}})|{_GLUED}|{_DASH}|{_APOSTROPHE}", _ASCII)
_CHUNK = re.compile(r"[^/?&=.\-_,;]{1,12}[/?&=.\-_,;]?|[/?&=.\-_,;]", re.DOTALL)
_SMALL_CHUNK = re.compile(r".{1,5}", re.DOTALL)
_LAST_WORDS = re.compile(r'#"((?:[^"\\]|\\.)*?)([^"\\]|\\.)";$')
_BARE = re.compile(r"^(?:https?://|mailto:)?(?:www\.)?|/$", re.IGNORECASE)
_BYTES = re.compile(r"(?:%[89A-F][0-9A-F])+", re.IGNORECASE)
_LONG_CODE = re.compile(r"\S{20,}")
_ESCAPED = str.maketrans({'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "", "\t": "\\t"})
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)


@dataclass
class Words:
    """Writes words, and remembers which characters it wrote, and which of them in bold."""

    vertical: bool = False
    absent: frozenset[str] = frozenset()  # characters that no typeface has
    bold: set[str] = field(default_factory=set)

    @staticmethod
    def quote(text: str) -> str:
        """Return the text as a Typst string."""
        return f'"{_INVISIBLE.sub("", text).translate(_ESCAPED)}"'

    def shown(self, text: str) -> str:
        """Return the text without what no typeface has: for places that have no room for a frame."""
        return "".join(character for character in text if character not in self.absent)

    @staticmethod
    def is_han(language: str) -> bool:
        """Tell whether the language is written without spaces between words, and without italics."""
        return language in _HAN

    @staticmethod
    def tongue(language: str, *, flat: bool) -> str:
        """Return the name that book.typ has for the way this language is set."""
        name = language if language in TONGUES else ""
        return f"{name}/flat" if flat else name

    def line(self, text: str, language: str, *, flat: bool = False, is_bold: bool = False) -> str:
        """Return words in a line as code; runs of white space are one space."""
        text = _SPACE.sub(" ", text)
        if is_bold:
            self.bold.update(text)
        if flat:
            pattern = _NARROW
        elif not self.is_han(language):
            pattern = _OTHER
        else:
            pattern = _VERTICAL if self.vertical else _HORIZONTAL
        out, done = [], 0
        for found in pattern.finditer(text):
            out.append(self.plain(text[done : found.start()]))
            out.append(self.special(found))
            done = found.end()
        out.append(self.plain(text[done:]))
        return "".join(out)

    def special(self, found: re.Match[str]) -> str:
        match found.lastgroup:
            case "long":
                return "#w;".join(self.plain(part) for part in _CHUNK.findall(found[0]))
            case "narrow":
                return "#w;".join(self.plain(part) for part in _SMALL_CHUNK.findall(found[0]))
            case "marks":
                return "#w;".join(self.plain(found[0][at : at + 12]) for at in range(0, len(found[0]), 12))
            case "apostrophe":
                return f"#latin({self.quote(found[0])});"
            case name:
                return f"#{name}[{self.plain(found[0])}]"

    def code(self, text: str) -> str:
        """Return words of code, with every space; words without end may break anywhere."""
        out, done = [], 0
        text = text.expandtabs(4)
        bare = text.lstrip(" ")
        text = "\u00a0" * (len(text) - len(bare)) + bare
        for found in _LONG_CODE.finditer(text):
            out.append(self.plain(text[done : found.start()]))
            word = found[0]
            out.append("#w;".join(self.plain(word[at : at + 10]) for at in range(0, len(word), 10)))
            done = found.end()
        out.append(self.plain(text[done:]))
        return "".join(out)

    def plain(self, text: str) -> str:
        """Return the text as code, with frames for the characters that no typeface has."""
        if not text:
            return ""
        if not self.absent or self.absent.isdisjoint(text):
            return f"#{self.quote(text)};" if _INVISIBLE.sub("", text) else ""
        out, kept = [], ""
        for character in text:
            if character in self.absent:
                out.append(self.plain(kept))
                out.append(f'#missing("{named(character)}");')
                kept = ""
            else:
                kept += character
        return "".join((*out, self.plain(kept)))


def named(character: str) -> str:
    """Return the code of a character as people write it: U+1F9D1."""
    return f"U+{ord(character):04X}"


def seen(text: str) -> set[str]:
    """Return the characters of a text that need a shape; the others never stand on paper."""
    return {character for character in set(_INVISIBLE.sub("", text)) if not character.isspace()}


def readable(address: str) -> str:
    """Return an address with its letters as letters: those of other scripts than Latin are not spelled in bytes."""
    return _BYTES.sub(_as_letters, address)


def _as_letters(found: re.Match[str]) -> str:
    try:
        return unquote(found[0], errors="strict")
    except UnicodeDecodeError:
        return found[0]


def bare(address: str) -> str:
    """Return an address without what people leave out when they write it."""
    return _BARE.sub("", address.strip())


def parted(code: str) -> tuple[str, str]:
    """Return the code of words without their last character, and that of this character.

    A mark of a note is held to it, so that no line begins with one. The second is empty where the code ends otherwise.
    """
    found = _LAST_WORDS.search(code)
    if found is None:
        return code, ""
    rest = f'#"{found[1]}";' if found[1] else ""
    return code[: found.start()] + rest, f'#"{found[2]}";'
