"""What an action may find wrong with what it is given, in words for people."""

from forum.models import Draft, Post


class Conflict(Exception):
    """The post changed since its form was opened; `post` is the present state."""

    def __init__(self, post: Post) -> None:
        super().__init__("The text was changed in the meantime.")
        self.post = post


class DraftConflict(Exception):
    """The draft was saved from another open form since this one was filled from it; `draft` is what stands there."""

    def __init__(self, draft: Draft) -> None:
        super().__init__("The draft was changed from another form in the meantime.")
        self.draft = draft
