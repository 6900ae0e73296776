"""The demo world, one city of it, built through the actions."""

from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from forum.actions import recounting
from forum.management.demo import load
from forum.management.seeding import PASSWORD, SIGN_INS, seed
from forum.models import City, Event, Post, Recommendation, Thread

pytestmark = pytest.mark.django_db


def test_a_city_of_the_demo_world_comes_alive() -> None:
    world = load()
    told = world.cities[-1]
    seed(replace(world, cities=(told,), digests=()))
    city = City.objects.get()
    written = [post for thread in told.threads for post in thread.posts]
    assert (city.name, city.citizens_count) == (told.name, len(told.citizens))
    assert Thread.objects.count() == len(told.threads)
    assert Post.objects.count() == len(written)
    assert sum(post.revision_number - 1 for post in Post.objects.all()) == sum(len(post.edits) for post in written)
    assert Recommendation.objects.exists()
    assert Event.objects.filter(in_log=True).exclude(reason="").exists()
    assert city.last_activity_at == Thread.objects.latest("last_post_at").last_post_at
    before = City.objects.values("threads_count", "posts_count", "citizens_count").get()
    recounting.recount_everything()
    assert City.objects.values("threads_count", "posts_count", "citizens_count").get() == before
    for name in SIGN_INS:
        assert Client().login(username=name, password=PASSWORD)


def test_a_site_with_cities_is_not_seeded(world: object) -> None:
    with pytest.raises(CommandError, match="has cities already"):
        call_command("seed")
