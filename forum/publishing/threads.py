"""A thread as a book: all its posts in order, in chapters as long as the pages of the site."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import batched
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.dates import say_day, say_moment
from accounts.models import User
from forum.models import Post, Revision, Thread
from forum.permissions.publications import MOST_POSTS
from forum.publishing import wording
from forum.publishing.book import Book, BookPost, CannotBeMade, Chapter, Picture
from forum.publishing.pictures import pictures_in
from forum.publishing.polls import poll_html
from forum.text.languages import guess
from forum.text.xhtml import as_xhtml, plain_words

POSTS_IN_CHAPTER = 20
MOST_TEXT = 30_000_000  # characters of HTML
AT_ONCE = 200  # posts read in one go


def book_of_thread(
    thread: Thread,
    *,
    years: str = User.Calendar.WESTERN,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Book:
    """Return the thread as a book, the same for everybody who may see the thread and counts `years` as they do.

    Hidden posts have left a tombstone, those held for approval are not in it. Two queries, another one when it has
    pictures. Raises CannotBeMade for a thread that is too long.
    """
    if thread.posts_count > MOST_POSTS:
        raise CannotBeMade(_("A book holds at most %(count)s posts.") % {"count": f"{MOST_POSTS:,}"})
    posts = list(_readable(thread, progress))
    with wording.speaking(thread.language or guess(thread.title), years) as language:
        shown = [post for post in posts if not post.is_hidden]
        beat = partial(progress, len(posts), len(posts))
        pictures = pictures_in((post.html for post in shown), placed={post.pk for post in shown}, beat=beat)
        address = whole_address(reverse("thread", args=[thread.pk]))
        bound = [_bound(post, thread, address, pictures) for post in posts]
        if bound and bound[0].html and posts[0].is_opener:
            bound[0] = replace(bound[0], html=bound[0].html + poll_html(thread))
        made_at = timezone.now().replace(microsecond=0)
        return Book(
            language=language,
            title=plain_words(thread.title),
            title_language=guess(thread.title) or language,
            subtitle=plain_words(thread.alias),
            place=plain_words(f"{thread.city.name} · {thread.board.name}"),
            author=plain_words(thread.author.name),
            dates=wording.span(posts[0].created_at, posts[-1].created_at) if posts else say_day(thread.created_at),
            address=address,
            site=wording.SITE,
            made_at=made_at,
            made=say_day(made_at),
            identifier=uuid5(NAMESPACE_URL, address).urn,
            seal=wording.seal_of(thread.city),
            ink=thread.city.ink,
            words=wording.words_of_book(),
            chapters=tuple(_chapters(bound)),
            colophon=wording.colophon(address=address, made=made_at, posts=len(bound)),
            pictures=pictures,
        )


def whole_address(path: str) -> str:
    """Return the whole address of a path of this site."""
    return settings.SITE_ADDRESS.rstrip("/") + path


def _readable(thread: Thread, progress: Callable[[int, int], None]) -> Iterator[Post]:
    """Yield the posts in their order, and say how many there have been."""
    size = 0
    for number, post in enumerate(_posts(thread).iterator(AT_ONCE), 1):
        size += len(post.html)
        if size > MOST_TEXT:
            raise CannotBeMade(_("This thread is too long for one book."))
        post.thread = thread
        if number % AT_ONCE == 0:
            progress(number, thread.posts_count)
        yield post


def _posts(thread: Thread) -> QuerySet[Post]:
    rows = Post.objects.filter(thread=thread, is_held=False).select_related("author", "addressed__author")
    present = Revision.objects.filter(post=OuterRef("pk"), number=OuterRef("revision_number"))
    rows = rows.annotate(revision_hash=Subquery(present.values("chain_hash")[:1]))
    return rows.defer("body", "addressed__body", "addressed__html").order_by("number")


def _bound(post: Post, thread: Thread, address: str, pictures: dict[str, Picture]) -> BookPost:
    label, anchor = wording.label_of(post), f"p{post.number}"
    if post.is_hidden:
        words = _("Post %(number)s is hidden.") % {"number": post.number}
        return BookPost(anchor=anchor, number=post.number, label=label, tombstone=words)
    title = "" if post.is_opener else plain_words(post.title)
    return BookPost(
        anchor=anchor,
        number=post.number,
        label=label,
        html=as_xhtml(post.html, anchor=anchor, address=address, pictures=pictures),
        tombstone="" if post.html else _("This text was erased."),
        title=title,
        listed=title,
        language=post.language,
        author=plain_words(post.author.name),
        office=wording.office_of(post),
        written_at=post.created_at,
        when=say_moment(post.created_at),
        answers=wording.answers_of(post),
        facts=wording.facts_of(post, edits=post.edits, edited_at=post.edited_at),
        source=wording.source_of(post),
        address=whole_address(reverse("post", args=[post.pk])),
        revision=post.revision_number,
        revision_hash=getattr(post, "revision_hash", None) or "",
    )


def _chapters(posts: list[BookPost]) -> Iterator[Chapter]:
    for some in batched(posts, POSTS_IN_CHAPTER):
        title = wording.title_of_chapter(some[0].number, some[-1].number) if len(posts) > POSTS_IN_CHAPTER else ""
        yield Chapter(anchor=f"c{some[0].number}", title=title, posts=some)
