"""What other forum software adds to the HTML of a post, brought back to what its author meant."""

import html as entities
import re
from functools import lru_cache

import comrak
from bs4 import BeautifulSoup
from bs4.element import Tag

_CODE = re.compile(r"\[code\](.*?)\[/code\]", re.DOTALL)
_TYPESET = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "–": "--", "—": "---", "…": "..."})
_MOVED_TO_HTTPS = re.compile(r"^http://(?=(?:i\.)?imgur\.com/|upload\.wikimedia\.org/|(?:www\.)?youtube\.com/)")
# Names of emoji that Discourse has and the renderer's list has under another name.
_EMOJI_NAMES = {
    "crazy_face": "zany_face",
    "face_with_hand_over_mouth": "hand_over_mouth",
    "face_with_monocle": "monocle_face",
    "face_with_raised_eyebrow": "raised_eyebrow",
    "frowning_with_open_mouth": "frowning",
    "grinning_face_with_smiling_eyes": "smile",
    "nerd": "nerd_face",
    "slight_frown": "slightly_frowning_face",
    "slight_smile": "slightly_smiling_face",
    "smiling_face": "relaxed",
    "thinking_face": "thinking",
    "upside_down": "upside_down_face",
    "woman_zombie": "zombie_woman",
}
# Two posts of three hold nothing of what `simplify` looks for, and looking for it takes longer than reading them.
_ADDITION = re.compile(
    r'class="[^"]*\b(?:quote|onebox|lazyYT|lightbox|emoji|mention|bbcode-[bi]|poll|anchor|avatar)'
    r"|<(?:iframe|video|audio|svg|script|style)\b",
    re.IGNORECASE,
)
_CODE_PARENTS = {"p", "li", "blockquote", "div", "[document]"}
_SHORTCODES = comrak.ExtensionOptions()
_SHORTCODES.shortcodes = True


def with_scheme(url: str) -> str:
    """Return `url`, by https where it left that to the page it stood on or where its host has long moved there."""
    if url.startswith("//"):
        return f"https:{url}"
    return _MOVED_TO_HTTPS.sub("https://", url)


def with_code_blocks(html: str) -> str:
    """Return `html` with `[code]` marks that its forum left standing turned into blocks of code.

    The marks stand around several paragraphs whose quotation marks and dashes were typeset; both are undone.
    """
    return _CODE.sub(_code_block, html) if "[code]" in html else html


@lru_cache(maxsize=2048)
def emoji(name: str) -> str:
    """Return the emoji called `name`, with or without colons; an unknown one stays its name between colons."""
    name = name.strip(":")
    if not name:
        return ""
    known = _EMOJI_NAMES.get(name, name)
    html = comrak.render_markdown(f":{known}:", _SHORTCODES)
    found = entities.unescape(re.sub(r"<[^>]*>", "", html)).strip()
    return f":{name}:" if found == f":{known}:" else found


def set_code_apart(soup: BeautifulSoup) -> None:
    """Make each piece of code that has lines a block of its own, in place: in a sentence they would run together."""
    for code in soup.find_all("code"):
        parent = code.parent
        if parent and parent.name in _CODE_PARENTS and "\n" in code.get_text().strip("\n"):
            code.wrap(soup.new_tag("pre"))


def has_additions(html: str) -> bool:
    """Tell whether `html` may hold anything that `simplify` would change."""
    return _ADDITION.search(html) is not None


def simplify(soup: BeautifulSoup) -> None:
    """Replace, in place, what a forum's software built around links, images and quotations by these themselves."""
    for aside in soup.select("aside.quote"):
        _simplify_quote(soup, aside)
    for box in soup.select("aside.onebox, div.onebox, div.lazyYT"):
        if not box.decomposed:
            _simplify_box(soup, box)
    for link in soup.select("a.lightbox"):
        _simplify_lightbox(soup, link)
    for media in soup.select("iframe, video, audio"):
        _link_instead(soup, media)
    _simplify_words(soup)
    for leftover in soup.select("div.poll-info, div.poll-buttons, svg, a.anchor, img.avatar, script, style"):
        leftover.decompose()


