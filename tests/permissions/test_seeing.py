"""What a query shows and what a question answers are the same, for each role and state."""

from collections.abc import Callable

import pytest

from accounts.models import User
from forum.actions.moderation import hide_post, hide_thread
from forum.models import Board, City, Digest, Post, Thread
from forum.permissions.boards import can_see_board, visible_boards
from forum.permissions.cities import can_see_city, visible_cities
from forum.permissions.digests import can_see_digest, visible_digests
from forum.permissions.posts import can_see_post, people_who_see_post, visible_posts
from forum.permissions.roles import Viewer
from forum.permissions.threads import can_see_thread, people_who_see_thread, visible_threads
from tests.world import ROLES, World, make_person

STATES: dict[str, Callable[[World], object]] = {
    "as it is": lambda world: None,
    "closed": lambda world: City.objects.filter(pk=world.stoneferry.pk).update(visibility="citizens"),
    "archived": lambda world: City.objects.filter(pk=world.stoneferry.pk).update(state="archived"),
    "thread hidden": lambda world: hide_thread(world.thread, by=world.mei, reason="r"),
    "post hidden": lambda world: hide_post(world.reply, by=world.mei, reason="r"),
    "closed and hidden": lambda world: (
        hide_thread(world.thread, by=world.mei, reason="r"),
        City.objects.filter(pk=world.stoneferry.pk).update(visibility="citizens"),
    ),
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("role", ROLES)
def test_what_is_listed_is_what_may_be_seen(world: World, role: str, state: str) -> None:
    STATES[state](world)
    Digest.objects.create(owner=world.cai, slug="private", title="Private")
    Digest.objects.create(owner=world.cai, slug="public", title="Public", is_public=True)
    for number, audience in enumerate(User.Audience):
        owner = make_person(f"owner{number}", digests_shown_to=audience)
        Digest.objects.create(owner=owner, slug="public", title="Public", is_public=True)
    nameless = make_person("former", farewell=User.Farewell.FORMER)
    Digest.objects.create(owner=nameless, slug="public", title="Public", is_public=True)
    viewer = Viewer.of(world.person(role))
    for model, visible, can_see in (
        (City, visible_cities, can_see_city),
        (Board, visible_boards, can_see_board),
        (Thread, visible_threads, can_see_thread),
        (Post, visible_posts, can_see_post),
        (Digest, visible_digests, can_see_digest),
    ):
        listed = set(visible(viewer, model._default_manager.all()))
        assert listed == {row for row in model._default_manager.all() if can_see(viewer, row)}, model.__name__


@pytest.mark.parametrize("state", STATES)
def test_who_is_found_to_see_something_is_who_may_see_it(world: World, state: str) -> None:
    STATES[state](world)
    everybody = list(User.objects.all())
    for thread in Thread.objects.all():
        seeing = {person for person in everybody if can_see_thread(Viewer.of(person), thread)}
        assert set(people_who_see_thread(thread, User.objects.all())) == seeing
    for post in Post.objects.all():
        seeing = {person for person in everybody if can_see_post(Viewer.of(person), post)}
        assert set(people_who_see_post(post, User.objects.all())) == seeing


@pytest.mark.parametrize(
    ("state", "who"),
    [
        ("as it is", set(ROLES)),
        ("closed", {"citizen", "author", "deputy", "mayor", "moderator"}),
        ("archived", set(ROLES)),
        ("thread hidden", {"author", "deputy", "mayor", "moderator"}),
        ("closed and hidden", {"author", "deputy", "mayor", "moderator"}),
    ],
)
def test_who_sees_the_thread(world: World, state: str, who: set[str]) -> None:
    STATES[state](world)
    seen = {role for role in ROLES if can_see_thread(Viewer.of(world.person(role)), _thread(world))}
    assert seen == who


def _thread(world: World) -> Thread:
    return Thread.objects.select_related("city").get(pk=world.thread.pk)


def test_fifty_questions_cost_one_query(world: World, django_assert_num_queries: Callable[[int], object]) -> None:
    coco: User = world.coco
    viewer = Viewer.of(coco)
    thread = _thread(world)
    City.objects.filter(pk=world.stoneferry.pk).update(visibility="citizens")
    thread.city.visibility = "citizens"
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        assert all(can_see_thread(viewer, thread) for _ in range(50))
