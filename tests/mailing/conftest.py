"""What tests of mail stand on: people whom mail reaches, and a real server that gets it."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from forum.mailing.sending import Sent, send_due
from forum.mailing.sorting import sort_news
from tests.mailing.server import Server, running
from tests.notifying.news import tell_all
from tests.world import World, build_world

type Post = Callable[..., Sent]


def confirm(person: User) -> None:
    """Have the person confirm their address."""
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)


@pytest.fixture
def reached(db: None) -> World:
    """The named world, in which everybody has confirmed their address and heard of everything so far."""
    world = build_world()
    for person in User.objects.all():
        confirm(person)
    tell_all()
    sort_news(timezone.now() + timedelta(days=30))  # too late for a mail
    return world


@pytest.fixture
def server(settings: Settings) -> Iterator[Server]:
    """A mail server, to which the site sends."""
    taking = Server()
    with running(taking) as port:
        options = {"host": "127.0.0.1", "port": port, "timeout": 10}
        settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}
        settings.DEFAULT_FROM_EMAIL = "Cityboards <news@boards.example>"
        settings.SITE_ADDRESS = "https://boards.example"
        yield taking


@pytest.fixture
def post(server: Server) -> Post:
    """Give a function that tells everybody the news, sorts them, and sends what is due after a while."""

    def send(after: timedelta = timedelta(minutes=2), *, at: datetime | None = None) -> Sent:
        tell_all()
        sort_news()
        return send_due((at or timezone.now()) + after)

    return send
