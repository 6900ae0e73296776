"""Whatever people write and officers move about, in any order: numbers, addresses, counts and search stay true."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import rule

from forum.actions.merging import merge_threads
from forum.actions.moderation import (
    feature_thread,
    hide_thread,
    lock_thread,
    move_thread,
    restore_thread,
    unfeature_thread,
    unlock_thread,
)
from forum.actions.pinning import pin_thread, unpin_thread
from forum.actions.posts import edit_post
from forum.actions.recommendations import recommend_post, withdraw_recommendation
from forum.actions.splitting import split_thread
from forum.actions.undoing import mark_private
from forum.models import Event
from tests.actions.stateful.machine import NUMBER, CityMachine, run
from tests.world import World


class TextsMachine(CityMachine):
    """Threads and posts under the hands of writers and officers."""

    @rule(which=NUMBER, titled=st.booleans())
    def edit(self, which: int, titled: bool) -> None:
        post = self.post(which)
        title = f"Now {self.words()}" if titled or post.is_opener else ""
        self.act(edit_post, post, by=post.author, base=post.revision_number, title=title, body=self.words())

    @rule(which=NUMBER, who=NUMBER, back=st.booleans())
    def recommend(self, which: int, who: int, back: bool) -> None:
        do: Callable[..., object] = withdraw_recommendation if back else recommend_post
        self.act(do, self.post(which), by=self.writer(who), silent=True)

    @rule(which=NUMBER, who=NUMBER)
    def hide_or_restore_thread(self, which: int, who: int) -> None:
        thread = self.thread(which)
        do: Callable[..., object] = restore_thread if thread.is_hidden else hide_thread
        self.act(do, thread, by=self.officer(who), reason="Because")

    @rule(which=NUMBER, who=NUMBER, what=st.sampled_from(["lock", "feature", "pin", "pin until"]))
    def mark(self, which: int, who: int, what: str) -> None:
        thread, by, do = self.thread(which), self.officer(who), lock_thread
        if what == "lock" and thread.is_locked:
            do = unlock_thread
        elif what == "feature":
            do = unfeature_thread if thread.is_featured else feature_thread
        elif what == "pin" and thread.is_pinned:
            do = unpin_thread
        elif what.startswith("pin"):
            until = timezone.now() + timedelta(days=which + 1) if what == "pin until" else None
            self.act(pin_thread, thread, by=by, until=until)
            return
        self.act(do, thread, by=by, reason="Because")

    @rule(which=NUMBER, who=NUMBER, where=NUMBER)
    def move(self, which: int, who: int, where: int) -> None:
        boards = (self.world.general, self.world.letters)
        self.act(move_thread, self.thread(which), by=self.officer(who), board=boards[where % 2])

    @rule(which=NUMBER, into=NUMBER, who=NUMBER)
    def merge(self, which: int, into: int, who: int) -> None:
        self.act(merge_threads, self.thread(which), by=self.officer(who), into=self.thread(into))

    @rule(which=NUMBER, numbers=st.sets(st.integers(2, 9), min_size=1), who=NUMBER, where=NUMBER)
    def split(self, which: int, numbers: set[int], who: int, where: int) -> None:
        board = (self.world.general, self.world.letters)[where % 2]
        title = f"Apart {self.words()}"
        self.act(split_thread, self.thread(which), by=self.officer(who), numbers=numbers, board=board, title=title)

    @rule(which=NUMBER, who=NUMBER, private=st.booleans())
    def keep_private(self, which: int, who: int, private: bool) -> None:
        acts = list(Event.objects.filter(in_log=True, city=self.world.stoneferry).order_by("-pk")[:6])
        self.act(mark_private, acts[which % len(acts)], by=self.officer(who), private=private)


def test_whatever_is_done_to_texts(world: World) -> None:
    run(TextsMachine, world)
