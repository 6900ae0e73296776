"""A digest as a book: its keeper's foreword, chapters and notes, and the kept version of each post."""

from collections.abc import Callable
from functools import partial
from uuid import NAMESPACE_URL, uuid5

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.dates import say_day, say_moment
from forum.models import Digest, DigestEntry
from forum.permissions.posts import can_see_post
from forum.permissions.roles import Viewer
from forum.publishing import wording
from forum.publishing.book import Book, BookPost, Chapter, Picture
from forum.publishing.pictures import pictures_in
from forum.publishing.threads import whole_address
from forum.text.languages import guess
from forum.text.markdown import render
from forum.text.names import initial
from forum.text.xhtml import as_paragraphs, as_xhtml, plain_words

INK = "indigo"


def book_of_digest(
    viewer: Viewer, digest: Digest, *, progress: Callable[[int, int], None] = lambda done, total: None
) -> Book:
    """Return the digest as a book of what the viewer may see: tombstones stand for the rest and for what is hidden.

    Two queries, another one when it has pictures.
    """
    entries = list(entries_of(digest))
    texts = {entry.pk: _html(entry) for entry in entries if is_readable(viewer, entry)}
    chapters = list(digest.chapters.order_by("position", "pk"))
    with wording.speaking(digest.language or guess(digest.title), wording.years_of(viewer)) as language:
        own = [digest.foreword_html, *(chapter.introduction_html for chapter in chapters)]
        posts = {entry.post_id for entry in entries if entry.pk in texts}
        beat = partial(progress, 0, len(entries))
        pictures = pictures_in([*own, *texts.values()], placed=posts, digest=digest.pk, beat=beat)
        address = whole_address(reverse("digest", args=[digest.owner.username, digest.slug]))
        bound: dict[int | None, list[BookPost]] = {}
        for number, entry in enumerate(entries, 1):
            post = _bound(entry, texts.get(entry.pk), number, pictures)
            bound.setdefault(entry.chapter_id, []).append(post)
            progress(number, len(entries))
        before = [Chapter("c0", "", tuple(bound[None]), opens_page=True)] if None in bound else []
        named = [
            Chapter(
                f"c{place}",
                plain_words(chapter.title),
                tuple(bound.get(chapter.pk, ())),
                as_xhtml(chapter.introduction_html, anchor=f"c{place}", address=address, pictures=pictures),
                opens_page=True,
                language=guess(chapter.title),
            )
            for place, chapter in enumerate(chapters, 1)
        ]
        made_at = timezone.now().replace(microsecond=0)
        moments = [entry.post.created_at for entry in entries if entry.pk in texts]
        foreword = digest.foreword_html
        return Book(
            language=language,
            title=plain_words(digest.title),
            title_language=guess(digest.title) or language,
            subtitle=plain_words(digest.subtitle),
            dedication=plain_words(digest.dedication),
            place=_("Kept by %(name)s") % {"name": plain_words(digest.owner.name)},
            author=plain_words(digest.owner.name),
            dates=wording.span(min(moments), max(moments)) if moments else say_day(digest.created_at),
            address=address,
            site=wording.SITE,
            made_at=made_at,
            made=say_day(made_at),
            identifier=uuid5(NAMESPACE_URL, address).urn,
            seal=plain_words(initial(digest.owner.name)),
            ink=INK,
            words=wording.words_of_book(),
            chapters=(*before, *named),
            foreword_html=as_xhtml(foreword, anchor="foreword", address=address, pictures=pictures),
            colophon=wording.colophon(address=address, made=made_at, posts=len(entries)),
            pictures=pictures,
        )


def entries_of(digest: Digest) -> QuerySet[DigestEntry]:
    """Return the entries in the order of reading, with all that is asked of them."""
    rows = DigestEntry.objects.filter(digest=digest)
    rows = rows.select_related("revision", "post__author", "post__thread__city", "post__thread__board")
    return rows.order_by("position", "pk")


def is_readable(viewer: Viewer, entry: DigestEntry) -> bool:
    """Return whether the text of the entry may stand in a book for the viewer: what is hidden stands in none."""
    post, revision = entry.post, entry.revision
    is_hidden = post.is_hidden or post.is_held or post.thread.is_hidden or revision.is_hidden or revision.is_erased
    return not is_hidden and can_see_post(viewer, post)


def _html(entry: DigestEntry) -> str:
    post = entry.post
    return post.html if entry.revision.number == post.revision_number else render(entry.revision.body)


def _bound(entry: DigestEntry, html: str | None, number: int, pictures: dict[str, Picture]) -> BookPost:
    post, revision, anchor = entry.post, entry.revision, f"e{entry.pk}"
    label = wording.label_of(post)
    note = as_paragraphs(entry.note)
    if html is None:
        words = _("The kept text is hidden, or closed to readers of this book.")
        return BookPost(anchor, number, label, tombstone=words, note_html=note)
    title, address = revision.title or post.thread.title, whole_address(reverse("post", args=[post.pk]))
    # Of an imported text earlier versions are but a number.
    edits = revision.number - 1 + post.earlier_edits
    edited_at = revision.created_at if revision.number > 1 else post.edited_at if post.revision_number == 1 else None
    return BookPost(
        anchor=anchor,
        number=number,
        label=label,
        html=as_xhtml(html, anchor=anchor, address=address, pictures=pictures),
        title=plain_words(title),
        listed=plain_words(title),
        language=post.language,
        author=plain_words(post.author.name),
        office=wording.office_of(post),
        written_at=post.created_at,
        when=say_moment(post.created_at),
        place=plain_words(f"{post.thread.city.name} · {post.thread.title}"),
        facts=wording.facts_of(post, edits=edits, edited_at=edited_at),
        source=wording.source_of(post),
        note_html=note,
        address=address,
        revision=revision.number,
        revision_hash=revision.chain_hash,
    )
