"""What somebody looks for is nobody else's business, whatever else they may do."""

import pytest

from forum.actions.searches import remember_search, save_search
from forum.models import RecentSearch, SavedSearch
from forum.permissions.roles import Viewer
from forum.permissions.searches import can_delete_search, can_save_search, can_see_search, visible_searches
from tests.world import ROLES, World


@pytest.mark.parametrize("role", ROLES)
def test_nobody_else_sees_a_search(world: World, role: str) -> None:
    search = save_search("bridge", by=world.cai)
    remember_search("bridge", by=world.cai)
    viewer = Viewer.of(world.person(role))
    seen = [can_see_search(viewer, search), bool(can_delete_search(viewer, search))]
    seen += [visible_searches(viewer, model.objects.all()).exists() for model in (SavedSearch, RecentSearch)]  # type: ignore[attr-defined]
    assert {*seen} == {role == "author"}
    assert bool(can_save_search(viewer)) == (role != "visitor")
