"""Verdict: the answer to "may they?", with a sentence for people when it is no."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Verdict:
    """True when allowed; otherwise `reason` says why not and who may.

    `is_sanction` says that it follows from a sanction, against which one may appeal; `way` names the address of the
    page on which one puts right what is missing, or is "city" and the slug of the city that one joins first.
    """

    allowed: bool
    reason: str | Promise = ""
    is_sanction: bool = False
    way: str = ""

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Verdict(True)


def denied(reason: str | Promise, *, way: str = "") -> Verdict:
    """Return a refusal with its reason, a whole sentence, and the name of the page that helps."""
    return Verdict(False, reason, way=way)


class Forbidden(PermissionDenied):
    """Raised by actions; `reason` is the sentence that the 403 page shows, the others as in a Verdict."""

    def __init__(self, reason: str | Promise, *, is_sanction: bool = False, way: str = "") -> None:
        super().__init__(str(reason))
        self.reason, self.is_sanction, self.way = reason, is_sanction, way


def require(verdict: Verdict) -> None:
    """Raise Forbidden with the verdict's sentence unless it allows."""
    if not verdict:
        raise Forbidden(verdict.reason, is_sanction=verdict.is_sanction, way=verdict.way)
