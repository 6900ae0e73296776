"""After every test of an action each stored number equals its recount."""

from collections.abc import Iterator

import pytest

from forum.actions import counters
from forum.models import Board, Case, City, Digest, Petition, Poll, Post, Thread

COUNTED = {
    Post: ("recommendations_count",),
    Thread: ("posts_count", "replies_count", "former_count", "recommendations_count"),
    Board: ("threads_count", "posts_count"),
    City: ("threads_count", "posts_count", "citizens_count"),
    Digest: ("entries_count",),
    Case: ("weight",),
    Poll: ("ballots_count", "counts"),
    Petition: ("signatures_count",),
}


def _stored() -> dict[str, list[tuple[object, ...]]]:
    rows = {model: model.objects.order_by("pk").values_list("pk", *names) for model, names in COUNTED.items()}
    return {model.__name__: list(values) for model, values in rows.items()}


def numbers_equal_their_recount() -> None:
    """Fail when counting anew changes any stored number."""
    before = _stored()
    counters.recount_everything()
    assert _stored() == before


@pytest.fixture(autouse=True)
def _recounted(db: None) -> Iterator[None]:
    yield
    numbers_equal_their_recount()
