"""The leaves of a book as Typst code: what stands on the cover, in the contents, in each post, in the colophon."""

import json
from collections.abc import Callable, Iterator
from typing import Any, Final

from forum.publishing.book import Book, BookPost, Cancelled, Chapter
from forum.publishing.typeset.fonts import Faces
from forum.publishing.typeset.markup import Text
from forum.publishing.typeset.upright import FAMILY, LETTERS
from forum.publishing.typeset.words import TONGUES, Words, readable, seen

LATIN: Final = "Libertinus Serif"
AMONG_HAN: Final = f"~{LATIN}"  # without the marks that both scripts use
SERIF: Final = "Noto Serif CJK"
LONGEST_HEAD: Final = 34
SHARE: Final = 3  # writing the code is a third of the work, setting it the rest
_ENDINGS: Final = {"TW": "TC", "CN": "SC", "JP": "JP", "KR": "KR", None: "TC"}


def characters_of(book: Book) -> set[str]:
    """Return every character that the book may show, those of markup among them."""
    texts = [book.title, book.subtitle, book.place, book.author, book.dates, book.address, book.site, book.made]
    texts += [book.seal, book.dedication, book.foreword_html, *(part for pair in book.colophon for part in pair)]
    own = book.words
    texts += [own.contents, own.foreword, own.colophon, own.note, own.versions]
    for chapter in book.chapters:
        texts += [chapter.title, chapter.introduction_html]
    for post in book.posts:
        texts += [post.label, post.html, post.tombstone, post.title, post.listed, post.author, post.office, post.when]
        texts += [post.answers, post.place, post.source, post.note_html, *post.facts]
    return seen(readable("".join(texts)))


def facts_of(book: Book, words: Words, faces: Faces) -> dict[str, Any]:
    """Return what book.typ reads of the book, beside its text."""
    serif = [f"{SERIF} TC", *faces.others, "DejaVu Sans Mono"]
    tongues: dict[str, Any] = {}
    for name, (language, region) in TONGUES.items():
        own = f"{SERIF} {_ENDINGS[region]}"
        flat = [AMONG_HAN if words.is_han(name) else LATIN, own, *serif]
        upright = [flat[0], FAMILY, *flat[1:]] if words.vertical else flat
        way = {"lang": language} | ({"region": region} if region else {})
        tongues[name] = way | {"font": upright}
        tongues[f"{name}/flat"] = way | {"font": flat}
    shown = words.shown(book.title)
    clipped = shown if len(shown) <= LONGEST_HEAD else shown[:LONGEST_HEAD] + "…"
    return {
        "vertical": words.vertical,
        "tongues": tongues,
        "mono": ["DejaVu Sans Mono", "Noto Sans Mono CJK TC", *serif],
        "letters": [LETTERS, LATIN],
        "facts": {
            "ink": book.ink,
            "title": book.title,
            "subtitle": book.subtitle,
            "author": book.author,
            "description": " · ".join(part for part in (book.place, book.dates, book.address) if part),
            "language": words.tongue(book.language, flat=False),
            "title-language": words.tongue(book.title_language or book.language, flat=False),
            "flat": [LATIN, *serif],
            "contents": book.words.contents,
            "rank": rank_of(book),
            "running": clipped,
        },
    }


def rank_of(book: Book) -> int:
    """Return the rank of the headings of posts: below chapters where any has a title."""
    return 2 if any(chapter.title for chapter in book.chapters) else 1


def leaves(
    book: Book, words: Words, progress: Callable[[int, int], None], cancelled: Callable[[], bool]
) -> Iterator[str]:
    """Give the code of the whole book, part by part. Raises Cancelled between two posts."""
    own = book.language
    yield '#import "book.typ": *\n#show: book\n'
    yield _cover(book, words)
    if book.dedication:
        yield f"#dedicated([{words.line(book.dedication, own)}])\n"
    total, done = sum(1 for _ in book.posts), 0
    if any(chapter.title for chapter in book.chapters) or any(post.listed for post in book.posts):
        listed = {post.anchor: post.listed for post in book.posts if post.listed}
        named = "".join(f"{words.quote(anchor)}: [{words.line(name, own)}], " for anchor, name in listed.items())
        yield (
            f"#contents((:{named}), [{_bold(words, book.words.contents, own)}])\n"
            if not named
            else (f"#contents(({named}), [{_bold(words, book.words.contents, own)}])\n")
        )
    if book.foreword_html:
        text = Text(words, book.pictures, "foreword", 1, own)
        yield f"#front([{_bold(words, book.words.foreword, own)}])[\n{text.fragment(book.foreword_html)}]\n"
    yield "#show: main\n"
    for at, chapter in enumerate(book.chapters, start=1):
        yield _chapter(book, chapter, at, words)
        for post in chapter.posts:
            if cancelled():
                raise Cancelled
            yield _post(book, post, words, rank_of(book) if chapter.title else 1)
            done += 1
            progress(done, SHARE * total)
        yield "]\n"
    yield _colophon(book, words)


