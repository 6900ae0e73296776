"""Whatever officers do in whatever order, number N of a thread means one post for ever, and every count is right."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forum.actions.merging import merge_threads
from forum.actions.moderation import hide_post, hide_thread, move_thread, restore_post, restore_thread
from forum.actions.posts import add_reply
from forum.actions.splitting import split_thread
from forum.actions.threads import create_thread
from forum.actions.undoing import undo_event
from forum.models import Event, FormerNumber, Post, Thread
from forum.permissions.undoing import ABILITIES
from forum.permissions.verdicts import Forbidden
from forum.queries.numbers import post_at
from tests.actions.conftest import numbers_equal_their_recount
from tests.world import World

type Numbers = dict[tuple[int, int], int]
NUMBER = st.integers(0, 50)
STEPS = st.lists(
    st.tuples(st.sampled_from(["reply", "hide", "hide thread", "move", "merge", "split", "undo"]), NUMBER, NUMBER),
    min_size=4,
    max_size=14,
)


def numbers_given() -> Numbers:
    """Return thread and number → post, as posts and former numbers say; fail when two say different things."""
    known: Numbers = {}
    for rows in (
        Post.objects.values_list("thread", "number", "pk"),
        FormerNumber.objects.values_list("thread", "number", "post"),
    ):
        for thread, number, post in rows:
            assert (thread, number) not in known
            known[thread, number] = post
    return known


class Officers:
    """The mayor and the deputies, who do something at every step; what may not be done is left."""

    def __init__(self, world: World) -> None:
        self.world = world
        for number in range(2):
            thread = create_thread(world.letters, by=world.coco, title=f"Thread {number}", body="It begins.")
            for _reply in range(3):
                add_reply(thread, by=world.cai, body="It goes on.", to=1)

    def _thread(self, choice: int) -> Thread:
        threads = list(Thread.objects.order_by("pk"))
        return threads[choice % len(threads)]

    def reply(self, one: int, two: int) -> object:
        return add_reply(self._thread(one), by=self.world.dan, body="Words.", to=two % 9 or None)

    def hide(self, one: int, two: int) -> object:
        post = Post.objects.order_by("pk")[one % Post.objects.count()]
        act: Callable[..., object] = restore_post if post.is_hidden else hide_post
        return act(post, by=self.world.mei, reason="Because")

    def hide_thread(self, one: int, two: int) -> object:
        thread = self._thread(one)
        act: Callable[..., object] = restore_thread if thread.is_hidden else hide_thread
        return act(thread, by=self.world.mei, reason="Because")

    def move(self, one: int, two: int) -> object:
        board = (self.world.general, self.world.letters)[two % 2]
        return move_thread(self._thread(one), by=self.world.mei, board=board)

    def merge(self, one: int, two: int) -> object:
        return merge_threads(self._thread(one), by=self.world.mei, into=self._thread(two))

    def split(self, one: int, two: int) -> object:
        board = (self.world.general, self.world.letters)[one % 2]
        numbers = [number for number in range(2, 20) if (number + two) % 3 == 0]
        return split_thread(self._thread(one), by=self.world.mei, numbers=numbers, board=board, title="Apart")

    def undo(self, one: int, two: int) -> object:
        events = list(Event.objects.filter(kind__in=ABILITIES, undone_by=None).order_by("-pk")[:4])
        return undo_event(events[one % len(events)], by=self.world.mei, reason="Because") if events else None


def check(before: Numbers) -> Numbers:
    """Fail when a number that was given means another post now, or any stored number is wrong; return the numbers."""
    now = numbers_given()
    assert before.items() <= now.items()
    for thread in Thread.objects.all():
        own = [number for pk, number in now if pk == thread.pk]
        assert sorted(own) == list(range(1, thread.last_number + 1))
        assert thread.merged_into_id is None or (thread.is_hidden and thread.posts_count == 0)
        assert thread.merged_into_id is not None or Post.objects.filter(thread=thread, number=1).exists()
    numbers_equal_their_recount()
    return now


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_numbers_mean_the_same_posts_for_ever(world: World, steps: list[tuple[str, int, int]]) -> None:
    with transaction.atomic():
        officers, known = Officers(world), numbers_given()
        for what, one, two in steps:
            try:
                with transaction.atomic():
                    getattr(officers, what.replace(" ", "_"))(one, two)
            except (ValidationError, Forbidden):
                continue
            known = check(known)
        for (thread, number), post in known.items():
            found = post_at(Thread.objects.get(pk=thread), number)
            assert found and found.pk == post
        transaction.set_rollback(True)
