"""A real mail server on the loopback, which keeps what it gets and answers as it is told."""

import email
import email.policy
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

ACCEPTED = "250 Message accepted"


@dataclass
class Got:
    """A message as it came: who sent it on the envelope, to whom, and what it says."""

    sender: str
    to: list[str]
    source: bytes

    @property
    def message(self) -> EmailMessage:
        """The message, parsed as mail programs do."""
        parsed = email.message_from_bytes(self.source, policy=email.policy.default)
        assert isinstance(parsed, EmailMessage)
        return parsed

    @property
    def text(self) -> str:
        """The plain text."""
        body = self.message.get_body(("plain",))
        assert body is not None
        return str(body.get_content())

    @property
    def html(self) -> str:
        """The HTML."""
        body = self.message.get_body(("html",))
        assert body is not None
        return str(body.get_content())


@dataclass
class Server:
    """What the server got, and what it answers: to a recipient, and to a message."""

    got: list[Got] = field(default_factory=list)
    to_recipient: Callable[[str], str] = lambda address: "250 OK"
    to_message: Callable[[Got], str] = lambda got: ACCEPTED

    async def handle_RCPT(  # noqa: N802 - the name that the library calls
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[Any]
    ) -> str:
        """Take a recipient, or not."""
        answer = self.to_recipient(address)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take a message, or not."""
        content = envelope.content
        got = Got(envelope.mail_from or "", list(envelope.rcpt_tos), content if isinstance(content, bytes) else b"")
        answer = self.to_message(got)
        if answer == ACCEPTED:
            self.got.append(got)
        return answer


class _Anywhere(Controller):
    """A controller that lets the system choose the port."""

    def _trigger_server(self) -> None:
        assert self.server is not None
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def running(server: Server) -> Iterator[int]:
    """Run the server on a free port of the loopback; give the port."""
    controller = _Anywhere(server, hostname="127.0.0.1", port=0)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()
