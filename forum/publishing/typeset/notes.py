"""The notes of one text: at the foot of the page, or in brackets where they stand within another one."""

from dataclasses import dataclass, field
from xml.etree import ElementTree

from forum.publishing.typeset.words import Words, readable

DEEPEST_NOTE = 4  # notes in notes, in brackets; what lies deeper stands at the end of the text


@dataclass
class Notes:
    """What a text has for notes; `name` keeps them apart from those of others.

    `depth` is within how many notes one is. Typst loses notes of notes at the end of a page, so none are made.
    """

    words: Words
    name: str
    written: dict[str, ElementTree.Element] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)  # of what has a note: its key, and the label of the note
    depth: int = 0
    left: list[ElementTree.Element] = field(default_factory=list)  # too deep for brackets

    def collect(self, root: ElementTree.Element) -> None:
        """Take the notes that the writer put below the text out of it."""
        for section in root.findall("./section[@class='footnotes']"):
            self.written.update({item.get("id", ""): item for item in section.iter("li") if item.get("id")})
            root.remove(section)

    def take(self, key: str) -> ElementTree.Element | None:
        """Return the note of that key, the first time: one that names itself ends there."""
        if key in self.labels:
            return None
        self.labels[key] = ""
        return self.written.get(key)

    def leaves(self, note: ElementTree.Element, *, alone: bool) -> bool:
        """Tell whether the note has to stand at the end of the text; `alone`: it is one paragraph."""
        is_left = self.depth > 0 and (self.depth >= DEEPEST_NOTE or not alone)
        if is_left:
            self.left.append(note)
        return is_left

    def note(self, key: str, code: str) -> str:
        """Return the code of a note; for a key that has one already that of a second mark."""
        if label := self.labels.get(key):
            return f"#below({label});"
        if not code:
            return ""
        self.labels[key] = label = f"<note-{self.name}-{len(self.labels)}>"
        return f"#below[{code}]{label}"

    def placed(self, key: str, code: str) -> str:
        """Return words that belong below the text, as a note, or in brackets within one."""
        if not self.depth:
            return self.note(key, code)
        return f"{self.words.plain(' (')}{code}{self.words.plain(')')}" if code else ""

    def told(self, address: str) -> str:
        """Return the address of a link, for who reads it on paper."""
        return self.placed(address, self.words.line(readable(address), "en"))
