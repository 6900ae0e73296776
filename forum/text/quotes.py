"""A passage of somebody's post as a quotation in one's own."""

from forum.text.escapes import escape_markdown


def quote(text: str, author_name: str, number: int, url: str = "") -> str:
    """Return Markdown that quotes plain `text` under its author's name and post number, ready to be answered below.

    `url` is the address of the quoted post; without it the number leads to the post on the same page.
    """
    passage = escape_markdown(text.strip())
    lines = [attribution(author_name, number, url), "", *passage.split("\n")]
    return "\n".join(f"> {line}".rstrip() for line in lines) + "\n\n"


def attribution(author_name: str, number: int, url: str = "") -> str:
    """Return the line of Markdown that stands above a quotation."""
    return f"**{escape_markdown(author_name)}** [#{number}]({url or f'#p{number}'})"
