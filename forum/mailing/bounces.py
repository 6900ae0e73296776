"""Reading what comes back of our letters: reports of delivery (RFC 3464) and complaints (ARF, RFC 5965)."""

from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message

from forum.mailing.answers import is_dead
from forum.mailing.marks import letters_marked

_LONGEST = 2_000_000  # characters that are searched for a mark


@dataclass(frozen=True, slots=True)
class Returned:
    """What came back of one letter: a complaint, or a failure that is final (`is_dead`) or may pass."""

    letter: int
    detail: str
    is_complaint: bool = False
    is_dead: bool = False


def read_report(message: Message) -> Returned | None:
    """Return what a message says came back; None for any other mail, and for one about no letter of ours.

    Anybody can write a report. One is believed when it bears the mark of the letter that came back (in its Message-ID
    or the address it came back to), which only who got or carried that letter can know.
    """
    if message.get_content_type() != "multipart/report":
        return None
    kind = str(message.get_param("report-type", "")).lower()
    letters = _letters(message)
    if not letters:
        return None
    if kind == "feedback-report":
        fields = next(_fields(message, "message/feedback-report"), None)
        feedback = _line(fields, "Feedback-Type") or "abuse"
        # "not-spam" takes a complaint back, and others do not say that somebody does not want the mail.
        is_complaint = feedback.lower() in {"abuse", "fraud", "opt-out", "other"}
        return Returned(min(letters), feedback, is_complaint=True) if is_complaint else None
    return _failure(message, min(letters)) if kind == "delivery-status" else None


def _failure(message: Message, letter: int) -> Returned | None:
    """Return the failure that a report of delivery tells; none for a delay, or a delivery that succeeded."""
    for fields in _fields(message, "message/delivery-status"):
        if _line(fields, "Action").lower() == "failed":
            status = _line(fields, "Status")
            said = _line(fields, "Diagnostic-Code").partition(";")[2].strip() or status
            return Returned(letter, said, is_dead=is_dead(status))
    return None


def _fields(message: Message, content_type: str) -> Iterator[Message]:
    """Yield the groups of fields in a part of a report."""
    for part in message.walk():
        if part.get_content_type() == content_type:
            payload = part.get_payload()
            yield from (group for group in payload if isinstance(group, Message)) if isinstance(payload, list) else ()


def _line(fields: Message | None, name: str) -> str:
    return " ".join(str(fields.get(name, "")).split()) if fields is not None else ""


def _letters(message: Message) -> set[int]:
    """Return the letters whose marks stand in the headers of the report, or in the letter that it brings back."""
    texts = [str(message.get(name, "")) for name in ("To", "Delivered-To", "X-Original-To", "Envelope-To")]
    for part in message.walk():
        kind = part.get_content_type()
        if kind == "message/rfc822":
            inner = part.get_payload()
            texts += (
                [str(one.get("Message-ID", "")) for one in inner if isinstance(one, Message)]
                if isinstance(inner, list)
                else []
            )
        elif kind == "text/rfc822-headers":
            body = part.get_payload(decode=True)
            texts.append(body.decode("utf-8", "replace") if isinstance(body, bytes) else "")
        texts += [str(part.get("Original-Mail-From", "")), str(part.get("X-Original-Message-ID", ""))]
    return letters_marked("\n".join(texts)[:_LONGEST])
