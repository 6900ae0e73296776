"""The page of one's own invitations."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from django.test import Client
from pytest_django import Settings

from accounts.invitations import token_of
from accounts.models import Invitation
from forum.actions.invitations import invite_somebody
from tests.clients import browser, text_of
from tests.world import World

type Counting = Callable[[int], AbstractContextManager[object]]


def test_a_member_makes_an_invitation_and_finds_its_link(world: World) -> None:
    rita = browser(world.rita)
    assert "Whom you invite will stand here." in text_of(rita.get("/me/invitations/"))
    page = text_of(rita.post("/me/invitations/", {"note": "A cousin"}, follow=True))
    assert "The invitation is made." in page
    assert "A cousin" in page
    assert f"http://testserver/accounts/invited/{token_of(Invitation.objects.get())}/" in page


def test_the_page_says_when_there_are_no_more(world: World, settings: Settings) -> None:
    settings.INVITATIONS_A_MONTH = 1
    rita = browser(world.rita)
    rita.post("/me/invitations/")
    late = rita.post("/me/invitations/", {"note": "Another"})
    assert (late.status_code, "as many invitations this month" in text_of(late)) == (422, True)
    settings.SIGNUP = "closed"
    assert "does not take invitations" in text_of(rita.get("/me/invitations/"))


def test_who_is_signed_in_needs_no_invitation(world: World) -> None:
    token = token_of(invite_somebody(by=world.mei))
    assert "You have an account already" in text_of(browser(world.rita).get(f"/accounts/invited/{token}/"))
    assert "梅市長 invites you" in text_of(Client().get(f"/accounts/invited/{token}/"))


def test_moderators_see_who_invited_whom(world: World) -> None:
    invitation = invite_somebody(by=world.mei)
    Invitation.objects.filter(pk=invitation.pk).update(used_by=world.rita)
    page = text_of(browser(world.ada).get("/moderation/people/rita/"))
    assert "Invited by" in page
    assert "/moderation/people/mei/" in page
    assert "Invited by" not in text_of(browser(world.ada).get("/moderation/people/cai/"))


def test_many_invitations_take_no_more_queries(world: World, django_assert_max_num_queries: Counting) -> None:
    for _ in range(30):
        invite_somebody(by=world.ada)
    ada = browser(world.ada)
    with django_assert_max_num_queries(9):
        assert ada.get("/me/invitations/").status_code == 200
