"""The shape of rendered Markdown on our pages: headings below the page's own, boxes that scroll, ids of their own."""

import html as entities
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext, override

from forum.text.languages import guess_block
from forum.text.mentions import link_mentions
from forum.text.pictures import size_in

MAX_OPEN_TAGS = 60
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)([^>]*)>")
_ATTRIBUTE = re.compile(r'([a-z-]+)(?:="([^"]*)")?')
_SAFE_LINK = re.compile(r"(?:https?:|mailto:)|[^:]*(?:[/?#]|$)", re.IGNORECASE)
_SAFE_IMAGE = re.compile(r"https://|/(?!/)", re.IGNORECASE)
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_EMPTY_HEAD = re.compile(r"<th([^>]*)></th>")  # a head that heads nothing
_SPOKEN = {"p", "li", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6"}  # blocks that may be in a language of their own
_BLOCK = re.compile(r"</?(?:p|ul|ol|li|blockquote|pre|table|td|th|h[1-6]|section)\b")
_UNSPOKEN = re.compile(r"<code>.*?</code>|<[^>]*>", re.DOTALL)
_VOID = {"br", "hr", "img", "input"}


class TooDeepError(ValueError):
    """More elements inside one another than a page should carry."""


def shape(html: str, *, prefix: str = "", lang: str = "", people: Mapping[str, str] | None = None) -> str:
    """Return the renderer's HTML as our pages want it; `prefix` goes before the ids of footnotes.

    `people` has the addresses of those whose @names become links, by their names in lower case.
    The result still has to be sanitised. Raises TooDeepError when more than MAX_OPEN_TAGS elements are nested.
    """
    return _EMPTY_HEAD.sub(r"<td\1></td>", _Shaper(html, prefix, lang, people or {}).run())


@dataclass
class _Shaper:
    """One walk over the tags; `closing` holds, for each element that is open, what will close it."""

    html: str
    prefix: str
    lang: str
    people: Mapping[str, str]
    out: list[str] = field(default_factory=list)
    closing: list[str] = field(default_factory=list)
    spoken: list[str] = field(default_factory=list)  # the language of each element that is open
    levels: list[int] = field(default_factory=list)
    is_chinese: bool = False

    def __post_init__(self) -> None:
        self.is_chinese = bool(_HAN.search(self.html))

    def run(self) -> str:
        done = 0
        for tag in _TAG.finditer(self.html):
            self.out.append(self.words(done, tag.start()))
            done = tag.end()
            if tag[1]:
                self.out.append(self.closing.pop() if self.closing else "")
                del self.spoken[-1:]
                continue
            attributes = {name: value or "" for name, value in _ATTRIBUTE.findall(tag[3])}
            opened, closed = self.open(tag[2], attributes, tag)
            around = self.spoken[-1] if self.spoken else self.lang
            lang = self.language_of_block(tag, around) if tag[2] in _SPOKEN else ""
            self.out.append(f'{opened[:-1]} lang="{lang}">' if lang else opened)
            if tag[2] not in _VOID:
                self.closing.append(closed)
                self.spoken.append(lang or around)
                if len(self.closing) > MAX_OPEN_TAGS:
                    raise TooDeepError
        self.out.append(self.words(done, len(self.html)))
        return "".join(self.out)

    def words(self, start: int, end: int) -> str:
        """Return what stands between two tags; in code and in links @names are but words."""
        words = self.html[start:end]
        if self.people and "</a>" not in self.closing and "</code>" not in self.closing:
            return link_mentions(words, self.people, quoted="</blockquote>" in self.closing)
        return words

    def language_of_block(self, tag: re.Match[str], around: str) -> str:
        """Return the language of the words of a block, up to the next one, where it is another than that around it."""
        end = _BLOCK.search(self.html, tag.end())
        words = self.html[tag.end() : end.start() if end else len(self.html)]
        if not words or words.isspace():
            return ""
        return guess_block(entities.unescape(_UNSPOKEN.sub(" ", words)), around)

    def open(self, name: str, attributes: dict[str, str], tag: re.Match[str]) -> tuple[str, str]:
        """Return what opens and what closes this element."""
        match name:
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                return self.heading(int(name[1]))
            case "a":
                return self.link(attributes, tag[0])
            case "img":
                return self.image(attributes, tag[0]), ""
            case "table":
                return self.table(tag)
            case "pre":
                return '<pre tabindex="0">', "</pre>"
            case "code" if self.out[-2:-1] == ['<pre tabindex="0">']:
                return self.block_of_code(attributes)
            case "em" if self.is_latin_among_han(tag):
                return '<em class="latin">', "</em>"
            case "li" if attributes.get("id"):
                return f'<li id="{self.prefix}{attributes["id"]}">', "</li>"
            case "input":
                return "☑" if "checked" in attributes else "☐", ""
            case _:
                return tag[0], f"</{name}>"

    def heading(self, level: int) -> tuple[str, str]:
        # A page has its title as h1 and each post an h2; no level is left out, whichever the writer began with.
        self.levels = [*(above for above in self.levels if above < level), level]
        shown = min(len(self.levels) + 2, 6)
        return f"<h{shown}>", f"</h{shown}>"

    def block_of_code(self, attributes: dict[str, str]) -> tuple[str, str]:
        if language := attributes.get("class", "").removeprefix("language-"):
            self.out[-2] = f'<pre tabindex="0" data-language="{language}">'
        return "<code>", "</code>"

    def is_latin_among_han(self, tag: re.Match[str]) -> bool:
        """Whether these stressed words have no Chinese character, in a text that has: dots are for those alone."""
        words = self.html[tag.end() : self.html.find("</em>", tag.end())]
        return self.is_chinese and not _HAN.search(words)

    def link(self, attributes: dict[str, str], tag: str) -> tuple[str, str]:
        href = attributes.get("href", "")
        if not href or not _SAFE_LINK.match(entities.unescape(href)):
            return "", ""
        if "data-footnote-ref" in attributes:
            return f'<a href="#{self.prefix}{href[1:]}" id="{self.prefix}{attributes["id"]}">', "</a>"
        if "data-footnote-backref" in attributes:
            with override(self.lang.lower() or None):
                label = gettext("Back to reference %(number)s") % {"number": attributes["data-footnote-backref-idx"]}
            label = entities.escape(label)
            return f'<a class="footnote-back" href="#{self.prefix}{href[1:]}" aria-label="{label}">', "</a>"
        return tag, "</a>"

    def image(self, attributes: dict[str, str], tag: str) -> str:
        src, alt = attributes.get("src", ""), attributes.get("alt", "")
        if size := size_in(src):
            return f'{tag.removesuffix(">").removesuffix("/").rstrip()} width="{size[0]}" height="{size[1]}">'
        if _SAFE_IMAGE.match(src):
            return tag
        # What a browser would load unencrypted becomes a link; inside another link, words.
        text = alt or src
        if src.lower().startswith("http://") and "</a>" not in self.closing:
            return f'<a href="{src}">{text}</a>'
        return text

    def table(self, tag: re.Match[str]) -> tuple[str, str]:
        # A box that scrolls needs a name; the words of the table's own header need no translation.
        head = self.html[tag.end() : self.html.find("</thead>", tag.end())]
        words = [entities.unescape(re.sub(r"<[^>]*>", "", cell)).strip() for cell in head.split("</th>")]
        label = ", ".join(word for word in words if word)[:100]
        named = f' role="group" aria-label="{entities.escape(label)}"' if label else ""
        return f'<div class="scroll" tabindex="0"{named}><table>', "</table></div>"
