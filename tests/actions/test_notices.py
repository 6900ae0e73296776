"""Posting, changing and ending notices."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from forum.actions.notices import edit_notice, end_notice, post_notice
from forum.actions.proclaiming import proclaim
from forum.models import City, Event
from forum.permissions.verdicts import Forbidden
from tests.world import World


def test_a_notice_is_rendered_and_stands_in_the_log(world: World) -> None:
    notice = post_notice(world.stoneferry, by=world.dan, title=" 共讀 ", body="**Wednesdays** <script>")
    assert notice.title == "共讀"
    assert "<strong>Wednesdays</strong>" in notice.html
    assert "<script" not in notice.html
    assert Event.objects.get(kind="notice.posted").data == {"title": "共讀"}


def test_a_notice_needs_a_title(world: World) -> None:
    with pytest.raises(ValidationError) as problem:
        post_notice(world.stoneferry, by=world.dan, title=" ", body="Hello")
    assert "title" in problem.value.message_dict


def test_a_notice_cannot_end_before_it_begins(world: World) -> None:
    with pytest.raises(ValidationError) as problem:
        post_notice(world.stoneferry, by=world.dan, title="Late", ends_at=timezone.now() - timedelta(hours=1))
    assert "ends_at" in problem.value.message_dict


def test_changing_a_notice_is_recorded_unless_nothing_changed(world: World) -> None:
    notice = post_notice(world.stoneferry, by=world.dan, title="Fair", body="On Sunday.")
    edit_notice(notice, by=world.mei, title="Fair", body="On Sunday.")
    assert not Event.objects.filter(kind="notice.changed").exists()
    changed = edit_notice(notice, by=world.mei, title="Fair", body="On Monday.")
    assert "On Monday." in changed.html
    assert Event.objects.filter(kind="notice.changed").count() == 1


def test_a_notice_ends_once(world: World) -> None:
    notice = post_notice(world.stoneferry, by=world.dan, title="Fair")
    ended = end_notice(notice, by=world.mei, reason="It rained.")
    assert end_notice(notice, by=world.dan).ends_at == ended.ends_at
    assert Event.objects.get(kind="notice.ended").reason == "It rained."


@pytest.mark.parametrize("who", ["coco", "stan", "rita"])
def test_only_officers_post_notices(world: World, who: str) -> None:
    with pytest.raises(Forbidden):
        post_notice(world.stoneferry, by=getattr(world, who), title="Mine")


def test_an_archived_city_has_no_new_notices(world: World) -> None:
    City.objects.filter(pk=world.stoneferry.pk).update(state=City.State.ARCHIVED)
    with pytest.raises(Forbidden, match="archived"):
        post_notice(world.stoneferry, by=world.mei, title="Too late")


def test_what_the_program_told_stays_as_it_is(world: World) -> None:
    told = proclaim(world.stoneferry, lambda: "Result", lambda: "Elected: Cai", at=timezone.now())
    with pytest.raises(Forbidden, match="program"):
        edit_notice(told, by=world.mei, title="Result", body="Elected: Mei")
    with pytest.raises(Forbidden, match="program"):
        end_notice(told, by=world.mei)
