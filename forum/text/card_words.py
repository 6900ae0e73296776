"""What stands on the picture of a page that is shared elsewhere, and the name of that picture."""

import hashlib
from dataclasses import astuple, dataclass

DRAWING = 1  # raised when the same words are drawn otherwise, so that nobody shows the old picture


@dataclass(frozen=True, slots=True)
class CardWords:
    """The words of a picture: a title, what leads in below it, the place above it, and a seal with its ink."""

    title: str
    place: str = ""
    detail: str = ""
    lead: str = ""
    seal: str = "城"
    ink: str = "vermilion"

    @property
    def version(self) -> str:
        """A short name for exactly these words, so that a picture's address changes when they do."""
        text = "\0".join([str(DRAWING), *astuple(self)])
        return hashlib.sha256(text.encode()).hexdigest()[:12]
