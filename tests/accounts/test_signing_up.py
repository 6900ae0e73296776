"""Who may sign up, what keeps robots out, and what happens without JavaScript."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from accounts import invitations
from accounts.models import Invitation, User
from forum.actions.invitations import invite_somebody
from tests.accounts.test_entrance import link_in_mail, newcomer, signed_in
from tests.clients import text_of
from tests.sums import challenge_of, done_sum
from tests.world import World

THREADS = "/c/stoneferry/b/general/threads/"


@pytest.fixture(autouse=True)
def _small_sums(settings: Settings) -> None:
    settings.PROOF_OF_WORK_BITS = 3


def shen() -> User:
    return User.objects.get(username="shen")


def invited(world: World) -> tuple[Invitation, Client]:
    """Return an invitation by Mei, and a browser that has opened its link."""
    invitation, client = invite_somebody(by=world.mei), Client()
    page = client.get(f"/accounts/invited/{invitations.token_of(invitation)}/")
    assert "梅市長 invites you" in text_of(page)
    return invitation, client


@pytest.mark.django_db
def test_with_the_sum_done_one_may_write_at_once(client: Client) -> None:
    client.post("/accounts/signup/", newcomer(**done_sum(client)))
    assert signed_in(client)
    assert not shen().must_confirm
    assert client.get("/cities/new/").status_code == 200


def test_without_it_one_reads_and_confirms_before_writing(world: World, client: Client) -> None:
    page = text_of(client.get("/accounts/signup/"))
    assert "sign up all the same" in page
    client.post("/accounts/signup/", newcomer())
    assert signed_in(client)
    assert shen().must_confirm
    assert "Confirm your e-mail address first" in text_of(client.get("/me/"))
    refused = client.post("/c/stoneferry/join/")
    assert refused.status_code == 403
    assert "/accounts/email/" in text_of(refused)
    client.post(link_in_mail())
    assert not shen().must_confirm
    assert client.post("/c/stoneferry/join/").status_code == 302


@pytest.mark.django_db
def test_who_confirms_by_a_new_password_may_write_too(client: Client) -> None:
    client.post("/accounts/signup/", newcomer())
    client.logout()
    EmailAddress.objects.filter(user=shen()).update(verified=True)  # as following the link of the reset does
    client.post("/accounts/login/", {"login": "shen", "password": newcomer()["password1"]})
    assert not shen().must_confirm


@pytest.mark.django_db
def test_one_solution_makes_one_account(client: Client) -> None:
    done = done_sum(client)
    client.post("/accounts/signup/", newcomer(**done))
    Client().post("/accounts/signup/", newcomer(username="twin", email="t@example.org", display_name="", **done))
    assert User.objects.get(username="twin").must_confirm


@pytest.mark.django_db
def test_what_is_wrong_elsewhere_does_not_cost_the_sum(client: Client) -> None:
    done = done_sum(client)
    page = text_of(client.post("/accounts/signup/", newcomer(username="-shen", **done)))
    assert challenge_of(page)[0] == done["challenge"]
    assert done["solution"] in page
    client.post("/accounts/signup/", newcomer(**done))
    assert not shen().must_confirm


@pytest.mark.django_db
def test_without_the_sum_only_so_many_sign_up_from_one_address(settings: Settings) -> None:
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"unproven": "2/1h"}
    for number in range(3):
        fields = newcomer(username=f"n{number}", email=f"n{number}@example.org", display_name="")
        page = Client().post("/accounts/signup/", fields)
    assert "Several accounts were made from your network" in text_of(page)
    assert User.objects.count() == 2
    cache.clear()


@pytest.mark.django_db
def test_a_site_may_do_without_the_sum(client: Client, settings: Settings) -> None:
    settings.PROOF_OF_WORK_BITS = 0
    assert 'name="challenge"' not in text_of(client.get("/accounts/signup/"))
    client.post("/accounts/signup/", newcomer())
    assert not shen().must_confirm


@pytest.mark.django_db
def test_who_fills_in_what_nobody_sees_makes_no_account(client: Client) -> None:
    page = text_of(client.get("/accounts/signup/"))
    assert 'aria-hidden="true"><label for="id_remarks">Leave this field empty' in page
    answer = client.post("/accounts/signup/", newcomer(remarks="Cheap planks!"))
    assert answer.headers["Location"] == "/accounts/confirm-email/"
    assert not User.objects.exists()
    assert mail.outbox == []


@pytest.mark.parametrize("mode", ["invitation", "closed"])
def test_a_site_need_not_take_everybody(world: World, client: Client, settings: Settings, mode: str) -> None:
    settings.SIGNUP = mode
    said = "New members come by invitation" if mode == "invitation" else "not being made at the moment"
    assert said in text_of(client.get("/accounts/signup/"))
    assert said in text_of(client.post("/accounts/signup/", newcomer()))
    assert not User.objects.filter(username="shen").exists()


@pytest.mark.parametrize("mode", ["open", "invitation"])
def test_who_comes_by_invitation_is_written_down(world: World, settings: Settings, mode: str) -> None:
    settings.SIGNUP = mode
    invitation, client = invited(world)
    client.post("/accounts/signup/", newcomer(**done_sum(client)))
    invitation.refresh_from_db()
    assert (invitation.used_by, invitation.used_at is not None) == (shen(), True)
    assert "沈芸 came by it" in text_of(_page_of(world.mei))


def _page_of(user: User) -> Any:
    client = Client()
    client.force_login(user)
    return client.get("/me/invitations/")


def test_an_invitation_is_used_once(world: World, settings: Settings) -> None:
    settings.SIGNUP = "invitation"
    _invitation, first = invited(world)
    second = Client()
    second.get(f"/accounts/invited/{invitations.token_of(_invitation)}/")
    first.post("/accounts/signup/", newcomer())
    late = second.post("/accounts/signup/", newcomer(username="twin", email="t@example.org", display_name=""))
    assert "New members come by invitation" in text_of(late)
    assert not User.objects.filter(username="twin").exists()
    again = Client().get(f"/accounts/invited/{invitations.token_of(_invitation)}/")
    assert (again.status_code, "no longer holds" in text_of(again)) == (404, True)


def test_a_refused_form_keeps_the_invitation(world: World, settings: Settings) -> None:
    settings.SIGNUP = "invitation"
    invitation, client = invited(world)
    client.post("/accounts/signup/", newcomer(username="-shen"))
    client.post("/accounts/signup/", newcomer(remarks="Cheap planks!"))
    invitation.refresh_from_db()
    assert invitation.used_at is None
    client.post("/accounts/signup/", newcomer())
    assert signed_in(client)


def test_the_invitation_of_somebody_who_left_does_not_hold(world: World) -> None:
    invitation = invite_somebody(by=world.mei)
    User.objects.filter(pk=world.mei.pk).update(is_active=False)
    assert invitations.invitation_of(invitations.token_of(invitation)) is None
    assert invitations.invitation_of("made up") is None
