"""What is wrong with a row of a chain, in plain words."""

from dataclasses import dataclass

REMOVED = "it was removed"
ADDED = "it was added outside the program"


@dataclass(frozen=True, slots=True)
class Fault:
    """The first row of a chain that is not as the program left it; `pk` is None when the row is gone."""

    what: str
    place: str
    pk: int | None
    words: str

    def __str__(self) -> str:
        known = "" if self.pk is None else f" (id {self.pk})"
        return f"{self.what} {self.place}{known}: {self.words}"


class Broken(Exception):
    """Raised where a chain breaks, with its `fault`."""

    def __init__(self, what: str, place: str, pk: int | None, words: str) -> None:
        super().__init__(words)
        self.fault = Fault(what, place, pk, words)
