"""What an action may find wrong with what it is given, in words for people."""

from forum.models import Post


class Conflict(Exception):
    """The post changed since its form was opened; `post` is the present state."""

    def __init__(self, post: Post) -> None:
        super().__init__("The text was changed in the meantime.")
        self.post = post
