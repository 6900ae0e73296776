"""Everything else that belongs to one person, table by table; of other people's words there is nothing in it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db.models import Model
from django.urls import reverse

from accounts.models import Invitation, KnownBrowser, User
from forum.models import (
    ArchivedAuthor,
    Ballot,
    Block,
    BoardMark,
    Candidacy,
    CityRecommendation,
    Claim,
    Event,
    GuestbookEntry,
    Letter,
    MailSetting,
    MessageReport,
    Notice,
    Notification,
    Petition,
    Poll,
    ReadMark,
    RollCall,
    Signature,
    Suppression,
    Voter,
)
from forum.queries.exports import own_rows


@dataclass(frozen=True, slots=True)
class Source:
    """A table: the field that leads to the person, what a row of it is called, and which of its fields are told.

    A field is named as in a query (`poll__city__slug`), after `:` if it is told under another name.
    """

    model: type[Model]
    owner: str
    kind: str
    fields: str


FILES: dict[str, tuple[Source, ...]] = {
    "account.json": (
        Source(EmailAddress, "user", "address", "email verified primary"),
        Source(UserSession, "user", "session", "browser:user_agent network:ip begun:created_at seen:last_seen_at"),
        Source(KnownBrowser, "user", "browser", "browser:kind network first:first_seen_at last:last_seen_at"),
        Source(Authenticator, "user", "second factor", "type made:created_at used:last_used_at"),
        Source(SocialAccount, "user", "connection", "provider uid told:extra_data made:date_joined"),
        Source(Invitation, "inviter", "invitation", "note made:created_at used:used_at"),
        Source(ArchivedAuthor, "user", "archived name", "name:source_name email city:archive__city__slug"),
        Source(Claim, "claimant", "claim", "account:person__username email words state answer made:created_at"),
    ),
    "votes.json": (
        Source(Poll, "author", "poll", "question poll:id thread:thread_id made:created_at result"),
        Source(Voter, "user", "roll", "poll:poll_id city:poll__city__slug voted:has_voted"),
        Source(Ballot, "voter", "open ballot", "poll:poll_id thread:poll__thread_id choices receipt chain_hash"),
        Source(
            Candidacy,
            "user",
            "candidacy",
            "office:election__office city:election__city__slug statement stood:consented_at withdrawn:withdrawn_at",
        ),
        Source(Petition, "author", "petition", "office city:city__slug words state made:created_at"),
        Source(Signature, "user", "signature", "petition:petition_id city:petition__city__slug signed:created_at"),
    ),
    "city-life.json": (
        Source(RollCall, "user", "roll call", "city:city__slug day"),
        Source(GuestbookEntry, "author", "guestbook", "city:city__slug text:body hidden:is_hidden written:created_at"),
        Source(CityRecommendation, "user", "recommendation", "city:city__slug given:created_at"),
    ),
    "notices.json": (
        Source(Notice, "author", "notice", "city:city__slug title text:body posted:created_at until:ends_at"),
    ),
    "notifications.json": (
        Source(Notification, "user", "news", "why:kind thread:thread_id told:created_at read:read_at"),
    ),
    "reading.json": (
        Source(ReadMark, "user", "thread", "thread:thread_id read_to:number"),
        Source(BoardMark, "user", "board", "board:board__slug city:board__city__slug read_until:read_before"),
    ),
    "blocks.json": (Source(Block, "user", "block", "person:blocked__username since:created_at"),),
    "mail.json": (
        Source(MailSetting, "user", "rhythm", "news:family rhythm"),
        Source(Suppression, "user", "stopped address", "address reason detail stopped:stopped_at"),
        Source(Letter, "user", "letter", "rhythm news:family about state address sent:sent_at"),
    ),
    "message-reports.json": (
        Source(MessageReport, "reporter", "report of a message", "reason words state answer reported:created_at"),
    ),
    "events.json": (
        Source(
            Event,
            "actor",
            "act",
            "what:kind city:city__slug position thread:thread_id post:post_id reason at:created_at hash:chain_hash",
        ),
    ),
}


def files(person: User, address: Callable[[str], str]) -> Iterator[tuple[str, Iterator[dict[str, Any]]]]:
    """Yield the name of each file and its rows, to be written one by one; one query for each table."""
    told = partial(_plain, address=address)
    for name, sources in FILES.items():
        yield name, (row for source in sources for row in _rows(source, person, told))


def _rows(source: Source, person: User, told: Callable[[str, Any], Any]) -> Iterator[dict[str, Any]]:
    fields = [
        (label, path or label) for label, _sign, path in (field.partition(":") for field in source.fields.split())
    ]
    related = {path.rpartition("__")[0] for _label, path in fields if "__" in path}
    for row in own_rows(source.model, source.owner, person, *related):
        yield {"kind": source.kind, **{label: told(label, _at(row, path)) for label, path in fields}}


def _at(row: Any, path: str) -> Any:
    """Return what stands at the end of the path, None where it breaks off."""
    for name in path.split("__"):
        row = None if row is None else getattr(row, name)
    return row


def _plain(label: str, value: Any, *, address: Callable[[str], str]) -> Any:
    """Return a value as JSON takes it; a thread or post by its address."""
    if label in ("thread", "post") and value is not None:
        return address(reverse(label, args=[value]))
    if isinstance(value, datetime):
        return value.isoformat()
    return value if isinstance(value, bool | int | str | list | dict | None) else str(value)
