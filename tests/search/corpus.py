"""Posts by the hundred, and the plain scan that a search is held against."""

import re
from collections.abc import Iterable
from functools import lru_cache

from accounts.models import User
from forum.actions.texts import rendered
from forum.management.demo import load
from forum.models import Board, Post, Thread
from forum.permissions.roles import Viewer
from forum.search.find import find
from forum.search.index import index_posts
from forum.search.parsing import parse
from forum.search.results import EVERYWHERE, Scope
from forum.text.plain import html_to_text
from forum.text.tokens import fold

WORD = re.compile(r"[a-z]+")
HAN = re.compile(r"[\u4e00-\u9fff]+")


def write_posts(board: Board, author: User, texts: Iterable[str]) -> list[Post]:
    """Write the texts as posts of one thread, without the course of an action, and index them."""
    thread = Thread.objects.create(
        city=board.city, board=board, author=author, title="Gathered", last_author=author, last_number=1
    )
    posts = [
        Post(thread=thread, number=number, author=author, **rendered(text))
        for number, text in enumerate(texts, start=1)
    ]
    Post.objects.bulk_create(posts, batch_size=200)
    index_posts(posts)
    return posts


def demo_texts(step: int) -> list[str]:
    """Return every so many text of the demo world, and all the texts it has of an edit."""
    world = load()
    posts = [post for city in world.cities for thread in city.threads for post in thread.posts]
    return [post.body for post in posts[::step]]


def found(viewer: User | None, text: str, *, scope: Scope = EVERYWHERE) -> set[int]:
    """Return the ids of all posts that the viewer finds, by date, page after page."""
    ids: list[int] = []
    after = ""
    while True:
        results = find(Viewer.of(viewer), parse(text), scope=scope, order="date", after=after, size=200)
        ids += [hit.post.pk for group in results.groups for hit in group.hits]
        after = results.next
        if not after:
            assert len(ids) == len(set(ids)), "a post came twice"
            assert not results.took_too_long
            return set(ids)


@lru_cache(maxsize=5000)
def _plain(title: str, html: str) -> str:
    return " ".join(fold(f"{title}\n{html_to_text(html)}").split())


def plain(post: Post) -> str:
    """Return the folded words of the post, as a reader sees them, in one line."""
    return _plain(post.title, post.html)


def scan(posts: Iterable[Post], text: str) -> set[int]:
    """Return the ids of the posts in whose folded text `text` stands, not as a part of a word of letters."""
    needle = re.escape(fold(text))
    if WORD.match(fold(text)):
        needle = rf"(?<![a-z]){needle}(?![a-z])"
    return {post.pk for post in posts if re.search(needle, plain(post))}
