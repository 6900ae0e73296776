"""Marks of a still older forum, in square brackets, that stand as text in the HTML of a post."""

import re

_MARK = re.compile(r"\[/?(?:quote|ul|ol|li|spoiler|size|color|center|b)\b", re.IGNORECASE)
_CODE = re.compile(r"<(pre|code)\b[^>]*>.*?</\1>", re.DOTALL | re.IGNORECASE)
_KEPT = re.compile(r"\x00(\d+)\x00")


def _pair(name: str, argument: str, inside: str) -> re.Pattern[str]:
    """Return a pattern for an innermost pair of marks and the line breaks after each."""
    breaks = r"(?:\s|<br\s*/?>)*+"
    return re.compile(
        rf"\[(?P<mark>{name}){argument}\]{breaks}(?P<text>(?:(?!{inside}).)*?)\[/(?P=mark)\]{breaks}",
        re.DOTALL | re.IGNORECASE,
    )


_QUOTE = _pair("quote", r"(?:=(?P<whom>[^\]<>]*))?", r"\[/?quote\b")
_LIST = _pair("[uo]l", "", r"\[/?[uo]l\]")
_ITEM = _pair("li", "", r"\[/?li\]")
_BOLD = re.compile(r"\[b\]((?:(?!\[/?b\]|<).)*?)\[/b\]", re.DOTALL | re.IGNORECASE)
_DRESS = re.compile(
    r"\[(spoiler|size|color|center)(?:=[^\]<>]*)?\]((?:(?!\[\1\b).)*?)\[/\1\]", re.DOTALL | re.IGNORECASE
)
_WHERE = re.compile(r"post:(\d+), ?topic:(\d+)")
_AROUND_NAMES = "\"'“”„«» "
_MAX_ROUNDS = 20


def without_marks(html: str) -> str:
    """Return `html` with such marks turned into what they stood for, as far as they come in pairs; code stays as it is.

    The HTML may come out badly nested where the marks were; a lenient parser has to follow.
    """
    if not _MARK.search(html):
        return html
    code: list[str] = []

    def keep(found: re.Match[str]) -> str:
        code.append(found[0])
        return f"\0{len(code) - 1}\0"

    text = _CODE.sub(keep, html.replace("\0", ""))
    for _ in range(_MAX_ROUNDS):  # from the innermost pairs outwards
        before = text
        for pattern, change in ((_DRESS, r"\2"), (_BOLD, r"<strong>\1</strong>"), (_LIST, _list), (_QUOTE, _quote)):
            text = pattern.sub(change, text)
        if text == before:
            break
    return _KEPT.sub(lambda found: code[int(found[1])], text)


def _list(found: re.Match[str]) -> str:
    name, text = found["mark"].lower(), found["text"]
    items = _ITEM.sub(lambda item: f"<li>{item['text']}</li>", text)
    # Without items the marks only moved the text in.
    return f"<br>{text}<br>" if items == text else f"</p><{name}>{items}</{name}><p>"


def _quote(found: re.Match[str]) -> str:
    """Make a blockquote that opens with whom it quotes, and where when that is said."""
    whom = (found["whom"] or "").replace("&quot;", '"')
    name, where = whom.partition(",")[0].strip(_AROUND_NAMES), _WHERE.search(whom)
    link = f' <a href="/t/-/{where[2]}/{where[1]}">#{where[1]}</a>' if where else ""
    head = f"<p><strong>{name}</strong>{link}</p>" if name else ""
    return f"</p><blockquote>{head}<p>{found['text']}</p></blockquote><p>"
