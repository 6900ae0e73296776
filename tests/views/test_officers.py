"""The public page of the officers, and the table in city hall in which the mayor ticks."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.test import Client

from forum.actions.memberships import name_deputy
from forum.models import Event, Grant, Membership
from tests.clients import browser
from tests.world import World

type Counting = Callable[[int], AbstractContextManager[object]]


def _granted(world: World, name: str) -> set[str]:
    rows = Grant.objects.filter(membership__city=world.stoneferry, membership__user__username=name)
    return set(rows.values_list("ability", flat=True))


def _row(world: World, name: str) -> int:
    return Membership.objects.get(city=world.stoneferry, user__username=name).pk


def test_everybody_reads_who_holds_office_and_what_they_may_do(world: World) -> None:
    Grant.objects.filter(membership__user=world.dan).exclude(ability__in=("pin", "hear")).delete()
    page = Client().get("/c/stoneferry/officers/").content.decode()
    assert page.index("梅市長") < page.index("Dan")
    assert "in office since" in page
    assert "Pin and feature threads" in page
    assert "Decide appeals" in page
    assert "Lock and unlock threads" not in page
    Grant.objects.all().delete()
    assert "decides nothing" in Client().get("/c/stoneferry/officers/").content.decode()


def test_mayor_ticks_for_all_deputies_in_one_form(world: World) -> None:
    name_deputy(world.stoneferry, by=world.mei, person=world.coco)
    dan, coco = _row(world, "dan"), _row(world, "coco")
    ticked = {"deputy": [dan, coco], f"may-{dan}": ["pin", "lock"], f"may-{coco}": ["approve"]}
    client = browser(world.mei)
    answer = client.post("/c/stoneferry/hall/deputies/abilities/", ticked, follow=True)
    assert "The abilities are stored." in answer.content.decode()
    assert (_granted(world, "dan"), _granted(world, "coco")) == ({"pin", "lock"}, {"approve"})
    assert Event.objects.filter(kind="deputy.granted").count() == 2
    client.post("/c/stoneferry/hall/deputies/abilities/", ticked)
    assert Event.objects.filter(kind="deputy.granted").count() == 2


def test_deputy_named_after_the_table_was_shown_keeps_everything(world: World) -> None:
    name_deputy(world.stoneferry, by=world.mei, person=world.coco)
    before = _granted(world, "coco")
    browser(world.mei).post("/c/stoneferry/hall/deputies/abilities/", {"deputy": [_row(world, "dan")]})
    assert (_granted(world, "dan"), _granted(world, "coco")) == (set(), before)


def test_table_shows_what_is_ticked(world: World) -> None:
    Grant.objects.filter(membership__user=world.dan).exclude(ability="pin").delete()
    page = browser(world.mei).get("/c/stoneferry/hall/deputies/").content.decode()
    assert f'name="may-{_row(world, "dan")}" value="pin" checked' in page
    assert page.count(" checked") == 1


@pytest.mark.parametrize("count", [1, 200])
def test_pages_of_officers_ask_the_same_for_any_number(
    world: World, django_assert_max_num_queries: Counting, count: int
) -> None:
    people = [world.dan.__class__(username=f"deputy{number}") for number in range(count)]
    made = world.dan.__class__.objects.bulk_create(people)
    rows = [Membership(city=world.stoneferry, user=user, role=Membership.Role.DEPUTY) for user in made]
    Grant.objects.bulk_create(Grant(membership=row, ability="pin") for row in Membership.objects.bulk_create(rows))
    client = browser(world.mei)
    with django_assert_max_num_queries(8):
        assert client.get("/c/stoneferry/hall/deputies/").status_code == 200
    with django_assert_max_num_queries(7):
        assert client.get("/c/stoneferry/officers/").status_code == 200
