"""What a book would be made of now, as one hash: two books with the same one are the same book."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils import translation

from forum.models import Digest, Placing, Post, Thread
from forum.permissions.digests import can_see_digest
from forum.permissions.publications import MOST_POSTS
from forum.permissions.roles import Viewer
from forum.permissions.threads import can_see_thread
from forum.publishing.digests import entries_of, is_readable
from forum.publishing.polls import content_of_poll
from forum.publishing.wording import years_of
from forum.text.markdown import RENDERER_VERSION

EDITION = 2  # of the makers: to be raised when they make another book of the same texts

type Thing = Thread | Digest


def content_of(viewer: Viewer, thing: Thing) -> str:
    """Return the hash of everything a book of the thread or digest is made of, as the viewer may see it.

    Empty when there is no book for this viewer, or of this thread. What lags behind until then is the number of
    recommendations. Five queries for a thread, four for a digest.
    """
    # Former members have a name in each language: the hash is of one of them, whoever asks.
    with translation.override(settings.LANGUAGE_CODE):
        return _content_of(viewer, thing)


def _content_of(viewer: Viewer, thing: Thing) -> str:
    if isinstance(thing, Thread):
        is_one = not thing.is_hidden and thing.posts_count <= MOST_POSTS and can_see_thread(viewer, thing)
        return _hash(viewer, _of_thread(thing)) if is_one else ""
    return _hash(viewer, _of_digest(viewer, thing)) if can_see_digest(viewer, thing) else ""


def _hash(viewer: Viewer, parts: Iterator[Any]) -> str:
    found = hashlib.sha256(f"{EDITION}:{RENDERER_VERSION}:{years_of(viewer)}".encode())
    for part in parts:
        found.update(json.dumps(part, default=str).encode() + b"\n")
    return found.hexdigest()


def _of_thread(thread: Thread) -> Iterator[Any]:
    city = thread.city
    yield thread.title, thread.alias, thread.language, thread.author_id, thread.board.name, _named(city)
    rows = Post.objects.filter(thread=thread, is_held=False).order_by("number").select_related("author")
    rows = rows.only(
        *("number", "revision_number", "is_hidden", "edited_at", "renderer_version", "office", "addressed_id"),
        *(f"author__{name}" for name in ("username", "display_name", "farewell")),
    )
    for post in rows.iterator(1000):
        facts = (post.revision_number, post.is_hidden, post.edited_at, post.renderer_version, post.office)
        yield post.pk, post.number, *facts, post.addressed_id, post.author.name
    # Who is answered in another thread is named, too.
    elsewhere = Post.objects.filter(thread=thread, addressed__isnull=False).exclude(addressed__thread=thread)
    names = (f"addressed__author__{name}" for name in ("username", "display_name", "farewell"))
    yield from elsewhere.order_by("pk").values_list("pk", *names)
    # What was erased keeps its version: its text and its pictures are gone.
    yield from Post.objects.filter(thread=thread, body="").order_by("pk").values_list("pk")
    placings = Placing.objects.filter(revision__post__thread=thread).order_by("pk")
    yield from placings.values_list("revision", "attachment__name")
    yield from content_of_poll(thread)


def _of_digest(viewer: Viewer, digest: Digest) -> Iterator[Any]:
    yield digest.title, digest.subtitle, digest.dedication, digest.foreword, digest.language, digest.renderer_version
    yield digest.slug, digest.owner.username, digest.owner.name
    for chapter in digest.chapters.order_by("position", "pk"):
        yield chapter.pk, chapter.title, chapter.introduction, chapter.renderer_version
    posts = []
    for entry in entries_of(digest):
        post, thread, can_read = entry.post, entry.post.thread, is_readable(viewer, entry)
        posts += [post.pk] if can_read else []
        yield entry.pk, entry.chapter_id, entry.revision_id, entry.note, can_read, post.renderer_version
        yield post.author.name, thread.title, thread.city.name, entry.revision.is_erased
    shown = [Placing.objects.filter(where) for where in (Q(revision__post__in=posts), Q(digest=digest))]
    placings = Placing.objects.filter(pk__in=shown[0].values("pk").union(shown[1].values("pk")))
    yield from placings.order_by("pk").values_list("revision", "digest", "attachment__name")


def _named(city: Any) -> list[str]:
    return [city.name, city.slug, city.seal, city.ink]
