"""What comes back: reports of delivery and complaints stop mail; forged ones, delays and other mail do not."""

import io
import mailbox
import sys
from email.message import EmailMessage
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from forum.mailing.addresses import FAILURES
from forum.mailing.marks import letters_marked, message_id, return_address
from forum.models import Letter, Suppression
from tests.world import World

FAILED = "Action: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 User unknown\n"


@pytest.fixture
def letter(world: World, settings: Settings) -> Letter:
    """A letter that went to Cai."""
    settings.DEFAULT_FROM_EMAIL = "Cityboards <news@boards.example>"
    settings.BOUNCE_ADDRESS = "bounces@boards.example"
    return _sent(world, "thread:1")


def _sent(world: World, about: str) -> Letter:
    return Letter.objects.create(
        user=world.cai,
        rhythm="once",
        family="replies",
        about=about,
        due_at=timezone.now(),
        state=Letter.State.SENT,
        address="cai@example.org",
    )


def _report(kind: str, fields: str, returned: str, to: str = "news@boards.example") -> bytes:
    """Return a report as mail servers write it: RFC 3462."""
    part = "message/feedback-report" if kind == "feedback-report" else "message/delivery-status"
    head = "" if kind == "feedback-report" else "Reporting-MTA: dns; mx.example.org\n\n"
    return (
        f"From: MAILER-DAEMON@mx.example.org\nTo: {to}\nSubject: Undelivered mail\nMIME-Version: 1.0\n"
        f'Content-Type: multipart/report; report-type={kind}; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nSorry.\n\n"
        f"--b\nContent-Type: {part}\n\n{head}Final-Recipient: rfc822; cai@example.org\n{fields}\n"
        f"--b\nContent-Type: message/rfc822\n\n{returned}\n--b--\n"
    ).encode()


def _original(letter: Letter) -> str:
    return f"From: news@boards.example\nTo: cai@example.org\nMessage-ID: {message_id(letter)}\nSubject: x\n\nHello\n"


def _read(source: bytes, monkeypatch: pytest.MonkeyPatch) -> str:
    said = io.StringIO()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(source)))
    call_command("read_bounces", stdout=said)
    return said.getvalue()


def test_an_address_from_which_mail_came_back_gets_no_more(letter: Letter, monkeypatch: pytest.MonkeyPatch) -> None:
    said = _read(_report("delivery-status", FAILED, _original(letter)), monkeypatch)
    assert "Failures: 1" in said
    row = Suppression.objects.get()
    assert (row.user, row.address, row.reason, row.detail) == (
        letter.user,
        "cai@example.org",
        "bounced",
        "550 5.1.1 User unknown",
    )
    assert row.stopped_at


def test_the_address_it_comes_back_to_is_mark_enough(letter: Letter, monkeypatch: pytest.MonkeyPatch) -> None:
    _read(_report("delivery-status", FAILED, "Subject: x\n\n", to=return_address(letter)), monkeypatch)
    assert Suppression.objects.get().stopped_at


def test_a_complaint_stops_mail_at_once(letter: Letter, monkeypatch: pytest.MonkeyPatch) -> None:
    fields = "Feedback-Type: abuse\nUser-Agent: Mail/1\nVersion: 1\n"
    assert "complaints: 1" in _read(_report("feedback-report", fields, _original(letter)), monkeypatch)
    assert Suppression.objects.get().reason == "complained"


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("delivery-status", "Action: delayed\nStatus: 4.4.1\n"),
        ("delivery-status", "Action: delivered\nStatus: 2.0.0\n"),
        ("delivery-status", ""),
        ("feedback-report", "Feedback-Type: not-spam\n"),
        ("disposition-notification", FAILED),
    ],
)
def test_other_reports_stop_nothing(letter: Letter, monkeypatch: pytest.MonkeyPatch, kind: str, fields: str) -> None:
    assert "other mail: 1" in _read(_report(kind, fields, _original(letter)), monkeypatch)
    assert not Suppression.objects.exists()


@pytest.mark.parametrize(
    "returned",
    [
        "Message-ID: <1.000000000000000000000000@boards.example>\n\nx\n",
        "To: cai@example.org\n\nx\n",
        "Message-ID: <a@b>\n\nBelieve me: cai@example.org\n",
        "",
    ],
)
def test_a_report_without_the_mark_of_a_letter_is_not_believed(
    letter: Letter, monkeypatch: pytest.MonkeyPatch, returned: str
) -> None:
    _read(_report("delivery-status", FAILED, returned), monkeypatch)
    assert not Suppression.objects.exists()


@pytest.mark.parametrize(
    "source", [b"", b"\x00\xff" * 100, b"Content-Type: multipart/report\n\n", b"Subject: Hi\n\nHi"]
)
def test_no_mail_makes_it_stumble(db: None, monkeypatch: pytest.MonkeyPatch, source: bytes) -> None:
    assert "other mail: 1" in _read(source, monkeypatch)


def _nested(depth: int) -> bytes:
    parts = (f"--b{n}\nContent-Type: multipart/mixed; boundary=b{n + 1}\n\n" for n in range(depth))
    return f"Content-Type: multipart/report; report-type=delivery-status; boundary=b0\n\n{''.join(parts)}".encode()


def test_a_mail_that_nobody_can_read_holds_up_no_other(letter: Letter, tmp_path: Path) -> None:
    box = mailbox.mbox(tmp_path / "box")
    box.add(_nested(3000))
    box.add(_report("delivery-status", FAILED, _original(letter)))
    box.close()
    said = io.StringIO()
    call_command("read_bounces", str(tmp_path / "box"), "--delete", stdout=said)
    assert "Failures: 1; complaints: 0; other mail: 1" in said.getvalue()


def test_a_full_mailbox_stops_mail_only_after_several_letters(
    world: World, letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    fields = "Action: failed\nStatus: 5.2.2\nDiagnostic-Code: smtp; 552 5.2.2 Mailbox full\n"
    letters = [letter, *(_sent(world, f"thread:{number}") for number in range(2, FAILURES + 1))]
    for one in letters:
        assert not Suppression.objects.filter(stopped_at__isnull=False).exists()
        for _twice in range(2):
            _read(_report("delivery-status", fields, _original(one)), monkeypatch)
    assert Suppression.objects.get().stopped_at


@pytest.mark.parametrize("form", ["maildir", "mbox"])
def test_a_box_is_read_whole_and_emptied_when_asked(letter: Letter, tmp_path: Path, form: str) -> None:
    path = tmp_path / "box"
    box: mailbox.Mailbox[mailbox.Message] = (
        mailbox.Maildir(path) if form == "maildir" else mailbox.mbox(path)  # type: ignore[assignment]
    )
    box.add(_report("delivery-status", FAILED, _original(letter)))
    other = EmailMessage()
    other["Subject"] = "Hello"
    box.add(other)
    box.close()
    said = io.StringIO()
    call_command("read_bounces", str(path), "--delete", stdout=said)
    assert "Failures: 1; complaints: 0; other mail: 1" in said.getvalue()
    call_command("read_bounces", str(path), stdout=said)
    assert "Failures: 0; complaints: 0; other mail: 0" in said.getvalue()


def test_a_box_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no box"):
        call_command("read_bounces", str(tmp_path / "nowhere"))


def test_marks_hold_after_the_key_was_changed(letter: Letter, settings: Settings) -> None:
    mark, back = message_id(letter), return_address(letter)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key that is long enough"
    assert letters_marked(f"{mark} {back}") == {letter.pk}
    settings.SECRET_KEY_FALLBACKS = []
    assert letters_marked(f"{mark} {back}") == set()
