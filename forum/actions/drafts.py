"""Keeping what is written and not sent yet. A draft is nobody else's business: it makes no event."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.prepared import Prepared
from forum.actions.problems import DraftConflict
from forum.actions.texts import cleaned
from forum.models import Conversation, Draft, Message, Post
from forum.models.drafts import Place, place_name
from forum.permissions.drafts import can_discard_draft, can_save_draft
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import require

MOST = 100  # drafts of one person
LONGEST = 40_000  # characters; as long as a post
MOST_BESIDE = 40  # fields chosen beside the words
LONGEST_BESIDE = 5_000  # characters of one of them

_KINDS = {
    "thread": Draft.Kind.REPLY,
    "board": Draft.Kind.THREAD,
    "post": Draft.Kind.EDIT,
    "conversation": Draft.Kind.MESSAGE,
}


@dataclass(frozen=True, slots=True)
class OpenForm:
    """The form a text is typed into: a mark of its own, and the version of the draft it was filled from (0: none)."""

    mark: UUID | None = None
    version: int = 0

    def knows(self, draft: Draft) -> bool:
        """Return whether nobody else has saved the draft since this form did, or was filled from it."""
        return draft.version == self.version or (self.mark is not None and draft.desk == self.mark)


@transaction.atomic
def save_draft(
    place: Place,
    *,
    by: User,
    body: str,
    title: str = "",
    source: str = "",
    reason: str = "",
    to: int | None = None,
    base: int | None = None,
    beside: Mapping[str, str] | None = None,
    submission: UUID | None = None,
    typed_in: OpenForm | None = None,
    at: datetime | None = None,
) -> Draft | None:
    """Keep what is written for a place and return the draft, or None when there is nothing new to keep.

    The same `submission`, or the same words in the same place, is the same draft; of each post there is one.
    `base` is the revision an edit started from, `beside` what was chosen in the form besides. Raises Forbidden,
    ValidationError for a text that is too long and for one draft too many, and DraftConflict when other words came
    from another form since `typed_in` was filled; without that nothing is asked.
    """
    require(can_save_draft(Viewer.of(by), place))
    words = {"title": _line(title, 200), "body": cleaned(body), "source": _line(source, 500)}
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # drafts of one person come one after another
    used = _used(place, by, submission) if submission else None
    if not _is_new(words, place, used):
        return None
    if len(words["body"]) > LONGEST:
        raise ValidationError({"body": _("This text is too long to be kept as a draft.")})
    # The mark of a form that was sent before belongs to what it became; this text needs one of its own.
    mark = uuid5(submission, "again") if used and submission else submission or uuid4()
    draft, now = _earlier(place, by, mark, words), at or timezone.now()
    if draft and typed_in and draft.body != words["body"] and not typed_in.knows(draft):
        raise DraftConflict(draft)
    values: dict[str, Any] = {**words, **dict.fromkeys(_KINDS), place_name(place): place if place.pk else None}
    values |= {"kind": _KINDS[place_name(place)], "reason": _line(reason, 200), "addressed_number": to}
    values |= {"submission": None if isinstance(place, Post) else mark, "base": _base(place, base), "changed_at": now}
    values |= {"beside": _bounded(beside or {}), "desk": typed_in.mark if typed_in else None}
    values["version"] = draft.version + 1 if draft else 1
    draft = draft or _new(by, now)
    for name, value in values.items():
        setattr(draft, name, value)
    draft.save()
    return draft


@transaction.atomic
def discard_draft(draft: Draft, *, by: User) -> None:
    """Throw the draft away; twice changes nothing. Raises Forbidden."""
    require(can_discard_draft(Viewer.of(by), draft))
    Draft.objects.filter(pk=draft.pk).delete()


def _open_rows(user: int) -> QuerySet[Draft, int]:
    return Draft.objects.open().filter(user=user).values_list("pk", flat=True)[:1]


_any_of = Prepared(_open_rows)


def draft_was_sent(
    place: Place, *, by: User, body: str, submission: UUID | None = None, typed_in: OpenForm | None = None
) -> None:
    """Let go of the draft that became a post: of the same form, or with the same words in the same place.

    Part of the action that makes the post, so that there is never neither and never both. Other words that came into
    it from elsewhere since `typed_in` was filled stay, as a draft of their own.
    """
    if not _any_of(by.pk):
        return
    here, mine = Draft.objects.at(place), Draft.objects.open().filter(user=by)
    if not isinstance(place, Post):
        here = here.filter(body=body)
    this = Q(pk__in=here.values("pk"))
    sent = mine.filter(this | Q(submission=submission) if submission else this)
    if typed_in is None:
        sent.delete()
        return
    own = Q(version=typed_in.version) | Q(body=body)
    sent.filter(own | Q(desk=typed_in.mark) if typed_in.mark else own).delete()
    if submission:
        mine.filter(submission=submission).update(submission=uuid4())


def _line(text: str, length: int) -> str:
    return " ".join(text.replace("\0", "").split())[:length]


def _used(place: Place, by: User, submission: UUID) -> Post | Message | Draft | None:
    """Return what the form of this mark has become already: something sent, or a draft that waits for its time."""
    model = Message if isinstance(place, Conversation) else Post
    sent = model._default_manager.filter(author=by, submission=submission).first()
    return sent or Draft.objects.scheduled().filter(user=by, submission=submission).first()


def _is_new(words: dict[str, str], place: Place, used: Post | Message | Draft | None) -> bool:
    if isinstance(place, Post):
        return words != {"title": place.title, "body": place.body, "source": place.source}
    return bool(words["body"] or words["title"]) and not (used and used.body == words["body"])


def _bounded(beside: Mapping[str, str]) -> dict[str, str]:
    return {name: value[:LONGEST_BESIDE] for name, value in list(beside.items())[:MOST_BESIDE]}


def _base(place: Place, base: int | None) -> int | None:
    if not isinstance(place, Post):
        return None
    return base if base and 1 <= base <= place.revision_number else place.revision_number


def _earlier(place: Place, by: User, mark: UUID, words: dict[str, str]) -> Draft | None:
    mine = Draft.objects.open().filter(user=by)
    if isinstance(place, Post):
        return mine.at(place).first()
    return mine.filter(submission=mark).first() or mine.at(place).filter(**words).first()


def _new(by: User, now: datetime) -> Draft:
    if Draft.objects.filter(user=by).count() >= MOST:
        problem = _("You have %(number)s drafts, as many as are kept. Send or discard one, then save this one.")
        raise ValidationError(problem % {"number": MOST})
    return Draft(user=by, created_at=now)
