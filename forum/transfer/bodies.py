"""The text of an imported post as Markdown."""

import re

from forum.actions.texts import cleaned
from forum.text.html_to_markdown import from_html
from forum.transfer.addresses import Addresses
from forum.transfer.topics import Entry

_CODE = re.compile(r"```.*?(?:```|\Z)|~~~.*?(?:~~~|\Z)|`[^`\n]*`", re.DOTALL)
# What only the old software understands: its own marks, uploads without an address, HTML, names of emoji.
_FOREIGN = re.compile(
    r"\[/?(?:quote|details|poll|spoiler|date|wrap|code|img|url|b|i|u|s|size|color)\b[^\]\n]*\]"
    r"|upload://|!\[[^\]\n]*\|\d+x\d+"
    r"|</?(?:a|abbr|audio|b|big|blockquote|br|code|del|details|div|em|h[1-6]|hr|i|iframe|img|ins|kbd|li|mark|ol|p|pre|s"
    r"|small|span|strike|strong|sub|summary|sup|table|td|th|tr|u|ul|video)\b[^<>\n]*>"
    r"|(?<![\w:]):[a-z][\w+-]*:(?![\w:])",
    re.IGNORECASE,
)


def body_of(entry: Entry, addresses: Addresses) -> str:
    """Return what the author typed, where the archive has it and it reads well here; else the HTML as Markdown."""
    if entry.raw and not (entry.cooked and _FOREIGN.search(_CODE.sub("", entry.raw))):
        return cleaned(entry.raw)
    return cleaned(from_html(entry.cooked, address=addresses))