def _simplify_words(soup: BeautifulSoup) -> None:
    for image in soup.select("img.emoji"):
        image.replace_with(emoji(str(image.get("alt") or image.get("title") or "")))
    for mention in soup.select("a.mention"):
        mention.unwrap()
    for bold in soup.select("span.bbcode-b"):
        bold.name = "strong"
    for italic in soup.select("span.bbcode-i"):
        italic.name = "em"


def _code_block(found: re.Match[str]) -> str:
    before = found.string[: found.start()]
    if before.rfind("<p>") <= max(before.rfind(tag) for tag in ("</p>", "<pre", "<li", "<h", "<code")):
        return found[0]  # not inside a plain paragraph: something else already happened to it
    text = re.sub(r"<br\s*/?>\n?", "\n", found[1])
    text = re.sub(r"</p>\s*<p>", "\n\n", text)
    text = re.sub(r"</?em>", "*", text)
    text = re.sub(r"</?[a-z][^>]*>", "", text).translate(_TYPESET).strip("\n")
    return f"</p><pre><code>{text}</code></pre><p>"


def _link(soup: BeautifulSoup, href: str, words: str) -> Tag:
    link = soup.new_tag("a", href=href)
    link.string = " ".join(words.split()) or href
    return link


def _simplify_quote(soup: BeautifulSoup, aside: Tag) -> None:
    """Make a quotation a blockquote that opens with whom it quotes and where."""
    quoted = aside.find("blockquote")
    if not isinstance(quoted, Tag):
        return
    title = aside.select_one("div.title")
    elsewhere = title.find("a") if title else None
    name, number, topic = (str(aside.get(key) or "") for key in ("data-username", "data-post", "data-topic"))
    head = soup.new_tag("p")
    if title and not name and not elsewhere:
        name = title.get_text(" ", strip=True).removesuffix(":")
    if name:
        strong = soup.new_tag("strong")
        strong.string = name
        head.append(strong)
        head.append(" ")
    if isinstance(elsewhere, Tag) and elsewhere.get("href"):
        head.append(_link(soup, str(elsewhere["href"]), elsewhere.get_text()))
    elif number.isdigit() and topic.isdigit():
        head.append(_link(soup, f"/t/-/{topic}/{number}", f"#{number}"))
    if title:
        title.decompose()
    if head.contents:
        quoted.insert(0, head)


def _simplify_box(soup: BeautifulSoup, box: Tag) -> None:
    """Make the preview of another page a link to it, with the lines of code it was made to show."""
    video = str(box.get("data-youtube-id") or "")
    if video:
        words = str(box.get("data-youtube-title") or "")
        box.replace_with(_paragraph(soup, _link(soup, f"https://www.youtube.com/watch?v={video}", words)))
        return
    if box.find(["video", "audio", "iframe"]):
        return
    link = box.select_one("h3 a[href], h4 a[href]") or box.select_one("a[href]")
    if link is None:
        return
    words = link.get_text() or str(box.get("title") or "")
    lines = [line.get_text().rstrip("\n") for line in box.select("pre.onebox ol.lines > li")]
    box.insert_before(_paragraph(soup, _link(soup, str(link["href"]), words)))
    if lines:
        language = box.select_one("pre.onebox code")
        block, code = soup.new_tag("pre"), soup.new_tag("code")
        if language and language.get("class"):
            code["class"] = language["class"]
        code.string = "\n".join(lines)
        block.append(code)
        box.insert_before(block)
    box.decompose()


def _paragraph(soup: BeautifulSoup, content: Tag) -> Tag:
    paragraph = soup.new_tag("p")
    paragraph.append(content)
    return paragraph


def _simplify_lightbox(soup: BeautifulSoup, link: Tag) -> None:
    """Make an enlargeable image the image that it enlarges to."""
    image = link.find("img")
    if not isinstance(image, Tag):
        return
    if link.get("href"):
        image["src"] = link["href"]
    wrapper = link.parent if link.parent and "lightbox-wrapper" in (link.parent.get("class") or []) else link
    wrapper.replace_with(image.extract())


def _link_instead(soup: BeautifulSoup, media: Tag) -> None:
    source = media if media.get("src") else media.find("source")
    inner = media.find("a", href=True)
    href = inner["href"] if isinstance(inner, Tag) else source.get("src") if isinstance(source, Tag) else None
    if href:
        media.replace_with(_paragraph(soup, _link(soup, str(href), "")))
