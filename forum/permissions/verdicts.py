"""Verdict: the answer to "may they?", with a sentence for people when it is no."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Verdict:
    """True when allowed; otherwise `reason` says why not and who may."""

    allowed: bool
    reason: str | Promise = ""

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Verdict(True)


def denied(reason: str | Promise) -> Verdict:
    """Return a refusal with its reason, a whole sentence."""
    return Verdict(False, reason)


class Forbidden(PermissionDenied):
    """Raised by actions; `reason` is the sentence that the 403 page shows."""

    def __init__(self, reason: str | Promise) -> None:
        super().__init__(str(reason))
        self.reason = reason


def require(verdict: Verdict) -> None:
    """Raise Forbidden with the verdict's sentence unless it allows."""
    if not verdict:
        raise Forbidden(verdict.reason)
