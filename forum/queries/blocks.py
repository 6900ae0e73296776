"""Whom the viewer blocks: nobody else may know."""

from collections.abc import Mapping
from typing import Any

from accounts.models import User
from forum.models import Block
from forum.permissions.roles import Viewer
from forum.queries.paging import Slice, keyset
from forum.queries.people import get_person

PER_PAGE = 50


def blocks_of(viewer: Viewer, *, marks: Mapping[str, Any]) -> Slice[Block]:
    """Return one page of the viewer's blocks with the people, the newest first; one query, none for a visitor.

    Raises Http404 for a mark that cannot be read.
    """
    rows = Block.objects.filter(user=viewer.user) if viewer.is_signed_in else Block.objects.none()
    return keyset(rows.select_related("blocked"), field="created_at", marks=marks, size=PER_PAGE)


def person_to_unblock(viewer: Viewer, name: str) -> User:
    """Return the person of that sign-in name whom the viewer blocks, even one who has left; else anybody of the name.

    Raises Http404.
    """
    block = Block.objects.filter(user=viewer.user, blocked__username=name).select_related("blocked").first()
    return block.blocked if block else get_person(name)
