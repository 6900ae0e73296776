"""Inviting somebody: how many, by whom."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from forum.actions.invitations import invite_somebody
from forum.models import Event
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import Forbidden
from forum.queries.invitations import MONTH, my_invitations
from tests.world import World


def test_an_invitation_holds_for_a_month(world: World) -> None:
    made = invite_somebody(by=world.rita, note=" A cousin ")
    assert (made.note, made.expires_at - made.created_at) == ("A cousin", timedelta(days=30))
    event = Event.objects.get(kind="invitation.made")
    assert (event.actor, event.in_log, event.data) == (world.rita, False, {})


def test_a_member_makes_so_many_a_month(world: World, settings: Settings) -> None:
    settings.INVITATIONS_A_MONTH = 2
    long_ago = timezone.now() - MONTH - timedelta(hours=1)
    for at in (long_ago, None, None):
        invite_somebody(by=world.rita, at=at)
    with pytest.raises(ValidationError):
        invite_somebody(by=world.rita)
    page = my_invitations(Viewer.of(world.rita))
    assert (len(page.items), page.left) == (3, 0)
    assert [bool(one.token) for one in page.items] == [True, True, False]
    for _ in range(3):
        invite_somebody(by=world.ada)
    assert my_invitations(Viewer.of(world.ada)).left is None


@pytest.mark.parametrize("mode", ["no invitations", "closed", "not confirmed"])
def test_sometimes_nobody_invites(world: World, settings: Settings, mode: str) -> None:
    if mode == "no invitations":
        settings.INVITATIONS_A_MONTH = 0
    elif mode == "closed":
        settings.SIGNUP = "closed"
    else:
        User.objects.filter(pk=world.rita.pk).update(must_confirm=True)
    with pytest.raises(Forbidden):
        invite_somebody(by=world.rita)
