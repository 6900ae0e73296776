"""The versions of a post, and what changed from one to another."""

from dataclasses import dataclass, field

from django.core.paginator import Page
from django.http import Http404

from forum.models import Post, Revision
from forum.queries.paging import numbered
from forum.text.diffs import Chunk, differences, folded

VERSIONS_PER_PAGE = 10
AT_A_GLANCE = 20_000  # characters of two versions together; the differences of longer ones are shown one pair at a time


@dataclass(frozen=True, slots=True)
class Change:
    """What changed from one version to a later one. Empty lists: nothing did."""

    old: Revision
    new: Revision
    title: list[Chunk] = field(default_factory=list)
    body: list[Chunk] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Version:
    """A version in the list; `change` leads to it from the one before. `is_long`: ask for the change by itself."""

    revision: Revision
    change: Change | None = None
    is_long: bool = False


def version_of(post: Post, number: int) -> Revision:
    """Return one version of the post by its number; raise Http404 when there is none."""
    revision = Revision.objects.filter(post=post, number=number).first()
    if revision is None:
        raise Http404("No such version")
    return revision


def change_between(old: Revision, new: Revision) -> Change:
    """Return what changed in title and text from `old` to `new`; long equal stretches are folded."""
    return Change(
        old,
        new,
        title=differences(old.title, new.title) if old.title != new.title else [],
        body=folded(differences(old.body, new.body)) if old.body != new.body else [],
    )


def versions_of(post: Post, number: int) -> tuple[Page[Revision], list[Version]]:
    """Return a page of the post's versions, the newest first, each with what changed; two queries.

    Raises Http404 when there is no such page.
    """
    rows = Revision.objects.filter(post=post).select_related("author").order_by("-number")
    page = numbered(rows, number, size=VERSIONS_PER_PAGE, count=post.revision_number)
    revisions = list(page)
    before = Revision.objects.filter(post=post, number__lt=revisions[-1].number).order_by("-number").first()
    return page, [_version(new, old) for new, old in zip(revisions, [*revisions[1:], before], strict=True)]


def _version(new: Revision, old: Revision | None) -> Version:
    if old is None:
        return Version(new)
    if len(new.body) + len(old.body) > AT_A_GLANCE:
        return Version(new, is_long=True)
    return Version(new, change_between(old, new))


def compared(post: Post, old: int, new: int) -> Change:
    """Return what changed between two versions, the older first however they are named; one query, or Http404."""
    rows = Revision.objects.filter(post=post, number__in=(old, new)).select_related("author").order_by("number")
    found = list(rows)
    if not found or len(found) != len({old, new}):
        raise Http404("No such version")
    return change_between(found[0], found[-1])
