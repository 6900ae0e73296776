"""The first page of the archive: what is in it, to be opened from disk in any browser."""

from collections.abc import Iterator
from itertools import batched

from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import User
from forum.queries.attachments import own_attachments
from forum.queries.exports import CHUNK, conversations_written_in, own_digests, own_posts
from forum.transfer.export.posts import file_name


def page(person: User) -> Iterator[str]:
    """Yield the page piece by piece: the list of posts may be long."""
    context = {"person": person, "at": timezone.now(), "digests": list(own_digests(person))}
    context |= {"pictures": list(own_attachments(person)), "conversations": conversations_written_in(person)}
    yield render_to_string("export/index.html#head", context)
    for some in batched(own_posts(person), CHUNK):
        rows = [(own, file_name(own.post)) for own in some]
        yield render_to_string("export/_posts.html", {"rows": rows})
    yield render_to_string("export/index.html#foot", context)
