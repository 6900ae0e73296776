"""Our own HTML as XML, for books: links whole, ids that no two texts share, and only pictures that are at hand."""

import html as entities
import re
from collections.abc import Container
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit

# What no XML may hold, and what is a character to nobody.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_ID = re.compile(r'\bid="([^"]*)"')
_HOST = re.compile(r"(?:[\w-]+\.)*[\w-]+\.?(?::\d{1,5})?|\[[0-9A-Fa-f:.]+\](?::\d{1,5})?")
_MAIL = re.compile(r"[^\s@<>\[\]|\\^`{}]+@(?:[\w-]+\.)*[\w-]+")
_VOID = frozenset(("br", "hr", "img"))
_ALIGNED = {"left", "center", "right"}
_KEPT = {
    "a": ("title", "class", "aria-label"),
    "em": ("class",),
    "ol": ("start",),
    "pre": ("data-language",),
    "section": ("class",),
    "sup": ("class",),
    "ul": ("class",),
}
_SPOKEN = frozenset(("p", "li", "h3", "h4", "h5", "h6", "td", "th"))
_OPEN = "/?:@!$&'()*+,;=-._~%"


def as_xhtml(html: str, *, anchor: str, address: str, pictures: Container[str] = ()) -> str:
    """Return HTML that `render` made as a well-formed XML fragment without named entities.

    `address` is that of the page it stands on: links become whole by it, those that lead nowhere become words. Its ids
    begin with `anchor`. A picture whose src is not in `pictures` becomes a link to it. Cells of tables have the classes
    left, center and right in place of `align`.
    """
    walk = _Walk(anchor, address, pictures, _ids_in(html, anchor))
    walk.feed(html)
    walk.close()
    return walk.whole()


def plain_words(text: str) -> str:
    """Return text without the characters that XML cannot hold."""
    return _NO_XML.sub("", text)


def as_paragraphs(text: str) -> str:
    """Return plain text as paragraphs of well-formed XML, its line breaks kept."""
    paragraphs = re.split(r"\n\s*\n", plain_words(text).replace("\r\n", "\n").strip())
    return "".join(f"<p>{_escape(part).replace('\n', '<br/>')}</p>" for part in paragraphs if part)


def sound_address(address: str) -> str:
    """Return a whole address as every reader of books takes it, empty when there is none such."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.scheme == "mailto":
        return f"mailto:{quote(parts.path, safe='@._+-~%')}" if _MAIL.fullmatch(parts.path) else ""
    host = unquote(parts.netloc.rpartition("@")[2])
    if parts.scheme not in ("http", "https") or not _HOST.fullmatch(host):
        return ""
    if not host.isascii():
        try:
            host = host.encode("idna").decode()
        except UnicodeError:
            return ""
    path, query, fragment = (_percent(part) for part in (parts.path, parts.query, parts.fragment))
    return urlunsplit((parts.scheme, host, path, query, fragment))


def _percent(part: str) -> str:
    quoted = quote(part, safe=_OPEN, errors="replace")
    return re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", quoted)


def _ids_in(html: str, anchor: str) -> dict[str, str]:
    names = dict.fromkeys(_ID.findall(html))
    return {entities.unescape(name): f"{anchor}-{number}" for number, name in enumerate(names, 1)}


def _escape(text: str) -> str:
    return entities.escape(_NO_XML.sub("", text))


@dataclass(eq=False)
class _Walk(HTMLParser):
    """One walk over the HTML; `open` are the elements that wait to be closed, with what closes each."""

    anchor: str
    address: str
    pictures: Container[str]
    ids: dict[str, str]
    out: list[str] = field(default_factory=list)
    open: list[tuple[str, str]] = field(default_factory=list)
    named: set[str] = field(default_factory=set)  # ids that an element bears already

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def whole(self) -> str:
        """Return what was written, with everything closed."""
        return "".join([*self.out, *(end for _name, end in reversed(self.open))])

    def handle_data(self, data: str) -> None:
        self.out.append(_escape(data))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "img":
            self._picture(given)
        elif tag in _VOID:
            self.out.append(f"<{tag}/>")
        elif tag == "a":
            start = self._link(given)
            self.out.append(start)
            self.open.append((tag, "</a>" if start else ""))
        else:
            self.out.append(self._start(tag, given))
            self.open.append((tag, f"</{tag}>"))

    def handle_endtag(self, tag: str) -> None:
        if all(name != tag for name, _end in self.open):
            return
        while self.open:
            name, end = self.open.pop()
            self.out.append(end)
            if name == tag:
                return

    def _start(self, tag: str, given: dict[str, str], **more: str) -> str:
        kept = {name: given[name] for name in _KEPT.get(tag, ()) if given.get(name)}
        if tag in _SPOKEN and given.get("lang"):
            kept["lang"] = kept["xml:lang"] = given["lang"]
        if given.get("align") in _ALIGNED:
            kept["class"] = given["align"]
        if (own := self.ids.get(given.get("id", ""))) and own not in self.named:
            self.named.add(own)
            kept["id"] = own
        words = "".join(f' {name}="{_escape(value)}"' for name, value in {**kept, **more}.items())
        return f"<{tag}{words}{'/' if tag in _VOID else ''}>"

    def _link(self, given: dict[str, str]) -> str:
        href = given.get("href", "")
        if href.startswith("#") and href[1:] in self.ids:
            return self._start("a", given, href=f"#{self.ids[href[1:]]}")
        try:
            found = sound_address(urljoin(self.address, href)) if href else ""
        except ValueError:
            found = ""
        return self._start("a", given, href=found) if found else ""

    def _picture(self, given: dict[str, str]) -> None:
        src, alt = given.get("src", ""), given.get("alt", "")
        if src in self.pictures:
            self.out.append(self._start("img", {}, src=src, alt=alt))
            return
        link = self._link({"href": src}) if all(name != "a" for name, _end in self.open) else ""
        self.out.append(f"{link}{_escape(alt or src)}{'</a>' if link else ''}")
