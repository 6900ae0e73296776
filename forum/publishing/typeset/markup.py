"""The texts of posts as Typst code: every word a quoted string, so that nothing a person writes can be a command."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree

from forum.publishing.book import Picture
from forum.publishing.typeset.notes import Notes
from forum.publishing.typeset.tables import listing, ruled
from forum.publishing.typeset.words import Words, bare, parted, readable

DEEPEST_INSET = 6  # quotes and lists; deeper ones go no further in, for no line would be left
LONGEST_ADDRESS = 8000  # bytes of a link, for Typst: a longer one can only be read
_HEADINGS = {"h3": 1, "h4": 2, "h5": 3, "h6": 4}
_FIRST_SIDE = ("http:", "https:", "mailto:")


@dataclass
class Text:
    """Writes the fragments of one post; `name` is that of its notes."""

    words: Words
    pictures: Mapping[str, Picture]
    name: str
    rank: int  # of the heading above the text
    language: str
    reached: int = 0  # how deep the headings have gone
    flat: bool = False
    inset: int = 0
    notes: Notes = field(init=False)

    def __post_init__(self) -> None:
        self.notes = Notes(self.words, self.name)

    def fragment(self, html: str) -> str:
        """Return a fragment of HTML as Typst code. Raises ElementTree.ParseError when it is not well-formed."""
        root = ElementTree.fromstring(f"<div>{html}</div>")
        self.notes.collect(root)
        self.reached = self.rank
        code = self.blocks(root)
        while self.notes.left:
            code += self.blocks(self.notes.left.pop(0))
        return code

    def blocks(self, parent: ElementTree.Element) -> str:
        """Return the children of an element that holds blocks; loose words between them stay what they are."""
        pieces = [self.run(parent.text)]
        for child in parent:
            pieces.append(self.element(child))
            pieces.append(self.run(child.tail))
        return "".join(pieces)

    def run(self, text: str | None, *, is_bold: bool = False) -> str:
        """Return words as they stand in a line; nothing for mere space between blocks."""
        if not text or (text.isspace() and "\n" in text):
            return ""
        return self.words.line(text, self.language, flat=self.flat, is_bold=is_bold)

    def inline(self, parent: ElementTree.Element, *, is_bold: bool = False) -> str:
        """Return the content of an element within a line."""
        pieces = [self.run(parent.text, is_bold=is_bold)]
        for child in parent:
            code = self.element(child, is_bold=is_bold)
            if code.startswith("#below"):
                before, last = parted(pieces.pop())
                code = f"{before}#glued[{last}{code}]"
            pieces.append(code)
            tail = child.tail or ""
            pieces.append(self.run(tail.lstrip() if child.tag == "br" else tail, is_bold=is_bold))
        return "".join(pieces)

    def element(self, it: ElementTree.Element, *, is_bold: bool = False) -> str:
        """Return one element, in its own language where it has one."""
        if it.tag in ("p", "h3", "h4", "h5", "h6"):
            return self.spoken(it, self.block)
        return self.block(it) or self.phrase(it, is_bold=is_bold)

    def spoken(self, it: ElementTree.Element, write: Callable[[ElementTree.Element], str]) -> str:
        """Return what `write` makes of an element, in the language that the element says it is in."""
        around, self.language = self.language, it.get("lang") or self.language
        code, own, self.language = write(it), self.language, around
        return code if own == around else f'#tongue("{self.words.tongue(own, flat=self.flat)}")[{code}]'

    def block(self, it: ElementTree.Element) -> str:
        match it.tag:
            case "p":
                return f"#p[{self.inline(it)}]\n"
            case "h3" | "h4" | "h5" | "h6":
                self.reached = min(self.rank + _HEADINGS[it.tag], self.reached + 1)
                return f"#headed({self.reached})[{self.inline(it, is_bold=True)}]\n"
            case "blockquote":
                deep = "deep: true" if self.inset >= DEEPEST_INSET else ""
                return f"#quoted({deep})[{self.within(it)}]\n"
            case "ul" | "ol":
                return self.listed(it)
            case "pre":
                return listing(
                    map(self.words.code, "".join(it.itertext()).rstrip("\n").split("\n")), vertical=self.words.vertical
                )
            case "table":
                return self.table(it)
            case "hr":
                return "#parting\n"
            case "img":
                return self.picture(it)
            case "div" | "section":
                return self.blocks(it)
        return ""

    def within(self, it: ElementTree.Element) -> str:
        self.inset += 1
        code = self.blocks(it)
        self.inset -= 1
        return code

    def listed(self, it: ElementTree.Element) -> str:
        items = [f"[{self.spoken(item, self.within)}]" for item in it.findall("li")]
        if self.inset >= DEEPEST_INSET:
            return "".join(f"#quoted(deep: true){item}\n" for item in items)
        if it.tag == "ul":
            kind = "tasks" if it.get("class") == "contains-task-list" else "bullets"
            return f"#{kind}({', '.join(items)})\n"
        start = it.get("start", "1")
        return f"#numbered({int(start) if start.isdecimal() else 1}, {', '.join(items)})\n"

    def table(self, it: ElementTree.Element) -> str:
        was, self.flat = self.flat, True
        rows = [[self.cell(cell) for cell in row if cell.tag in ("td", "th")] for row in it.iter("tr")]
        self.flat = was
        return ruled(rows, has_head=it.find("./thead/tr") is not None, vertical=self.words.vertical)

    def cell(self, it: ElementTree.Element) -> str:
        language, self.language = self.language, it.get("lang") or self.language
        is_bold = it.tag == "th"
        code = self.inline(it, is_bold=is_bold)
        code = f'#tongue("{self.words.tongue(self.language, flat=self.flat)}")[#plain[{code}]]'
        self.language = language
        placed = f", align: {it.get('class')}" if it.get("class") in ("left", "center", "right") else ""
        return f"table.cell([{f'#strong[{code}]' if is_bold else code}]{placed})"

    def picture(self, it: ElementTree.Element) -> str:
        picture, words = self.pictures.get(it.get("src", "")), it.get("alt", "")
        if picture is None:
            return self.run(words)
        return f"#picture({self.words.quote(picture.name)}, {self.words.quote(words)}, {picture.width})\n"

    def phrase(self, it: ElementTree.Element, *, is_bold: bool) -> str:
        match it.tag:
            case "br":
                return "#linebreak();"
            case "strong":
                return f"#strong[{self.inline(it, is_bold=True)}]"
            case "em":
                is_latin = it.get("class") == "latin" or not self.words.is_han(self.language)
                return f"#{'emph' if is_latin else 'stress'}[{self.inline(it, is_bold=is_bold)}]"
            case "del":
                return f"#struck[{self.inline(it, is_bold=is_bold)}]"
            case "code":
                return f"#code[{self.words.code(''.join(it.itertext()))}]"
            case "sup":
                return self.reference(it) or f"#raised[{self.inline(it, is_bold=is_bold)}]"
            case "a":
                return self.link(it, is_bold=is_bold)
        return self.inline(it, is_bold=is_bold)

    def reference(self, it: ElementTree.Element) -> str:
        """Return a writer's own note as one at the foot of the page."""
        link = it.find("a") if it.get("class") == "footnote-ref" else None
        key = link.get("href", "").removeprefix("#") if link is not None else ""
        note = self.notes.take(key)
        if note is None:
            return self.notes.note(key, "")
        paragraphs = list(note)
        alone = len(paragraphs) == 1 and paragraphs[0].tag == "p"
        if self.notes.leaves(note, alone=alone):
            return ""
        self.notes.depth += 1
        code = self.inline(paragraphs[0]) if alone else self.blocks(note)
        self.notes.depth -= 1
        return self.notes.placed(key, code)

    def link(self, it: ElementTree.Element, *, is_bold: bool) -> str:
        """Return a link; its address goes to the foot of the page, once in a post, unless it is what one reads."""
        address, body = it.get("href", ""), self.inline(it, is_bold=is_bold)
        if it.get("class") == "footnote-back":
            return ""
        if not address.lower().startswith(_FIRST_SIDE):
            return body
        if len(address) > LONGEST_ADDRESS:
            return body + self.notes.told(address)
        to = f"#to({self.words.quote(address)})"
        code = f"{to}[{body}]"
        read = "".join(it.itertext()).strip()
        shown = readable(address)
        if it.get("class") == "mention" or bare(readable(read)) == bare(shown):
            return code
        note = self.notes.told(address)
        before, last = parted(body)
        start = f"{to}[{before}]" if before else ""
        return f"{start}#glued[{to}[{last}]{note}]" if last and not self.notes.depth else code + note
