"""Writing down whom a text mentions, for those who are told of it."""

from datetime import datetime

from forum.models import Mention, Post
from forum.queries.mentions import people_mentioned_in


def note_mentions(post: Post, *, at: datetime) -> None:
    """Write down whom the present text of the post mentions and no earlier one did (for actions that write).

    The links in its HTML say it: a name in code or within a link mentions nobody. Nothing is asked where there is none.
    """
    people = people_mentioned_in(post.html)
    rows = [Mention(post=post, user=person, created_at=at) for person in people if person.pk != post.author_id]
    Mention.objects.bulk_create(rows, ignore_conflicts=True)
