"""Makes the catalogue of Simplified Chinese out of the Traditional one: the words of terms.tsv, then OpenCC."""

import re
import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from opencc import OpenCC

LOCALE = Path(__file__).resolve().parent.parent / "forum" / "locale"
TRADITIONAL = LOCALE / "zh_Hant" / "LC_MESSAGES" / "django.po"
SIMPLIFIED = LOCALE / "zh_Hans" / "LC_MESSAGES" / "django.po"
TERMS = LOCALE / "zh_Hans" / "terms.tsv"

# Without dates: the same words make the same file.
HEADER = r"""# Made from zh_Hant by scripts/simplify.py: change the words there, or in terms.tsv.
msgid ""
msgstr ""
"Project-Id-Version: Cityboards\n"
"Language: zh_Hans\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=1; plural=0;\n"

"""
# Quotation marks as the mainland sets them (GB/T 15834).
QUOTES = str.maketrans("「」『』", "“”‘’")
KEEPS_ITS_PLACE = 0xE000  # private characters stand for the terms while the rest is converted


class Simplifier:
    """Converts texts from Traditional to Simplified Chinese, words of Taiwan to those of the mainland."""

    def __init__(self, terms: Path = TERMS) -> None:
        lines = terms.read_text(encoding="utf-8").splitlines()
        self.terms = dict(line.split("\t", 1) for line in lines if line and not line.startswith("#"))
        self._found = re.compile("|".join(re.escape(term) for term in sorted(self.terms, key=len, reverse=True)))
        self._places = {term: chr(KEEPS_ITS_PLACE + number) for number, term in enumerate(self.terms)}
        self._words = {ord(place): self.terms[term] for term, place in self._places.items()}
        self._converter = OpenCC("tw2sp")

    def __call__(self, text: str) -> str:
        """Return the text in Simplified Chinese; places such as %(name)s stay what they are."""
        kept = self._found.sub(lambda found: self._places[found[0]], text)
        return self._converter.convert(kept).translate(self._words).translate(QUOTES)


def read(path: Path) -> Catalog:
    """Return the catalogue in a file."""
    with path.open("rb") as stream:
        return read_po(stream, locale=path.parent.parent.name)


def simplified(source: Catalog) -> Catalog:
    """Return the catalogue of Simplified Chinese that a Traditional one makes."""
    simplify = Simplifier()
    made = Catalog(locale="zh_Hans", fuzzy=False)
    for message in source:
        if message.id:
            forms = (message.string,) if isinstance(message.string, str) else message.string
            words = [simplify(form) for form in forms]
            string = words[0] if isinstance(message.string, str) else tuple(words)
            made.add(message.id, string, flags=message.flags, context=message.context)
    return made


def main() -> None:
    """Write the catalogue; with the argument `show`, print what it says, one text a line, to be read through."""
    made = simplified(read(TRADITIONAL))
    if sys.argv[1:] == ["show"]:
        for message in made:
            print(message.string if isinstance(message.string, str) else " / ".join(message.string))
        return
    body = BytesIO()
    write_po(body, made, width=0, omit_header=True)
    SIMPLIFIED.parent.mkdir(parents=True, exist_ok=True)
    SIMPLIFIED.write_bytes(HEADER.encode() + body.getvalue())


if __name__ == "__main__":
    main()
