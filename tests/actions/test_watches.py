"""Watching, muting and leaving off."""

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from forum.actions.posts import add_reply
from forum.actions.threads import create_thread
from forum.actions.watches import choose_watching, unwatch_place, watch_place
from forum.models import City, Event, Watch
from forum.permissions.verdicts import Forbidden
from tests.races import together
from tests.world import World


def _levels(person: User) -> list[tuple[str, str]]:
    return [(watch.noun, watch.level) for watch in Watch.objects.filter(user=person).order_by("pk")]


def test_a_member_watches_cities_boards_and_threads(world: World) -> None:
    watch_place(world.stoneferry, by=world.rita, level=Watch.Level.THREADS)
    watch_place(world.general, by=world.rita)
    watch_place(world.thread, by=world.rita, level=Watch.Level.MUTED)
    assert _levels(world.rita) == [("city", "threads"), ("board", "all"), ("thread", "muted")]


def test_watching_again_changes_the_level(world: World) -> None:
    watch_place(world.general, by=world.rita)
    watch_place(world.general, by=world.rita, level=Watch.Level.MUTED)
    watch_place(world.general, by=world.rita, level=Watch.Level.MUTED)
    assert _levels(world.rita) == [("board", "muted")]
    assert Event.objects.filter(kind="watch.set").count() == 2


def test_leaving_off_twice_changes_nothing(world: World) -> None:
    watch_place(world.general, by=world.rita)
    for _time in range(2):
        unwatch_place(world.general, by=world.rita)
    assert _levels(world.rita) == []
    assert Event.objects.filter(kind="watch.ended").count() == 1


def test_a_member_watches_people_but_not_themselves(world: World) -> None:
    watch_place(world.dan, by=world.rita)
    assert _levels(world.rita) == [("person", "all")]
    unwatch_place(world.dan, by=world.rita)
    assert _levels(world.rita) == []
    with pytest.raises(Forbidden):
        watch_place(world.rita, by=world.rita)
    with pytest.raises(ValidationError):
        watch_place(world.dan, by=world.rita, level=Watch.Level.MENTIONS)


def test_who_likes_it_so_does_not_watch_what_they_reply_to(world: World) -> None:
    for _time in range(2):
        choose_watching(by=world.dan, watches_replies=False)
    add_reply(world.thread, by=world.dan, body="Me too.")
    assert _levels(world.dan) == []
    create_thread(world.letters, by=world.dan, title="A letter", body="Dear all.")
    assert _levels(world.dan) == [("thread", "all")]
    assert Event.objects.filter(kind="watch.preferred").count() == 1


@pytest.mark.parametrize("level", ["loud", "", "threads"])
def test_a_thread_has_no_such_level(world: World, level: str) -> None:
    with pytest.raises(ValidationError) as problem:
        watch_place(world.thread, by=world.rita, level=level)
    assert "level" in problem.value.message_dict


def test_who_starts_a_thread_or_replies_watches_it(world: World) -> None:
    assert _levels(world.cai) == _levels(world.coco) == [("thread", "all")]
    create_thread(world.letters, by=world.cai, title="A letter", body="Dear all.")
    assert _levels(world.cai) == [("thread", "all"), ("thread", "all")]


def test_replying_does_not_end_the_silence_of_a_muted_thread(world: World) -> None:
    watch_place(world.thread, by=world.dan, level=Watch.Level.MUTED)
    add_reply(world.thread, by=world.dan, body="Me too.")
    assert _levels(world.dan) == [("thread", "muted")]


def test_what_one_may_not_read_cannot_be_watched(world: World) -> None:
    City.objects.filter(pk=world.stoneferry.pk).update(visibility=City.Visibility.CITIZENS)
    for place in (world.stoneferry, world.general, world.thread):
        place.refresh_from_db()
        with pytest.raises(Forbidden):
            watch_place(place, by=world.rita)


@pytest.mark.django_db(transaction=True)
def test_many_clicks_at_once_make_one_watch(transactional_db: None, world: World) -> None:
    levels = [Watch.Level.ALL, Watch.Level.MUTED] * 4
    together([lambda level=level: watch_place(world.general, by=world.rita, level=level) for level in levels])
    assert Watch.objects.filter(user=world.rita).count() == 1
