"""Searches are kept for those who made them, and only so many."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forum.actions.searches import (
    MOST_RECENT,
    MOST_SAVED,
    delete_search,
    forget_searches,
    remember_search,
    save_search,
)
from forum.models import RecentSearch, SavedSearch
from forum.models.searches import LONGEST_QUERY
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import Forbidden
from forum.queries.searches import recent_searches, saved_searches
from tests.world import World


def test_a_search_is_saved_once_and_takes_a_new_name(world: World) -> None:
    save_search(" bridge  橋 ", by=world.cai)
    save_search("bridge 橋", by=world.cai, name="Bridges")
    save_search("bridge 橋", by=world.cai, scope="city:stoneferry")
    assert [(search.query, search.scope, search.name) for search in saved_searches(Viewer(world.cai))] == [
        ("bridge 橋", "city:stoneferry", "bridge 橋"),
        ("bridge 橋", "", "Bridges"),
    ]
    assert saved_searches(Viewer(world.coco)) == []
    assert saved_searches(Viewer()) == []


def test_saving_again_without_a_name_keeps_the_name(world: World) -> None:
    save_search("bridge", by=world.cai, name="Bridges")
    assert save_search("bridge", by=world.cai).name == "Bridges"


@pytest.mark.parametrize(
    ("query", "name", "field"),
    [("", "", "query"), (" ", "", "query"), ("a" * (LONGEST_QUERY + 1), "", "query"), ("a", "b" * 81, "name")],
)
def test_what_cannot_be_kept_is_refused_with_a_reason(world: World, query: str, name: str, field: str) -> None:
    with pytest.raises(ValidationError) as problem:
        save_search(query, by=world.cai, name=name)
    assert list(problem.value.message_dict) == [field]


def test_one_saves_so_many_and_no_more(world: World) -> None:
    SavedSearch.objects.bulk_create(
        SavedSearch(user=world.cai, query=f"bridge {number}", name="Bridge") for number in range(MOST_SAVED)
    )
    with pytest.raises(ValidationError):
        save_search("ferry", by=world.cai)
    assert save_search("bridge 0", by=world.cai, name="Again").name == "Again"


def test_only_who_saved_a_search_deletes_it(world: World) -> None:
    search = save_search("bridge", by=world.cai)
    with pytest.raises(Forbidden):
        delete_search(search, by=world.ada)
    delete_search(search, by=world.cai)
    delete_search(search, by=world.cai)
    assert not SavedSearch.objects.exists()


def test_recent_searches_stand_once_the_last_first_and_the_oldest_go(world: World) -> None:
    now = timezone.now()
    for number in range(MOST_RECENT + 3):
        remember_search(f"bridge {number}", by=world.cai, at=now + timedelta(seconds=number))
    remember_search("bridge 10", by=world.cai, at=now + timedelta(minutes=1))
    remember_search("ferry", by=world.coco)
    found = [search.query for search in recent_searches(Viewer(world.cai), 50)]
    assert len(found) == MOST_RECENT
    assert found[:2] == ["bridge 10", f"bridge {MOST_RECENT + 2}"]
    assert "bridge 0" not in found


def test_nothing_and_too_much_are_not_remembered(world: World) -> None:
    remember_search(" \0 ", by=world.cai)
    remember_search("a" * (LONGEST_QUERY + 1), by=world.cai)
    assert not RecentSearch.objects.exists()


def test_remembering_takes_one_query_when_there_are_enough(world: World) -> None:
    for number in range(MOST_RECENT):
        remember_search(f"bridge {number}", by=world.cai)
    for query in ("bridge 3", "ferry"):
        with CaptureQueriesContext(connection) as asked:
            remember_search(query, by=world.cai)
        assert [one["sql"].split()[0] for one in asked.captured_queries] == ["SAVEPOINT", "UPDATE", "RELEASE"]


def test_forgetting_leaves_what_is_saved_and_what_others_look_for(world: World) -> None:
    save_search("bridge", by=world.cai)
    remember_search("bridge", by=world.cai)
    remember_search("ferry", by=world.coco)
    forget_searches(by=world.cai)
    assert [search.query for search in RecentSearch.objects.all()] == ["ferry"]
    assert SavedSearch.objects.count() == 1
