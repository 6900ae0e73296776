"""What is folded for the viewer: posts of people they block, and texts with words they would rather not read."""

from dataclasses import dataclass

from forum.permissions.roles import Viewer
from forum.text.holding import lines_of, stands_in
from forum.text.tokens import fold


@dataclass(frozen=True, slots=True)
class Fold:
    """Why something is folded: for the `word` that stands in it, or without one for its author."""

    word: str = ""


def fold_of(viewer: Viewer, author_id: int | None, *texts: str) -> Fold | None:
    """Return why a text by this author is folded for the viewer, None when it is not; their own never is.

    Words are compared as search compares them: in any case, Traditional and Simplified alike. No query of its own: who
    is blocked comes with the roles of the viewer.
    """
    if viewer.user is None or author_id == viewer.user.pk:
        return None
    if author_id in viewer.standing.blocks:
        return Fold()
    if not viewer.user.folded_words:
        return None
    text = fold("\n".join(texts))
    words = lines_of(viewer.user.folded_words)
    return next((Fold(word) for word in words if (plain := fold(word)) and stands_in(text, plain)), None)
