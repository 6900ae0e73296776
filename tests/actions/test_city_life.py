"""The roll call, the guestbook, recommending a city."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from forum.actions import recounting
from forum.actions.city_life import (
    answer_roll,
    hide_guestbook_entry,
    recommend_city,
    restore_guestbook_entry,
    withdraw_city_recommendation,
    write_in_guestbook,
)
from forum.actions.moderation import hide_post
from forum.actions.posts import add_reply
from forum.models import City, CityRecommendation, Event, GuestbookEntry, RollCall
from forum.permissions.verdicts import Forbidden
from tests.world import World


def test_a_citizen_answers_once_a_day(world: World) -> None:
    answer_roll(world.stoneferry, by=world.coco)
    answer_roll(world.stoneferry, by=world.coco)
    assert RollCall.objects.filter(user=world.coco).count() == 1
    answer_roll(world.stoneferry, by=world.coco, at=timezone.now() + timedelta(days=1))
    assert RollCall.objects.filter(user=world.coco).count() == 2


def test_a_day_begins_at_midnight_where_the_person_is(world: World) -> None:
    late = datetime(2026, 3, 1, 17, 30, tzinfo=UTC)  # half past one at night in Taipei
    with timezone.override("Asia/Taipei"):
        assert answer_roll(world.stoneferry, by=world.coco, at=late).day.isoformat() == "2026-03-02"
    with timezone.override("America/New_York"):
        assert answer_roll(world.stoneferry, by=world.coco, at=late).day.isoformat() == "2026-03-01"


def test_only_citizens_answer_the_roll(world: World) -> None:
    with pytest.raises(Forbidden, match="Join the city first"):
        answer_roll(world.stoneferry, by=world.rita)


def test_every_member_leaves_a_line_and_the_same_form_is_one_line(world: World) -> None:
    mark = uuid4()
    first = write_in_guestbook(world.stoneferry, by=world.rita, body=" A good ferry. ", submission=mark)
    again = write_in_guestbook(world.stoneferry, by=world.rita, body="A good ferry.", submission=mark)
    assert first.pk == again.pk
    assert first.body == "A good ferry."
    with pytest.raises(ValidationError):
        write_in_guestbook(world.stoneferry, by=world.rita, body=" \0 ")


def test_officers_hide_a_line_with_a_reason_and_restore_it(world: World) -> None:
    line = write_in_guestbook(world.stoneferry, by=world.rita, body="Buy my watches")
    with pytest.raises(Forbidden):
        hide_guestbook_entry(line, by=world.coco, reason="No")
    with pytest.raises(ValidationError):
        hide_guestbook_entry(line, by=world.dan, reason=" ")
    hide_guestbook_entry(line, by=world.dan, reason="Advertising")
    hide_guestbook_entry(line, by=world.dan, reason="Advertising")
    assert GuestbookEntry.objects.get().is_hidden
    restore_guestbook_entry(line, by=world.mei)
    assert not GuestbookEntry.objects.get().is_hidden
    acts = Event.objects.filter(kind__startswith="guestbook.", in_log=True).order_by("pk")
    assert [act.kind for act in acts] == ["guestbook.hidden", "guestbook.restored"]


def test_a_city_is_recommended_once_by_each_and_not_by_its_mayor(world: World) -> None:
    for person in (world.rita, world.rita, world.coco):
        recommend_city(world.stoneferry, by=person)
    assert City.objects.get(pk=world.stoneferry.pk).recommendations_count == 2
    withdraw_city_recommendation(world.stoneferry, by=world.rita)
    withdraw_city_recommendation(world.stoneferry, by=world.rita)
    assert City.objects.get(pk=world.stoneferry.pk).recommendations_count == 1
    assert CityRecommendation.objects.get().user == world.coco
    with pytest.raises(Forbidden, match="your own city"):
        recommend_city(world.stoneferry, by=world.mei)


def test_who_writes_much_counts_once_for_the_order_of_the_directory(world: World) -> None:
    for words in ("One.", "Two.", "Three."):
        add_reply(world.thread, by=world.coco, body=words)
    add_reply(world.thread, by=world.mei, body="Long ago.", at=timezone.now() - timedelta(days=40))
    hidden = add_reply(world.thread, by=world.dan, body="Rude.")
    hide_post(hidden, by=world.mei, reason="Rude")
    recounting.recount_writers()
    assert City.objects.get(pk=world.stoneferry.pk).writers_count == 2  # Cai, who opened the thread, and Coco
