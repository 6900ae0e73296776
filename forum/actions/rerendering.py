"""Rendering stored texts again when the renderer has changed; the texts themselves stay untouched."""

from collections.abc import Iterator

from django.db import transaction
from django.db.models import Q, QuerySet

from forum.actions.texts import rendered
from forum.models import Digest, DigestChapter, Message, Notice, Post
from forum.text.markdown import RENDERER_VERSION, render

BATCH = 200  # posts in one transaction: short enough that people can write in between


def outdated_posts() -> int:
    """Return how many posts another version of the renderer rendered."""
    return Post.objects.exclude(renderer_version=RENDERER_VERSION).count()


def rerender_posts() -> Iterator[int]:
    """Render every outdated post anew, in batches; yields how many posts each batch had."""
    return _rerender(Post)


def rerender_messages() -> int:
    """Render every outdated private message anew; return how many there were."""
    return sum(_rerender(Message))


@transaction.atomic
def render_anew(posts: QuerySet[Post]) -> None:
    """Render these posts anew: what they refer to has changed."""
    for post in posts.select_for_update(of=("self",), no_key=True).order_by("pk"):
        post.html = _html(post)
        post.save(update_fields=["html"])


def _rerender(model: type[Post] | type[Message]) -> Iterator[int]:
    last = 0
    while ids := _next_batch(model, last):
        last = ids[-1]
        with transaction.atomic():
            texts = list(model._default_manager.select_for_update(of=("self",), no_key=True).filter(pk__in=ids))
            for text in texts:
                text.html, text.renderer_version = _html(text), RENDERER_VERSION
            model._default_manager.bulk_update(texts, ["html", "renderer_version"])
        yield len(texts)


def _html(text: Post | Message) -> str:
    came_from_elsewhere = isinstance(text, Post) and text.source_id is not None
    html: str = rendered(text.body, language=text.language, names_people=not came_from_elsewhere)["html"]
    return html


def _next_batch(model: type[Post] | type[Message], last: int) -> list[int]:
    rows = model._default_manager.exclude(renderer_version=RENDERER_VERSION).filter(pk__gt=last)
    return list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH])


@transaction.atomic
def rerender_notices() -> int:
    """Render every outdated notice anew; return how many there were."""
    notices = list(Notice.objects.select_for_update(of=("self",)).exclude(renderer_version=RENDERER_VERSION))
    for notice in notices:
        notice.html, notice.renderer_version = render(notice.body), RENDERER_VERSION
    Notice.objects.bulk_update(notices, ["html", "renderer_version"])
    return len(notices)


@transaction.atomic
def rerender_digests() -> int:
    """Render every outdated foreword and introduction anew; return how many there were."""
    outdated = ~Q(renderer_version=RENDERER_VERSION)
    digests = Digest.objects.select_for_update(of=("self",), no_key=True).filter(outdated).exclude(foreword="")
    chapters = DigestChapter.objects.filter(outdated).exclude(introduction="")
    number = 0
    for digest in digests.order_by("pk"):
        digest.foreword_html, digest.renderer_version = rendered(digest.foreword)["html"], RENDERER_VERSION
        digest.save(update_fields=["foreword_html", "renderer_version"])
        number += 1
    for chapter in chapters.select_for_update(of=("self",), no_key=True).order_by("pk"):
        chapter.introduction_html, chapter.renderer_version = rendered(chapter.introduction)["html"], RENDERER_VERSION
        chapter.save(update_fields=["introduction_html", "renderer_version"])
        number += 1
    return number
