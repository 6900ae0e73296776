"""Nobody learns who has an account: the same page, the same mail, the same costly work, whether one exists or not."""

import re
from collections import Counter
from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from tests.accounts.test_entrance import newcomer
from tests.sums import done_sum
from tests.world import make_person

WORK: Counter[str] = Counter()
pytestmark = pytest.mark.django_db


class CountingHasher(MD5PasswordHasher):
    """Hashes, which is the costly part of signing in, and counts how often."""

    algorithm = "counting"

    def encode(self, password: str, salt: str) -> str:
        """Return the hash."""
        WORK["hashes"] += 1
        return super().encode(password, salt)


@pytest.fixture
def ann(settings: Settings) -> User:
    """Ann, who has an account, on a site that asks for a proven address."""
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    settings.PROOF_OF_WORK_BITS = 1
    settings.ACCOUNT_RATE_LIMITS = False
    return make_person("ann")


def answer_to(path: str, sent: dict[str, str], *, sums: bool = False) -> tuple[Any, ...]:
    """Return all that somebody outside can tell: status, next page, what is said; and the work it took."""
    cache.clear()
    client, before = Client(), len(mail.outbox)
    more = done_sum(client) if sums else {}
    WORK.clear()
    answer = client.post(path, {**sent, **more})
    said = re.findall(r"<li>(.*?)</li>", answer.content.decode().partition("<main")[2].partition("</main")[0])
    return answer.status_code, answer.headers.get("Location", ""), said, WORK["hashes"], len(mail.outbox) - before


@pytest.mark.parametrize("login", ["ann", "ann@example.org"])
def test_signing_in_with_a_wrong_password(ann: User, login: str) -> None:
    known = answer_to("/accounts/login/", {"login": login, "password": "wrong and long"})
    other = answer_to("/accounts/login/", {"login": login.replace("ann", "bob"), "password": "wrong and long"})
    assert known == other
    assert known[3] > 0


def test_signing_in_to_an_account_that_nobody_can_enter(ann: User) -> None:
    archived = make_person("oldhand", is_claimable=True)
    archived.set_unusable_password()
    archived.save()
    wrong = {"password": "wrong and long"}
    assert answer_to("/accounts/login/", {"login": "oldhand", **wrong}) == answer_to(
        "/accounts/login/", {"login": "nobody", **wrong}
    )


def test_asking_for_a_new_password(ann: User) -> None:
    known = answer_to("/accounts/password/reset/", {"email": "ann@example.org"})
    other = answer_to("/accounts/password/reset/", {"email": "bob@example.org"})
    assert known == other
    assert known[4] == 1


def test_signing_up_with_an_address_that_has_an_account(ann: User) -> None:
    known = answer_to("/accounts/signup/", newcomer(email="ann@example.org"), sums=True)
    other = answer_to("/accounts/signup/", newcomer(email="bob@example.org"), sums=True)
    assert known == other
    assert known[1] == "/accounts/confirm-email/"
    assert known[3:] == (1, 1)
    assert User.objects.filter(username="shen").count() == 1
