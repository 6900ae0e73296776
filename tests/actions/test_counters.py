"""Whatever people do, in whatever order: stored numbers equal their recount, and post numbers never change."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forum.actions import moderation
from forum.actions.counters import counted_afterwards
from forum.actions.posts import add_reply
from forum.actions.recommendations import recommend_post, withdraw_recommendation
from forum.actions.threads import create_thread
from forum.models import City, Post, Thread
from forum.permissions.verdicts import Forbidden
from tests.actions.conftest import numbers_equal_their_recount
from tests.world import World, build_world

ACTS = (
    "reply",
    "hide post",
    "restore post",
    "hide thread",
    "restore thread",
    "move",
    "move back",
    "recommend",
    "withdraw",
    "lock",
    "unlock",
)


def _do(world: World, act: str, which: int) -> None:
    """Do one thing to the world's thread; what the rules refuse is not done."""
    thread = Thread.objects.get(pk=world.thread.pk)
    posts = list(thread.posts.order_by("number"))
    post = posts[which % len(posts)]
    doing = {
        "reply": lambda: add_reply(thread, by=world.coco, body="One more.", to=post.number),
        "hide post": lambda: moderation.hide_post(post, by=world.dan, reason="a reason"),
        "restore post": lambda: moderation.restore_post(post, by=world.mei),
        "hide thread": lambda: moderation.hide_thread(thread, by=world.mei, reason="a reason"),
        "restore thread": lambda: moderation.restore_thread(thread, by=world.mei),
        "move": lambda: moderation.move_thread(thread, by=world.mei, board=world.letters),
        "move back": lambda: moderation.move_thread(thread, by=world.mei, board=world.general),
        "recommend": lambda: recommend_post(post, by=world.dan),
        "withdraw": lambda: withdraw_recommendation(post, by=world.dan),
        "lock": lambda: moderation.lock_thread(thread, by=world.mei),
        "unlock": lambda: moderation.unlock_thread(thread, by=world.mei),
    }
    try:
        doing[act]()
    except Forbidden:
        return


def test_cities_and_boards_counted_afterwards_are_right_as_well(world: World) -> None:
    with counted_afterwards():
        thread = create_thread(world.letters, by=world.cai, title="A letter", body="Dear all.")
        moderation.move_thread(thread, by=world.mei, board=world.general)
        moderation.hide_post(world.reply, by=world.mei, reason="a reason")
        assert City.objects.get(pk=world.stoneferry.pk).posts_count == 2
    city = City.objects.get(pk=world.stoneferry.pk)
    assert (city.threads_count, city.posts_count, city.last_activity_at) == (2, 2, thread.last_post_at)


@contextmanager
def _fresh_world() -> Iterator[World]:
    """A world for one example, gone after it."""
    with transaction.atomic():
        yield build_world()
        transaction.set_rollback(True)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 9)), min_size=5, max_size=25))
def test_numbers_are_right_after_any_sequence_of_acts(db: None, acts: list[tuple[str, int]]) -> None:
    with _fresh_world() as world:
        given_numbers: dict[int, int] = {}
        for act, which in acts:
            _do(world, act, which)
            numbers = dict(Post.objects.filter(thread=world.thread).values_list("pk", "number"))
            assert given_numbers.items() <= numbers.items()
            assert len(set(numbers.values())) == len(numbers)
            given_numbers = numbers
        numbers_equal_their_recount()
