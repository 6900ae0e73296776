"""Texts within an EPUB: links to what stands in the book lead there, notes are marked, pictures are found."""

from urllib.parse import urldefrag
from xml.etree import ElementTree as ET

from forum.publishing.book import Book

EPUB = "http://www.idpf.org/2007/ops"
TYPE = f"{{{EPUB}}}type"
ET.register_namespace("epub", EPUB)


class Places:
    """Where each post of a book stands in its files."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.by_address: dict[str, str] = {}
        for chapter in book.chapters:
            for post in chapter.posts:
                place = f"{chapter.anchor}.xhtml#{post.anchor}"
                if post.address:
                    self.by_address[post.address] = place
                self.by_address.setdefault(f"{book.address}#{post.anchor}", place)

    def placed(self, html: str, *, around: str = "div", kind: str = "text") -> str:
        """Return a fragment of the book's HTML in an element of the class `kind`, with its links and pictures."""
        if not html:
            return ""
        root = ET.fromstring(f"<{around}>{html}</{around}>")  # written by as_xhtml
        root.set("class", kind)
        for element in root.iter():
            if element.tag == "a":
                self._link(element)
            elif element.tag == "img":
                picture = self.book.pictures[element.get("src", "")]
                element.set("src", f"images/{picture.name}")
            elif element.tag == "section":
                element.set(TYPE, "footnotes")
                element.set("role", "doc-endnotes")
                for note in element.iter("li"):
                    if note.get("id"):
                        note.set(TYPE, "footnote")
            elif element.tag == "sup" and element.get("class") == "footnote-ref":
                for reference in element.iter("a"):
                    reference.set(TYPE, "noteref")
                    reference.set("role", "doc-noteref")
        return ET.tostring(root, encoding="unicode", short_empty_elements=True)

    def _link(self, element: ET.Element) -> None:
        href = element.get("href", "")
        if element.get("class") == "footnote-back":
            element.set("role", "doc-backlink")
        if href.startswith("#"):
            return
        bare, fragment = urldefrag(href)
        # Within a thread the number of the page says nothing that the anchor does not.
        place = self.by_address.get(bare) or self.by_address.get(f"{bare.partition('?')[0]}#{fragment}")
        if place:
            element.set("href", place)
