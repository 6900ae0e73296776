"""A person's digests as Markdown files: the texts they kept, as they kept them, with their notes."""

from collections.abc import Callable, Iterator
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from forum.queries.exports import KeptText, kept_texts, own_digests
from forum.transfer.export.posts import front_matter


def files(person: User, address: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """Yield name and text of the file of each digest; two queries. A digest is the largest thing held at a time."""
    groups = groupby(kept_texts(person), key=lambda kept: kept.entry.digest_id)
    waiting = next(groups, None)
    for digest in own_digests(person):
        facts = {
            "title": digest.title,
            "description": digest.description,
            "public": digest.is_public,
            "made": digest.created_at.isoformat(),
            "changed": digest.changed_at.isoformat(),
            "address": address(reverse("digest", args=[person.username, digest.slug])),
        }
        pieces = [front_matter(facts), f"# {digest.title}\n"]
        if waiting and waiting[0] == digest.pk:
            pieces += [entry_text(kept, address) for kept in waiting[1]]
            waiting = next(groups, None)
        yield f"digests/{digest.slug}.md", "\n".join(pieces)


def entry_text(kept: KeptText, address: Callable[[str], str]) -> str:
    """Return an entry as Markdown: heading, where it is from, the note, and the text while it may be read."""
    entry = kept.entry
    note = "".join(f"> {line}\n" for line in entry.note.splitlines())
    if not kept.is_readable:
        return "\n".join(piece for piece in ("## " + _("A text you cannot read now") + "\n", note) if piece)
    post, revision = entry.post, entry.revision
    values = {"name": post.author.name, "number": post.number, "version": revision.number}
    origin = _("By %(name)s, post %(number)s, version %(version)s") % values
    origin = f"{origin}: <{address(reverse('post', args=[post.pk]))}>\n"
    heading = f"## {revision.title or post.thread.title}\n"
    return "\n".join(piece for piece in (heading, origin, note, revision.body + "\n") if piece)
