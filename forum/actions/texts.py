"""What is stored beside a text when it is written: its HTML, language and links of the chain."""

from datetime import datetime
from hashlib import sha1
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.prepared import Prepared
from accounts.statements import insert
from forum.actions.attachments import place_images
from forum.actions.mentions import note_mentions
from forum.events.chain import seal_revision
from forum.models import Board, Post, Revision
from forum.queries.mentions import addresses_of, people_named
from forum.text.languages import CHOICES, guess
from forum.text.markdown import RENDERER_VERSION, render

if TYPE_CHECKING:
    from accounts.models import User


def rendered(body: str, *, language: str = "", names_people: bool = True) -> dict[str, Any]:
    """Return the fields of a Post that follow from its body. Footnotes get ids of their own by its hash.

    `language` is one of CHOICES (forum/text/languages.py), guessed when it is none of them. @names become links to
    people, unless not `names_people`: those of an archive are names of another place.
    """
    language = language if language in CHOICES else guess(body)
    people = addresses_of(people_named(body)) if names_people else {}
    prefix = f"f{sha1(body.encode(), usedforsecurity=False).hexdigest()[:8]}-"
    return {
        "body": body,
        "html": render(body, lang=language, prefix=prefix, people=people),
        "renderer_version": RENDERER_VERSION,
        "language": language,
    }


def cleaned(body: str) -> str:
    """Return the body as it is stored: Unix line ends, no trailing space around it, no NUL."""
    return body.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").strip()


def _submitted_rows(author: int, submission: UUID) -> QuerySet[Post]:
    return Post.objects.filter(author=author, submission=submission)


_submitted = Prepared(_submitted_rows)


def sent_before(*, by: "User", submission: UUID | None, body: str) -> tuple[Post | None, UUID | None]:
    """Return the post that this form has already become, if any, and the mark to store with a new one.

    A form sent again with other words (after going back in the browser) is a new post without the used mark,
    for the words must not be lost. To be asked under the lock that orders the writer's posts.
    """
    found = _submitted(by.pk, submission) if submission else []
    if not found:
        return None, submission
    earlier = found[0]
    is_same = earlier.revisions.filter(number=1, body=body).exists()
    return (earlier, submission) if is_same else (None, None)


def check_length(body: str, board: Board) -> None:
    """Raise ValidationError for `body` when it is empty or not within the lengths of the board."""
    if not body:
        raise ValidationError({"body": _("Write something first.")})
    if len(body) < board.min_length:
        text = ngettext(
            "On this board a post has at least %(limit)s character; yours has %(length)s.",
            "On this board a post has at least %(limit)s characters; yours has %(length)s.",
            board.min_length,
        )
        raise ValidationError({"body": text % {"limit": board.min_length, "length": len(body)}})
    if len(body) > board.max_length:
        text = ngettext(
            "On this board a post has at most %(limit)s character; yours has %(length)s.",
            "On this board a post has at most %(limit)s characters; yours has %(length)s.",
            board.max_length,
        )
        raise ValidationError({"body": text % {"limit": board.max_length, "length": len(body)}})


def add_revision(post: Post, *, by: "User", at: datetime, reason: str = "", previous: str = "") -> Revision:
    """Store the present text of the post as a revision, linked to the `previous` hash, and return it.

    The event that tells of it carries its hash as `anchor`, and so makes it part of the city's chain.
    """
    revision = Revision(
        post=post,
        number=post.revision_number,
        author=by,
        title=post.title,
        body=post.body,
        reason=reason,
        created_at=at,
    )
    insert(seal_revision(revision, previous))
    place_images(revision, post.html, by=by)
    note_mentions(post, at=at)
    return revision
