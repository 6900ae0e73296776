"""Whatever happens in threads, what is counted as new to a reader is what they have not been shown."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from forum.actions.holds import approve_post
from forum.actions.marks import forget_old_marks, mark_board_read, mark_thread_read
from forum.actions.merging import merge_threads
from forum.actions.moderation import hide_post, move_thread, restore_post
from forum.actions.posts import add_reply
from forum.actions.rules import change_rules
from forum.actions.splitting import split_thread
from forum.actions.threads import create_thread
from forum.actions.undoing import undo_event
from forum.models import Board, Event, Hold, Post, Thread
from forum.permissions.verdicts import Forbidden
from tests.actions.test_marks import new_to
from tests.world import World

REFUSED = (Forbidden, ValidationError)
KEEPING = ("write", "hide", "restore", "visit", "visit", "split", "mark_board", "mark_everything")
BLURRING = (*KEEPING, "move", "merge", "take_back", "hold", "approve", "forget")


class Forgotten(Exception):
    """Raised at the end of a history, so that nothing of it stays."""


class History:
    """A reader, and the posts they were shown or took for read: a plain set."""

    def __init__(self, world: World) -> None:
        self.world, self.reader, self.said = world, world.coco, 0
        self.shown: set[int] = set()
        self.marked: dict[Board, datetime] = {}
        self.threads = [world.thread, create_thread(world.letters, by=world.cai, title="Ferry", body="It rests.")]

    def thread(self, number: int) -> Thread:
        thread = self.threads[number % len(self.threads)]
        return Thread.objects.select_related("board", "city").get(pk=thread.pk)

    def post(self, number: int) -> Post:
        posts = list(Post.objects.select_related("thread__board", "thread__city").order_by("pk"))
        return posts[number % len(posts)]

    def write(self, one: int, other: int) -> None:
        self.said += 1
        by: User = (self.world.cai, self.world.dan, self.reader)[other % 3]
        add_reply(self.thread(one), by=by, body=f"It carries {self.said}.")

    def hide(self, one: int, _other: int) -> None:
        hide_post(self.post(one), by=self.world.mei, reason="Rude")

    def restore(self, one: int, _other: int) -> None:
        restore_post(self.post(one), by=self.world.mei)

    def visit(self, one: int, other: int) -> None:
        """The reader is shown the thread down to some post: on one of two devices, of which one may be behind."""
        thread = self.thread(one)
        number = min(other + 1, thread.last_number)
        mark_thread_read(thread, by=self.reader, number=number)
        self.see(thread=thread, number__lte=number)

    def arrive(self) -> None:
        """What comes to a board counts as read there if it was written before the board was marked."""
        for board, until in self.marked.items():
            self.see(thread__board=board, created_at__lte=until)

    def see(self, **which: Any) -> None:
        self.shown |= set(Post.objects.filter(is_held=False, **which).values_list("pk", flat=True))

    def split(self, one: int, other: int) -> None:
        thread = self.thread(one)
        numbers = range(2 + other % 4, 30, 1 + other % 2)
        new = split_thread(thread, by=self.world.mei, numbers=numbers, board=thread.board, title="Apart")
        self.threads.append(new)

    def mark_board(self, one: int, _other: int) -> None:
        board = self.thread(one).board
        self.marked[board] = timezone.now()
        mark_board_read(board, by=self.reader, until=self.marked[board])

    def mark_everything(self, _one: int, _other: int) -> None:
        mark_board_read(None, by=self.reader, until=timezone.now())
        self.see()

    def move(self, one: int, other: int) -> None:
        boards = [self.world.general, self.world.letters]
        move_thread(self.thread(one), by=self.world.mei, board=boards[other % 2])

    def merge(self, one: int, other: int) -> None:
        merge_threads(self.thread(one), by=self.world.mei, into=self.thread(other))

    def take_back(self, _one: int, _other: int) -> None:
        if event := Event.objects.filter(kind__in=("thread.merged", "thread.split")).order_by("-pk").first():
            undo_event(event, by=self.world.mei)

    def hold(self, one: int, other: int) -> None:
        rules = change_rules(self.world.stoneferry, by=self.world.mei, probation_posts=99)
        try:
            self.write(one, 0)
        finally:
            rules.delete()

    def approve(self, _one: int, _other: int) -> None:
        if hold := Hold.objects.filter(state=Hold.State.WAITING).order_by("pk").first():
            approve_post(hold, by=self.world.mei)

    def forget(self, _one: int, _other: int) -> None:
        forget_old_marks()

    def not_shown(self, thread: Thread) -> list[int]:
        """Return the numbers of the posts the reader has not been shown, found by looking at each of them."""
        return [
            post.number
            for post in Post.objects.filter(thread=thread).order_by("number")
            if not post.is_hidden and post.author_id != self.reader.pk and post.pk not in self.shown
        ]


def _live(world: World, steps: list[tuple[str, int, int]], check: Callable[[History, Thread], None]) -> None:
    try:
        with transaction.atomic():
            history = History(world)
            for verb, one, other in steps:
                try:
                    with transaction.atomic():
                        getattr(history, verb)(one, other)
                        history.arrive()
                except REFUSED:
                    continue
            for thread in history.threads:
                check(history, Thread.objects.get(pk=thread.pk))
            raise Forgotten
    except Forgotten:
        pass


def _steps(verbs: tuple[str, ...]) -> Any:
    return st.lists(st.tuples(st.sampled_from(verbs), st.integers(0, 7), st.integers(0, 7)), min_size=6, max_size=25)


LIGHT = settings(
    max_examples=15, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@LIGHT
@given(steps=_steps(KEEPING))
def test_what_is_new_is_exactly_what_was_not_shown(world: World, steps: list[tuple[str, int, int]]) -> None:
    def check(history: History, thread: Thread) -> None:
        assert new_to(history.reader, thread) == history.not_shown(thread)

    _live(world, steps, check)


@LIGHT
@given(steps=_steps(BLURRING))
def test_nothing_is_lost_when_threads_merge_and_move(world: World, steps: list[tuple[str, int, int]]) -> None:
    def check(history: History, thread: Thread) -> None:
        missing = set(history.not_shown(thread)) - set(new_to(history.reader, thread))
        assert not missing, f"{thread.title}: {missing} of {history.not_shown(thread)}"

    _live(world, steps, check)
