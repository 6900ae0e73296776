"""A person's private messages as Markdown files, one for each conversation."""

from collections.abc import Iterator
from itertools import groupby

from accounts.models import User
from forum.models import Message
from forum.queries.conversations import own_messages
from forum.transfer.export.posts import beside_pictures, front_matter


def files(person: User) -> Iterator[tuple[str, Iterator[str]]]:
    """Yield name and pieces of the file of each conversation; one query. Each is to be written before the next."""
    for number, some in groupby(own_messages(person), key=lambda message: message.conversation_id):
        yield f"messages/{number}.md", _pieces(some)


def _pieces(messages: Iterator[Message]) -> Iterator[str]:
    for place, message in enumerate(messages):
        if place == 0:
            yield front_matter({"subject": message.conversation.subject})
        facts = {"number": message.number, "by": message.author.username, "written": message.created_at.isoformat()}
        yield front_matter(facts) + beside_pictures(message.body) + "\n\n"
