"""Book: a thread or a digest as the makers of PDF and EPUB get it: whole, in words, and without a database.

Every `…_html` and `html` is a well-formed XML fragment (see forum/text/xhtml.py): of the elements that
forum/text/markdown.py lets through, with absolute links and without named entities. An `img` in it names a picture of
the book by its key in `Book.pictures`; any other picture has become a link. All words are in the language of the book.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the book, scaled for print; its name is that of a file and safe as one."""

    name: str
    media_type: str
    data: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class BookPost:
    """A post in a book. With a `tombstone` it has no text, and nothing is told of it but its label.

    `anchor` is unique in the book and fit to be an XML id; `html` has ids that begin with it and a hyphen. `listed` is
    what the contents call it, empty when they do not name it.
    """

    anchor: str
    number: int
    label: str  # No. 12
    html: str = ""
    tombstone: str = ""
    title: str = ""
    listed: str = ""
    language: str = ""
    author: str = ""
    office: str = ""  # As mayor
    written_at: datetime | None = None
    when: str = ""  # written_at in words
    answers: str = ""  # In reply to mei, No. 3
    place: str = ""  # of a digest's entry: city and thread it stands in
    facts: tuple[str, ...] = ()  # the edit mark, the recommendations: each a line of its own, or parted by dots
    source: str = ""  # where a repost comes from, in words
    note_html: str = ""  # of the keeper of a digest
    address: str = ""  # of the original
    revision: int = 1
    revision_hash: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """Posts that belong together; those of a digest open a page, those of a thread only part a long row of posts.

    One without a title is not named in the contents.
    """

    anchor: str
    title: str
    posts: tuple[BookPost, ...]
    introduction_html: str = ""
    opens_page: bool = False
    language: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """The few words that a book needs besides its texts."""

    contents: str
    cover: str
    foreword: str
    colophon: str
    note: str  # before a note of the keeper
    links: str  # above a list of addresses
    versions: str  # above the list of hashes
    page: str  # 第 %s 頁: with a place for the number


@dataclass(frozen=True, slots=True)
class Book:
    """A book: title page, contents, foreword, chapters and colophon."""

    language: str  # zh-Hant, en …: of words and, unless a post says otherwise, of texts
    title: str
    title_language: str
    subtitle: str  # a second title; may be empty
    place: str  # city and board; who keeps the digest
    author: str
    dates: str  # from when to when
    address: str  # of the original, absolute
    site: str  # Cityboards
    made_at: datetime
    made: str  # made_at in words
    identifier: str  # urn:…, the same for the same thing
    seal: str  # one to four characters
    ink: str  # vermilion, indigo, pine, plum, ochre
    words: Words
    chapters: tuple[Chapter, ...]
    dedication: str = ""
    foreword_html: str = ""
    colophon: tuple[tuple[str, str], ...] = ()  # label and value
    pictures: Mapping[str, Picture] = field(default_factory=dict)  # by the src of an img

    @property
    def posts(self) -> Iterator[BookPost]:
        """Every post, in the order of the book."""
        return (post for chapter in self.chapters for post in chapter.posts)

    @property
    def hashes(self) -> Iterator[tuple[str, int, str]]:
        """Of every post with a text its label, the number of the version and the hash of it."""
        return ((post.label, post.revision, post.revision_hash) for post in self.posts if post.revision_hash)


class Cancelled(Exception):
    """Who asked for the book no longer wants it; raised by what makes it."""


class CannotBeMade(Exception):
    """The book cannot be made: `words` say why, to who asked for it."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words
