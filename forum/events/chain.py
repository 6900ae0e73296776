"""The links of the chains of events, revisions and ballots: what of each row is hashed, and in which form."""

import json
import secrets
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from forum.models import Ballot, Event, Revision

ANCHOR = "anchor"  # the key of an event's data that holds the hash of what it anchors in the city's chain


def canonical(value: Sequence[Any]) -> bytes:
    """Return plain JSON values in the one form that is hashed: no spaces, keys in order, UTF-8."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def link_hash(previous: str, fields: Sequence[Any]) -> str:
    """Return the SHA-256 (hex) of `fields` with the hash of the link before, which is empty for the first."""
    return sha256(canonical([previous, *fields])).hexdigest()


def fold_hash(hashes: Iterable[str]) -> str:
    """Return one hash for many in their order, each folded into that of those before."""
    folded = ""
    for one in hashes:
        folded = link_hash(folded, [one])
    return folded


def new_salt() -> str:
    """Return a salt, without which nobody can guess a short erased text from its hash."""
    return secrets.token_hex(16)


def moment(at: datetime) -> str:
    """Return a time as it is hashed: in UTC and ISO 8601, as every database gives it back."""
    return at.astimezone(UTC).isoformat()


def event_content_hash(event: Event) -> str:
    """Return the hash of what an event says: its reason and data, with its salt."""
    return sha256(canonical([event.salt, event.reason, event.data])).hexdigest()


def event_fields(event: Event) -> list[Any]:
    """Return what of an event is linked. Its content counts by its hash, so that it can be erased.

    `is_private` may change later and is left out; that it was changed is an event of its own.
    """
    return [
        event.city_id,
        event.position,
        event.kind,
        event.actor_id,
        event.board_id,
        event.thread_id,
        event.post_id,
        event.person_id,
        event.sanction_id,
        event.undoes_id,
        event.in_log,
        event.in_thread,
        event.is_party,
        event.data.get(ANCHOR, ""),
        event.content_hash,
        moment(event.created_at),
    ]


def event_hash(previous: str, event: Event) -> str:
    """Return the link of an event after the one before it in its city."""
    return link_hash(previous, event_fields(event))


def revision_content_hash(revision: Revision) -> str:
    """Return the hash of the text of a revision with its salt."""
    return sha256(canonical([revision.salt, revision.title, revision.body, revision.reason])).hexdigest()


def revision_hash(previous: str, revision: Revision) -> str:
    """Return the link of a revision after the one before it of its post."""
    fields = [revision.post_id, revision.number, revision.author_id, revision.content_hash, moment(revision.created_at)]
    return link_hash(previous, fields)


def seal_revision(revision: Revision, previous: str = "") -> Revision:
    """Give a revision that is not stored yet its salt and hashes, and return it."""
    revision.salt = new_salt()
    revision.content_hash = revision_content_hash(revision)
    revision.chain_hash = revision_hash(previous, revision)
    return revision


def ballot_hash(previous: str, ballot: Ballot) -> str:
    """Return the link of a ballot after the one before it in its poll. In a secret poll it names nobody."""
    return link_hash(previous, [ballot.poll_id, ballot.number, ballot.receipt, ballot.choices, ballot.voter_id])
