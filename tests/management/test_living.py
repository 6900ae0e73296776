"""What the demo cities live by besides writing."""

from dataclasses import replace

import pytest

from forum.management.demo import load
from forum.management.living import life_steps
from forum.management.seeding import seed
from forum.models import Appeal, City, GuestbookEntry, Message, RollCall

pytestmark = pytest.mark.django_db


def test_a_city_has_guests_a_roll_and_an_appeal_to_decide() -> None:
    world = load()
    told = next(city for city in world.cities if city.slug == "paper-rivers")
    voted_on = tuple(thread for thread in told.threads if thread.key in {"novel-dishes", "reviews-of-nothing"})
    seed(replace(world, cities=(replace(told, threads=voted_on, reports=()),), digests=()))
    city = City.objects.get()
    assert GuestbookEntry.objects.filter(is_hidden=False).count() == 3
    assert GuestbookEntry.objects.filter(is_hidden=True).count() == 1
    assert city.recommendations_count == 7
    assert RollCall.objects.filter(city=city).values("user").distinct().count() == 6
    assert list(Message.objects.values_list("conversation__last_number", flat=True)) == [3, 3, 3, 1]
    # Whoever tries the site as the mayor finds one to decide.
    assert Appeal.objects.get().state == Appeal.State.WAITING


def test_a_world_without_these_cities_lives_quietly() -> None:
    assert list(life_steps(None, {"elsewhere"})) == []
