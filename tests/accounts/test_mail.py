"""Account mails: one look, both languages, plain text and HTML; and what others wrote becomes no link."""

from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.utils import translation

from accounts.adapter import AccountAdapter
from accounts.mail import Piece, harmless, header, html_of, pieces_of
from accounts.models import User
from tests.world import make_person

ROOT = Path(settings.BASE_DIR) / "templates"
MAILS = sorted(
    str(path.relative_to(ROOT)).removesuffix("_subject.txt")
    for folder in ("account", "mfa", "socialaccount")
    for path in ROOT.glob(f"{folder}/email/*_subject.txt")
)
LINK = "https://boards.example/accounts/somewhere/"


def _mail(prefix: str, person: User) -> EmailMultiAlternatives:
    moment = datetime(2026, 11, 23, 8, tzinfo=UTC)
    context: dict[str, Any] = {
        "user": person,
        "email": person.email,
        "current_site": SimpleNamespace(domain="boards.example"),
        "timestamp": moment,
        "at": moment,
        "day": "November 30",
        "ip": "192.0.2.1",
        "user_agent": "Firefox/140.0",
        **dict.fromkeys(("activate_url", "password_reset_url", "signup_url", "link", "url"), LINK),
        **dict.fromkeys(("name", "browser"), person.name),
        **dict.fromkeys(("address", "zone", "answer"), "somebody"),
        **dict.fromkeys(("from_email", "to_email", "deleted_email", "username"), "me@example.org"),
    }
    message = AccountAdapter().render_mail(prefix, person.email, context)
    assert isinstance(message, EmailMultiAlternatives)
    return message


@pytest.mark.parametrize("prefix", MAILS)
def test_every_account_mail_has_words_and_their_html_twin(prefix: str, db: None) -> None:
    message = _mail(prefix, make_person("cai", "蔡渡"))
    [twin] = message.alternatives
    assert twin.mimetype == "text/html"
    assert str(message.subject).endswith(" · Cityboards")
    assert "boards.example" in message.body
    assert ("href=" in twin.content) == ("://" in message.body)
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize("prefix", MAILS)
def test_no_account_mail_makes_a_link_of_a_name(prefix: str, db: None) -> None:
    message = _mail(prefix, make_person("cai", "www.evil.com"))
    assert "evil.com" not in f"{message.subject}{message.body}{message.alternatives[0].content}"


def test_an_account_mail_is_in_the_language_of_the_reader(db: None) -> None:
    with translation.override("zh-hant"):
        message = _mail("account/email/password_reset_key", make_person("cai", "蔡渡"))
    assert "蔡渡" in message.body
    assert "設定新密碼" in message.subject
    assert 'lang="zh-hant"' in message.alternatives[0].content


def test_a_forgotten_password_brings_a_mail_with_a_button(client: Client, db: None) -> None:
    make_person("cai", "www.evil.com")
    client.post("/accounts/password/reset/", {"email": "cai@example.org"})
    [message] = mail.outbox
    assert isinstance(message, EmailMultiAlternatives)
    assert 'href="http://testserver/accounts/password/reset/key/' in message.alternatives[0].content
    assert "evil.com" not in f"{message.body}{message.alternatives[0].content}"


def test_paragraphs_and_addresses_are_told_apart() -> None:
    text = "Hello,\nopen this:\nhttps://boards.example/x\n\nSee https://boards.example/y too.\n\nCityboards"
    assert list(pieces_of(text)) == [
        Piece(("Hello,", "open this:")),
        Piece((), "https://boards.example/x"),
        Piece(("See https://boards.example/y too.",)),
        Piece(("Cityboards",)),
    ]


def test_words_stay_words_in_html() -> None:
    twin = html_of('<script>x</script>\n\nhttps://boards.example/"><b>\n\nfoot', subject="<b>")
    assert "<script>" not in twin
    assert "<b>" not in twin


@pytest.mark.parametrize("text", ["Dan", "3 planks. Yes: no!", "走。橋：三塊板", "a - b @ c"])
def test_what_links_nowhere_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


@pytest.mark.parametrize("text", ["evil.com", "x@y", "http://evil", "1.2.3.4", "evil。com", "a\nb.c", "\u202eevil.com"])
def test_what_could_link_is_held_apart(text: str) -> None:
    made = harmless(text)
    assert made.replace("\u2060", "") == " ".join(text.split()).replace("\u202e", "")
    assert "\u2060" in made


def test_a_header_is_one_line_of_bearable_length() -> None:
    assert header("A\r\nBcc: b\u202e") == "A Bcc: b"
    assert header("words " * 100).endswith("…")
    assert len(header("words " * 100)) <= 120
