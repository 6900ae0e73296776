"""After every test of an action each number equals its recount, and the search knows each post as it is."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from forum.actions import recounting
from forum.models import Board, Case, City, Conversation, Digest, Membership, Petition, Poll, Post, Thread
from forum.search.candidates import Look
from forum.search.documents import city_mark, document_of
from forum.search.engines import engine
from tests.world import World

COUNTED = {
    Post: ("recommendations_count",),
    Thread: ("posts_count", "replies_count", "former_count", "recommendations_count"),
    Board: ("threads_count", "posts_count"),
    City: ("threads_count", "posts_count", "citizens_count"),
    Digest: ("entries_count",),
    Case: ("weight",),
    Poll: ("ballots_count", "counts"),
    Petition: ("signatures_count",),
    Conversation: ("last_number",),
}


def _stored() -> dict[str, list[tuple[object, ...]]]:
    rows = {model: model.objects.order_by("pk").values_list("pk", *names) for model, names in COUNTED.items()}
    return {model.__name__: list(values) for model, values in rows.items()}


def numbers_equal_their_recount() -> None:
    """Fail when counting anew changes any stored number."""
    before = _stored()
    recounting.recount_everything()
    assert _stored() == before


def search_knows_every_post() -> None:
    """Fail when the index holds other words or another city of a post than a reindex would put there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT post_id, title, words FROM search_document")
        held = {post_id: (title, words) for post_id, title, words in cursor.fetchall()}
    posts = Post.objects.select_related("thread")
    wanted = {post.pk: document_of(post) for post in posts}
    assert {pk: held.get(pk) for pk in wanted} == {pk: (one.title, one.words) for pk, one in wanted.items()}
    for city in {post.thread.city_id for post in posts}:
        look = Look(marks=((city_mark(city),),))
        marked = {candidate.post_id for batch in engine().look(look) for candidate in batch}
        assert {post.pk for post in posts if post.thread.city_id == city} <= marked


@pytest.fixture(autouse=True)
def _kept(db: None) -> Iterator[None]:
    yield
    numbers_equal_their_recount()
    search_knows_every_post()


@pytest.fixture
def now(world: World) -> datetime:
    """The moment from which the tests count; everybody has been a citizen for a year."""
    Membership.objects.update(joined_at=timezone.now() - timedelta(days=365))
    return timezone.now()
