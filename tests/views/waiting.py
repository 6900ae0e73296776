"""What waits for the officers of Stoneferry, as tests put it there, and how it stands in the queue."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from forum.actions.applications import apply_to_city
from forum.actions.posts import add_reply
from forum.actions.reports import file_report
from forum.models import Application, Case, City, Hold, Post
from forum.permissions.roles import Viewer
from forum.queries.hall_queue import queue_of_city
from tests.world import World, make_person


def reported(world: World, *, by: User, body: str = "Words", hours: int = 0) -> Case:
    """Return the case of a new post by Cai, reported so many hours ago."""
    post = add_reply(world.thread, by=world.cai, body=body)
    return file_report(by=by, reason="abuse", post=post, at=timezone.now() - timedelta(hours=hours)).case


def held(world: World, body: str = "May this be?", hours: int = 0) -> Hold:
    """Return the hold of a new reply by Coco, held so many hours ago."""
    post = add_reply(world.thread, by=world.coco, body=body)
    Post.objects.filter(pk=post.pk).update(is_held=True, is_hidden=True)
    at = timezone.now() - timedelta(hours=hours)
    due = at + timedelta(hours=48)
    return Hold.objects.create(city=world.stoneferry, post=post, why=Hold.Why.PROBATION, created_at=at, due_at=due)


def applied(world: World, name: str = "abe") -> Application:
    City.objects.filter(pk=world.stoneferry.pk).update(joining=City.Joining.APPLICATION)
    world.stoneferry.refresh_from_db()
    return apply_to_city(world.stoneferry, by=make_person(name), statement="I like bridges.")


def keys_in_queue(world: World, who: User, **options: object) -> list[str]:
    queue = queue_of_city(Viewer(who), world.stoneferry, **{"marks": {}, **options})  # type: ignore[arg-type]
    return [item.key for item in queue.page.items]
