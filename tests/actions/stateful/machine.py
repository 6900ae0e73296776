"""CityMachine: people who do things to Stoneferry in any order, and the promises checked after each of them."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from accounts.models import User
from forum.actions.moderation import hide_post, restore_post
from forum.actions.posts import add_reply
from forum.actions.rules import change_rules
from forum.actions.threads import create_thread
from forum.actions.undoing import undo_event
from forum.models import Event, Post, Rules, Sanction, Thread
from forum.permissions.undoing import ABILITIES
from forum.permissions.verdicts import Forbidden
from tests.actions.stateful.promises import (
    numbers_given,
    pages_are_right,
    picture,
    search_finds_what_is_seen,
    stored_numbers_are_right,
    the_chain_is_whole,
)
from tests.world import World

NUMBER = st.sampled_from(range(12))
SAID = "planks"  # in every post, so that one search finds them all
REFUSED = (Forbidden, ValidationError)
STOPPED = (Sanction.Kind.BAN, Sanction.Kind.MUTE)


class CityMachine(RuleBasedStateMachine):
    """Writes, hides and takes back; counts every act. What may not be done is left; each history is forgotten."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self.world, self.said = world, 0
        self._all = transaction.atomic()
        self._all.__enter__()
        self.writers = [world.cai, world.coco, world.dan, world.mei]
        self.officers = [world.mei, world.dan, world.ada]
        self.around: dict[int, tuple[object, object]] = {}  # event → the picture before and after it
        for number in range(2):
            thread = create_thread(world.letters, by=world.coco, title=f"Thread {number}", body=self.words())
            for _reply in range(2):
                add_reply(thread, by=world.cai, body=self.words(), to=1)
        self.known, self.picture = numbers_given(), picture()

    def teardown(self) -> None:
        """Look at everything that must hold in the end, and forget the history."""
        try:
            the_chain_is_whole(self.world.stoneferry)
            pages_are_right(self.world, self.known)
        finally:
            transaction.set_rollback(True)
            self._all.__exit__(None, None, None)

    def words(self, more: str = "") -> str:
        """Return words that no other post has, beside what all have in common."""
        self.said += 1
        return f"{SAID} unique{self.said:03}x {more}".strip()

    def thread(self, choice: int) -> Thread:
        """Return one of the threads."""
        threads = list(Thread.objects.order_by("pk"))
        return threads[choice % len(threads)]

    def post(self, choice: int) -> Post:
        """Return one of the posts."""
        posts = list(Post.objects.select_related("thread").order_by("-pk"))
        return posts[choice % len(posts)]

    def writer(self, choice: int) -> User:
        """Return somebody who writes."""
        return self.writers[choice % len(self.writers)]

    def officer(self, choice: int) -> User:
        """Return one of those who officiate."""
        return self.officers[choice % len(self.officers)]

    def act(self, do: Callable[..., object], *things: object, by: User, silent: bool = False, **terms: Any) -> bool:
        """Let somebody do it as `freely`, and fail when a sanction or a rule of the city should have kept them from it.

        `silent` is what a mute does not keep from.
        """
        city = self.world.stoneferry
        kinds = (Sanction.Kind.BAN,) if silent else STOPPED
        is_stopped = Sanction.objects.in_force().filter(person=by, city=city, kind__in=kinds).exists()
        leaves_to_others = Rules.objects.filter(city=city, second_officer=True).exists()
        done = self.freely(do, *things, by=by, **terms)
        assert not (done and is_stopped), f"{by} did {done[-1].kind}"
        assert not (leaves_to_others and any(one.is_party for one in done))
        return bool(done)

    def freely(self, do: Callable[..., object], *things: object, by: User, **terms: Any) -> list[Event]:
        """Let somebody do it, and return what happened; what they may not do changes nothing."""
        last = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        try:
            with transaction.atomic():
                do(*things, by=by, **terms)
        except REFUSED:
            return []
        done = list(Event.objects.filter(pk__gt=last).order_by("pk"))
        before, self.picture = self.picture, picture()
        for one in done:
            self.around[one.pk] = before, self.picture
        return done

    @rule(who=NUMBER, where=NUMBER)
    def start_thread(self, who: int, where: int) -> None:
        board = (self.world.general, self.world.letters)[where % 2]
        self.act(create_thread, board, by=self.writer(who), title=f"About {self.words()}", body=self.words())

    @rule(who=NUMBER, where=NUMBER, to=st.integers(0, 8), times=st.integers(1, 3))
    def reply(self, who: int, where: int, to: int, times: int) -> None:
        for _reply in range(times):
            self.act(add_reply, self.thread(where), by=self.writer(who), body=self.words(), to=to or None)

    @rule(which=NUMBER, who=NUMBER)
    def hide_or_restore(self, which: int, who: int) -> None:
        post = self.post(which)
        do: Callable[..., object] = restore_post if post.is_hidden else hide_post
        self.act(do, post, by=self.officer(who), reason="Because")

    @initialize(asked=st.booleans())
    def leave_to_a_second_officer(self, asked: bool) -> None:
        self.act(change_rules, self.world.stoneferry, by=self.world.mei, second_officer=asked)

    @rule(which=st.integers(0, 5), who=NUMBER)
    def take_back(self, which: int, who: int) -> None:
        events = list(Event.objects.filter(kind__in=ABILITIES, undone_by=None, actor__isnull=False).order_by("-pk")[:6])
        if not events:
            return
        chosen, now = events[which % len(events)], self.picture
        before, after = self.around.get(chosen.pk, (None, None))
        done = self.act(undo_event, chosen, by=self.officer(who), reason="A mistake")
        # A refused post that is shown after all is new; everything else stands as it stood.
        if done and now == after and chosen.kind != "post.refused":
            assert self.picture == before, f"undoing {chosen.kind} left something else than what was"

    @invariant()
    def numbers_mean_the_same_posts(self) -> None:
        now = numbers_given()
        assert self.known.items() <= now.items()
        self.known = now

    @invariant()
    def counts_are_right(self) -> None:
        stored_numbers_are_right()

    @invariant()
    def search_finds_what_they_see(self) -> None:
        search_finds_what_is_seen(self.world, SAID)


def run(machine: type[CityMachine], world: World) -> None:
    """Let the machine make up histories: twelve that are always the same, or with the profile `thorough` many new ones.

    Looking for the shortest history that fails takes minutes, so only the thorough profile does it.
    """
    terms = settings(deadline=None, suppress_health_check=list(HealthCheck))
    if settings.get_current_profile_name() != "thorough":
        phases = [Phase.explicit, Phase.generate]
        terms = settings(terms, max_examples=12, stateful_step_count=20, derandomize=True, phases=phases)
    run_state_machine_as_test(lambda: machine(world), settings=terms)
