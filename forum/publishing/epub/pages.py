"""The pages of an EPUB: title page, foreword, chapters, colophon."""

from html import escape

from forum.publishing.book import Book, BookPost, Chapter
from forum.publishing.epub.links import EPUB, Places

PAGE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="{epub}" lang="{language}" xml:lang="{language}">
<head>
<title>{title}</title>
<meta name="viewport" content="width=device-width"/>
<link rel="stylesheet" href="style.css"/>
</head>
<body epub:type="{kind}">
{body}
</body>
</html>
"""


def page(book: Book, title: str, body: str, *, kind: str = "bodymatter") -> str:
    """Return a whole page with the title, of the kind that the vocabulary of EPUB calls it."""
    return PAGE.format(epub=EPUB, language=book.language, title=escape(title), kind=kind, body=body)


def spoken(language: str) -> str:
    """Return the attributes that name the language of an element, empty for none."""
    return f' lang="{escape(language)}" xml:lang="{escape(language)}"' if language else ""


def line(kind: str, text: str, *, tag: str = "p") -> str:
    """Return one element with words, nothing for none."""
    return f'<{tag} class="{kind}">{escape(text)}</{tag}>\n' if text else ""


def title_page(book: Book) -> str:
    """Return the title page."""
    address = f'<p class="facts"><a href="{escape(book.address)}">{escape(book.address)}</a></p>'
    title = f'<h1 class="title"{spoken(book.title_language)}>{escape(book.title)}</h1>\n'
    body = (
        '<section class="titlepage" epub:type="titlepage">\n'
        f"{line('place', book.place)}{title}{line('subtitle', book.subtitle)}{line('author', book.author)}"
        f"{line('facts', book.dates)}{line('dedication', book.dedication)}{address}\n"
        f"{line('facts', book.site)}</section>"
    )
    return page(book, book.title, body, kind="frontmatter")


def foreword(book: Book, places: Places) -> str:
    """Return the foreword of the keeper."""
    body = (
        '<section epub:type="foreword" role="doc-foreword">\n'
        f"<h1>{escape(book.words.foreword)}</h1>\n{places.placed(book.foreword_html)}\n"
        f"{line('signed', book.author)}</section>"
    )
    return page(book, book.words.foreword, body, kind="frontmatter")


def chapter_page(book: Book, chapter: Chapter, places: Places) -> str:
    """Return a chapter with its posts."""
    head = f"<h1{spoken(chapter.language)}>{escape(chapter.title)}</h1>\n" if chapter.title else ""
    introduction = places.placed(chapter.introduction_html, kind="introduction")
    posts = "\n".join(post_of(book, post, places) for post in chapter.posts)
    body = f'<section epub:type="chapter" role="doc-chapter">\n{head}{introduction}{posts}\n</section>'
    return page(book, chapter.title or book.title, body)


def post_of(book: Book, post: BookPost, places: Places) -> str:
    """Return one post: who, when and where, its text or its tombstone, and what is told of it."""
    language = spoken(post.language if post.language != book.language else "")
    if post.place:  # of a digest: a text with a title of its own
        head = f"<h2{language}>{escape(post.title)}</h2>\n" if post.title else ""
        by = " · ".join(filter(None, (post.author, post.office, post.when)))
        head += line("by", by) + line("by", " · ".join((post.place, post.label)))
    else:
        office = f' <span class="office">{escape(post.office)}</span>' if post.office else ""
        author = f' <bdi class="name">{escape(post.author)}</bdi>{office}' if post.author else ""
        head = f'<h2 class="label"><span class="number">{escape(post.label)}</span>{author}</h2>\n'
        head += line("by", post.when) + line("by", post.answers)
        head += f'<h3 class="own"{language}>{escape(post.title)}</h3>\n' if post.title else ""
    text = places.placed(post.html).replace("<div ", f"<div{language} ", 1) if not post.tombstone else ""
    note = places.placed(post.note_html, around="aside", kind="note")
    note = note.replace('class="note">', f'class="note"><p class="notehead">{escape(book.words.note)}</p>', 1)
    told = "".join(line("told", fact) for fact in (post.source, *post.facts))
    rest = f"{text}{line('tombstone', post.tombstone)}{told}{note}"
    return f'<article class="post" id="{post.anchor}">\n<header>\n{head}</header>\n{rest}\n</article>'


def colophon(book: Book) -> str:
    """Return the last page: where the book comes from, and the hashes of its texts."""
    facts = "".join(f"<dt>{escape(label)}</dt><dd>{_value(value)}</dd>\n" for label, value in book.colophon)
    rows = "".join(
        f"<li>{escape(label)} · {number} · <code>{escape(value)}</code></li>\n" for label, number, value in book.hashes
    )
    versions = f'<h2>{escape(book.words.versions)}</h2>\n<ol class="hashes">\n{rows}</ol>\n' if rows else ""
    body = (
        '<section epub:type="colophon" role="doc-colophon">\n'
        f"<h1>{escape(book.words.colophon)}</h1>\n<dl>\n{facts}</dl>\n{versions}</section>"
    )
    return page(book, book.words.colophon, body, kind="backmatter")


def _value(value: str) -> str:
    text = escape(value)
    return f'<a href="{text}">{text}</a>' if value.startswith(("https://", "http://")) else text
