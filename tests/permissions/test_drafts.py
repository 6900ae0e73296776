"""A draft is its author's alone, whatever else somebody may do."""

import pytest

from forum.actions.drafts import save_draft
from forum.models import Draft
from forum.permissions.drafts import can_discard_draft, can_see_draft, visible_drafts
from forum.permissions.roles import Viewer
from tests.world import ROLES, World


@pytest.mark.parametrize("role", ROLES)
def test_nobody_else_sees_a_draft(world: World, role: str) -> None:
    draft = save_draft(world.thread, by=world.cai, body="Not for other eyes.")
    assert draft is not None
    viewer = Viewer.of(world.person(role))
    seen = [can_see_draft(viewer, draft), bool(can_discard_draft(viewer, draft))]
    assert {*seen, visible_drafts(viewer, Draft.objects.all()).exists()} == {role == "author"}