def _bold(words: Words, text: str, language: str) -> str:
    return words.line(text, language, is_bold=True)


def _cover(book: Book, words: Words) -> str:
    own = book.language
    pieces = {
        "seal": words.quote(words.shown(book.seal)),
        "place": f"[{words.line(book.place, own)}]",
        "heading": f"[{_bold(words, book.title, book.title_language or own)}]",
        "subtitle": f"[{words.line(book.subtitle, own)}]" if book.subtitle else "none",
        "author": f"[{words.line(book.author, own)}]" if book.author else "none",
        "dates": f"[{words.line(book.dates, own)}]",
        "site": f"[{words.line(book.site, own)}]",
        "address": f"[#to({words.quote(book.address)})[{words.line(book.address, 'en')}]]" if book.address else "none",
    }
    words.bold.update(book.seal)
    return f"#cover({', '.join(f'{name}: {code}' for name, code in pieces.items())})\n"


def _chapter(book: Book, chapter: Chapter, at: int, words: Words) -> str:
    language = chapter.language or book.language
    title = f"[{_bold(words, chapter.title, language)}]" if chapter.title else "none"
    opens = str(chapter.opens_page).lower()
    tongue = words.tongue(language, flat=False)
    code = f'#chapter("chapter-{at}", {title}, "{tongue}", {opens})[\n'
    if chapter.introduction_html:
        text = Text(words, book.pictures, f"chapter-{at}", 1, language)
        code += f'#tongue("{tongue}")[\n{text.fragment(chapter.introduction_html)}]\n'
    return code


def _post(book: Book, post: BookPost, words: Words, rank: int) -> str:
    own, language = book.language, post.language or book.language
    label = _bold(words, post.label, own)
    if post.tombstone:
        return _head(post, rank, label, "none", [], words) + f"#tombstone[{words.line(post.tombstone, own)}]]\n"
    by = _bold(words, post.author, own)
    first = " · ".join(part for part in (post.when, post.office, *post.facts) if part)
    lines = [words.line(line, own) for line in (first, post.answers, post.place, post.source) if line]
    code = _head(post, rank, label, f"[{by}]" if post.author else "none", lines, words)
    text = Text(words, book.pictures, post.anchor, rank, language)
    body = text.fragment(post.html)
    if post.title:
        body = f"#headed({rank + 1})[{_bold(words, post.title, language)}]\n{body}"
    code += f'#tongue("{words.tongue(language, flat=False)}")[\n{body}]\n'
    if post.note_html:
        note = Text(words, book.pictures, f"{post.anchor}-kept", rank, own)
        code += f"#note[{_bold(words, book.words.note, own)}][\n{note.fragment(post.note_html)}]\n"
    return code + "]\n"


def _head(post: BookPost, rank: int, label: str, by: str, lines: list[str], words: Words) -> str:
    listed = str(bool(post.listed)).lower()
    rows = "".join(f"[{line}], " for line in lines)
    return f"#post({words.quote(post.anchor)}, {rank}, {listed}, [{label}], {by}, ({rows}))[\n"


def _colophon(book: Book, words: Words) -> str:
    own = book.language
    pairs = "".join(f"([{words.line(label, own)}], [{words.line(value, own)}]), " for label, value in book.colophon)
    hashes = "".join(
        f"([{words.line(label, own)}], [{words.line(str(number), own)}], [#code[{words.code(digest)}]]), "
        for label, number, digest in book.hashes
    )
    versions = _bold(words, book.words.versions, own)
    title = _bold(words, book.words.colophon, own)
    return f"#colophon([{title}], ({pairs}), [{versions}], ({hashes}))\n"


def as_json(value: object) -> str:
    """Return what book.typ reads."""
    return json.dumps(value, ensure_ascii=False)
