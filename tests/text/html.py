"""HTML taken apart, for tests that ask what is in it."""

from html.parser import HTMLParser


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data):
        self.words.append(data)


def _read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader


def tags(html: str, name: str = "") -> list[tuple[str, dict[str, str]]]:
    """Return the elements of `html` with their attributes, in order; only those called `name` if it is given."""
    return [tag for tag in _read(html).tags if name in ("", tag[0])]


def attributes(html: str, name: str) -> dict[str, str]:
    """Return the attributes of the only element called `name`."""
    ((_, found),) = tags(html, name)
    return found


def words(html: str) -> str:
    """Return the text of `html` with all its whitespace as single spaces."""
    return " ".join("".join(_read(html).words).split())
