"""Whatever people do in whatever order, what is kept of a page is what would be made of it now, byte for byte."""

from collections.abc import Callable
from contextlib import suppress

from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from forum.actions.boards import edit_board
from forum.actions.cities import change_city
from forum.actions.memberships import join_city, leave_city
from forum.actions.moderation import hide_post, lock_thread, move_thread, restore_post, unlock_thread
from forum.actions.notices import post_notice
from forum.actions.pinning import pin_thread, unpin_thread
from forum.actions.posts import add_reply, edit_post
from forum.actions.profiles import change_profile
from forum.actions.recommendations import recommend_post, withdraw_recommendation
from forum.actions.threads import create_thread
from forum.models import Board, Membership, Post, Thread
from forum.permissions.verdicts import Forbidden
from tests.caching.visitors import Site
from tests.world import World

PAGES = ("/", "/c/stoneferry/", "/c/stoneferry/b/general/", "/c/stoneferry/b/letters/?sort=new", "/t/{thread}/")
READERS: tuple[dict[str, str], ...] = ({}, {"ACCEPT_LANGUAGE": "zh-TW"}, {"COOKIE": "size=large; theme=dark"})


def _last(world: World) -> Post:
    return Post.objects.select_related("thread").filter(thread=world.thread).latest("number")


def _edit(world: World) -> object:
    return edit_post(_last(world), by=_last(world).author, base=_last(world).revision_number, body="Otherwise.")


def _hide(world: World) -> object:
    post = _last(world)
    return restore_post(post, by=world.mei) if post.is_hidden else hide_post(post, by=world.mei, reason="a test")


def _lock(world: World) -> object:
    thread = Thread.objects.get(pk=world.thread.pk)
    return (unlock_thread if thread.is_locked else lock_thread)(thread, by=world.mei)


def _pin(world: World) -> object:
    thread = Thread.objects.get(pk=world.thread.pk)
    return (unpin_thread if thread.is_pinned else pin_thread)(thread, by=world.mei)


def _move(world: World) -> object:
    thread = Thread.objects.select_related("board", "city").get(pk=world.thread.pk)
    return move_thread(thread, by=world.mei, board=world.letters if thread.board == world.general else world.general)


def _come_or_go(world: World) -> object:
    is_citizen = Membership.objects.filter(city=world.stoneferry, user=world.rita).exists()
    return (leave_city if is_citizen else join_city)(world.stoneferry, by=world.rita)


WRITES: dict[str, Callable[[World], object]] = {
    "reply": lambda w: add_reply(w.thread, by=w.mei, body="Again."),
    "edit": _edit,
    "hide or restore": _hide,
    "recommend": lambda w: recommend_post(w.opener, by=w.coco),
    "withdraw": lambda w: withdraw_recommendation(w.opener, by=w.coco),
    "lock or unlock": _lock,
    "pin or unpin": _pin,
    "move": _move,
    "start": lambda w: create_thread(w.letters, by=w.mei, title="Mud", body="Mud."),
    "name of a person": lambda w: change_profile(w.cai, by=w.cai, display_name="Cai the Second"),
    "name of a board": lambda w: edit_board(Board.objects.get(pk=w.letters.pk), by=w.mei, name="Notes"),
    "name of a city": lambda w: change_city(w.stoneferry, by=w.mei, name="Stoneferry"),
    "notice": lambda w: post_notice(w.stoneferry, by=w.mei, title="High water"),
    "come or go": _come_or_go,
    "by SQL": lambda w: User.objects.filter(pk=w.coco.pk).update(display_name="Somebody"),
}
REFUSED = (Forbidden, ValidationError)
# Each step writes something, or reads a page in one of the ways.
STEPS = st.lists(
    st.one_of(st.sampled_from(sorted(WRITES)), st.tuples(st.sampled_from(PAGES), st.sampled_from(range(len(READERS))))),
    min_size=6,
    max_size=16,
)


class Forgotten(Exception):
    """Raised at the end of a story, so that nothing of it stays."""


def _read(site: Site, path: str, reader: dict[str, str]) -> None:
    answer = site.get(path, **reader)
    if answer.was_kept:
        assert answer.body == site.uncached(path, **reader).body, path


def _live(world: World, steps: list[str | tuple[str, int]]) -> None:
    site = Site()
    for step in steps:
        if isinstance(step, str):
            with suppress(*REFUSED), transaction.atomic():
                WRITES[step](world)
        else:
            _read(site, step[0].format(thread=world.thread.pk), READERS[step[1]])
    for path in PAGES:
        _read(site, path.format(thread=world.thread.pk), READERS[0])


@settings(max_examples=6, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_a_kept_page_is_what_would_be_made_now(world: World, steps: list[str | tuple[str, int]]) -> None:
    with suppress(Forgotten), transaction.atomic():
        _live(world, steps)
        raise Forgotten
