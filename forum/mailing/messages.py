"""A mail whose links in headers stay in one piece."""

import email.policy
from email.headerregistry import BaseHeader, HeaderRegistry, UnstructuredHeader
from typing import Any, cast

from django.core.mail import EmailMultiAlternatives

WHOLE = ("list-unsubscribe", "references")


class WholeHeader(UnstructuredHeader):
    """A header that is never cut or encoded: mail programs look for a plain address in it (RFC 2369).

    The library encodes what is longer than a line and has no space in it; a line may have 998 characters (RFC 5322).
    """

    def fold(self: Any, *, policy: email.policy.Policy) -> str:
        """Return the header as one line; `str` has no line breaks in it."""
        return f"{self.name}: {self}{policy.linesep}"


class Mail(EmailMultiAlternatives):
    """A mail in plain text and HTML."""

    def message(self, *, policy: Any = email.policy.default) -> Any:
        """Return the message for the mail library, with such headers whole."""
        registry = HeaderRegistry()
        for name in WHOLE:
            registry.map_to_type(name, cast("type[BaseHeader]", WholeHeader))
        return super().message(policy=policy.clone(header_factory=registry))
