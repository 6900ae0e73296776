"""What mail servers answer: whether a refusal is about an address, a letter or everything, and whether it passes."""

import re
import smtplib
from dataclasses import dataclass

# RFC 3463: X.1.X is about the address, X.2.X about the mailbox; 2.2 is a full one, which somebody may empty.
_STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_NO_SUCH = frozenset({"1.1", "1.2", "1.3", "1.6", "1.10", "2.1"})
_ADDRESS_CODES = frozenset({550, 551, 553})  # RFC 5321: no such mailbox here


@dataclass(frozen=True, slots=True)
class Answer:
    """A refusal. `is_final` ones do not pass; `is_dead_address` says that nothing will ever arrive there."""

    text: str
    is_final: bool = False
    is_dead_address: bool = False
    is_for_all: bool = False


def is_dead(status: str) -> bool:
    """Return whether an enhanced status code (5.1.1) says that the address takes no mail."""
    found = _STATUS.search(status)
    return bool(found and found[1] == "5" and f"{found[2]}.{found[3]}" in _NO_SUCH)


def answer_of(problem: Exception) -> Answer:
    """Return what an error of the mail library says about the letter that was offered."""
    match problem:
        case smtplib.SMTPRecipientsRefused():
            code, text = next(iter(problem.recipients.values()))
            return _answer(code, _said(text), of_address=True)
        case smtplib.SMTPServerDisconnected():
            # It hung up in the middle; perhaps because of this letter, so this counts as an attempt.
            return Answer(str(problem))
        case smtplib.SMTPSenderRefused() | smtplib.SMTPHeloError() | smtplib.SMTPAuthenticationError():
            return Answer(f"{problem.smtp_code} {_said(problem.smtp_error)}", is_for_all=True)
        case smtplib.SMTPResponseException():
            return _answer(problem.smtp_code, _said(problem.smtp_error))
        case ValueError():
            return Answer(str(problem), is_final=True, is_dead_address=True)  # no address that mail knows
    return Answer(str(problem))


def _answer(code: int, text: str, *, of_address: bool = False) -> Answer:
    status = _STATUS.search(text)
    is_dead_address = is_dead(status[0]) if status else of_address and code in _ADDRESS_CODES
    # 421: the server closes the line, whatever it was told.
    return Answer(f"{code} {text}", is_final=code >= 500, is_dead_address=is_dead_address, is_for_all=code == 421)


def _said(text: bytes | str) -> str:
    return " ".join((text.decode("utf-8", "replace") if isinstance(text, bytes) else text).split())
