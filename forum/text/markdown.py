"""Markdown source to safe HTML: the one renderer and the only sanitiser of the product."""

import html as entities
import re
from collections.abc import Mapping
from typing import Final

import comrak
import nh3

from forum.text.guards import is_too_costly
from forum.text.languages import guess
from forum.text.shaping import TooDeepError, shape

# To be raised when the same source gives other HTML; `manage.py rerender` then knows what is old.
RENDERER_VERSION: Final = 3
MAX_LENGTH: Final = 40_000  # characters a person may type into one post
MAX_OUTPUT: Final = 10 * MAX_LENGTH

# A mark that no text keeps: it is taken out of the source before and out of the HTML after rendering.
_MARK = "\x0b"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LINE_OF_HTML = re.compile(
    r"^((?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])))*[ \t]*)<", re.MULTILINE
)  # within quotes and lists too
_LETTERS = r"\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
_WIDE = rf"\u2010-\u2027\u2030-\u205e\u2e80-\u3004\u3008-\u303f\ufe30-\ufe4f\uff00-\uffef{_LETTERS}"
_ADDRESS = re.compile(
    r"(?P<kept>\]\([ ]*|\]:[ ]*|<)?"
    rf"(?P<url>\b(?:https?://|www\.)(?:[^\s<>{_WIDE}]|(?:(?<=/wiki/)|(?<==))[{_LETTERS}]+)+)"
    rf"(?P<next>[{_WIDE}])?",
    re.IGNORECASE | re.ASCII,
)


def _options() -> tuple[comrak.ExtensionOptions, comrak.ParseOptions, comrak.RenderOptions]:
    extensions, rendering = comrak.ExtensionOptions(), comrak.RenderOptions()
    extensions.table = extensions.strikethrough = extensions.autolink = True
    extensions.footnotes = extensions.tasklist = extensions.cjk_friendly_emphasis = True
    rendering.hardbreaks = rendering.tasklist_classes = True
    rendering.escape = True  # HTML that people type is shown as they typed it
    return extensions, comrak.ParseOptions(), rendering


_MARKED: Final = {"en", "zh-Hant"}  # languages that a block may bear by itself
_OPTIONS: Final = _options()
_CLEANER: Final = nh3.Cleaner(
    tags=set(
        "p br hr h3 h4 h5 h6 blockquote ul ol li pre code em strong del a img sup section div "
        "table thead tbody tr th td".split()
    ),
    attributes={
        "a": {"href", "title", "id", "aria-label"},
        "img": {"src", "alt", "title", "width", "height"},
        "li": {"id"},
        "ol": {"start"},
        "pre": {"data-language"},
        "div": {"aria-label"},
    },
    tag_attribute_values={
        "pre": {"tabindex": {"0"}},
        "div": {"tabindex": {"0"}, "role": {"group"}},
        "th": {"align": {"left", "center", "right"}, "lang": _MARKED},
        "td": {"align": {"left", "center", "right"}, "lang": _MARKED},
        **{block: {"lang": _MARKED} for block in ("p", "li", "h3", "h4", "h5", "h6")},
    },
    allowed_classes={
        "a": {"footnote-back", "mention"},
        "em": {"latin"},
        "sup": {"footnote-ref"},
        "section": {"footnotes"},
        "div": {"scroll"},
        "ul": {"contains-task-list"},
        "li": {"task-list-item"},
    },
    set_tag_attribute_values={
        "img": {"loading": "lazy", "decoding": "async", "referrerpolicy": "no-referrer"},
    },
    link_rel="nofollow ugc noopener",
    url_schemes={"http", "https", "mailto"},
)


def render(source: str, *, lang: str = "", prefix: str = "", people: Mapping[str, str] | None = None) -> str:
    """Return safe HTML for Markdown `source`.

    `lang` is the language of the text (guessed when empty): blocks in another script are marked with theirs; `prefix`
    keeps the ids of footnotes apart when several posts stand on one page, for example `post-12-`; `people` has the
    addresses of those whose @names become links, by their names in lower case. Never raises: a text that would cost
    too much to render comes out as plain paragraphs, whole.
    """
    text = _CONTROL.sub("", source.replace("\r\n", "\n").replace("\r", "\n"))
    if is_too_costly(text):
        return _as_paragraphs(text)
    html = comrak.render_markdown(_with_marks(text), *_OPTIONS)
    html = html.replace(f"&lt;{_MARK}", "").replace(_MARK, "")
    if len(html) > MAX_OUTPUT:
        return _as_paragraphs(text)
    try:
        html = shape(html, prefix=prefix, lang=lang or guess(text), people=people)
    except TooDeepError:
        return _as_paragraphs(text)
    return _CLEANER.clean(html)


def _with_marks(text: str) -> str:
    """Put marks where the renderer would otherwise read more than people meant."""
    # Before a line that begins like HTML: it then stays a paragraph, and its line breaks stay too.
    text = _LINE_OF_HTML.sub(rf"\1{_MARK}<", text)
    return _ADDRESS.sub(_end_address, text)


def _end_address(found: re.Match[str]) -> str:
    """End a bare address where Chinese begins: an opening angle bracket is what the renderer stops at."""
    if found["kept"] or not found["next"]:
        return found[0]
    opened = found.string[found.start() - 1 : found.start()]
    # Emphasis that opened right before the address closes right after it; any other begins with the Chinese.
    address = found["url"] if opened and opened in "*_~" else found["url"].rstrip("*_~")
    return f"{address}<{_MARK}{found['url'][len(address) :]}{found['next']}"


def _as_paragraphs(text: str) -> str:
    paragraphs = re.split(r"\n[ \t]*(?:\n[ \t]*)+", text.strip())
    lines = (entities.escape(part).replace("\n", "<br>\n") for part in paragraphs if part)
    return _CLEANER.clean("\n".join(f"<p>{part}</p>" for part in lines))
