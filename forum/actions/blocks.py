"""Blocking people, and folding words. Both are nobody else's business: they make no event."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from forum.models import Block, Notification
from forum.notifying.who import KEPT_AWAY
from forum.permissions.blocks import can_block
from forum.permissions.cities import SIGN_IN_FIRST
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import denied, require
from forum.text.holding import lines_of

MOST_BLOCKED = 500  # people; they come along with every page of the member
MOST_WORDS = 50
LONGEST_WORD = 60


@transaction.atomic
def block_person(person: User, *, by: User, at: datetime | None = None) -> Block:
    """Block the person and return the block; twice changes nothing. Unread news of what they wrote count as read.

    Raises Forbidden, and ValidationError for one person too many.
    """
    require(can_block(Viewer.of(by), person))
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # blocks of one person come one after another
    mine = Block.objects.filter(user=by)
    block = mine.filter(blocked=person).first()
    if block is None:
        if mine.count() >= MOST_BLOCKED:
            text = _("You block %(number)s people, as many as can be. Let one of them go first.")
            raise ValidationError(text % {"number": MOST_BLOCKED})
        now = at or timezone.now()
        block = Block.objects.create(user=by, blocked=person, created_at=now)
        told = Notification.objects.filter(user=by, read_at=None, kind__in=KEPT_AWAY, event__actor=person)
        told.update(read_at=now)
    return block


@transaction.atomic
def unblock_person(person: User, *, by: User) -> None:
    """Block the person no longer; twice changes nothing."""
    Block.objects.filter(user=by, blocked=person).delete()


@transaction.atomic
def fold_words(words: str, *, by: User) -> str:
    """Fold for the member what any of the words stands in, one in a line, and return them as they are kept.

    Raises Forbidden, and ValidationError for `words`: too many of them, or one that is too long.
    """
    if not Viewer.of(by).is_signed_in:
        require(denied(SIGN_IN_FIRST))
    lines = lines_of(words.replace("\0", ""))
    if len(lines) > MOST_WORDS:
        raise ValidationError({"words": _("At most %(number)s words are kept.") % {"number": MOST_WORDS}})
    if too_long := next((line for line in lines if len(line) > LONGEST_WORD), ""):
        text = _("“%(word)s…” is too long: a word has at most %(number)s characters.")
        raise ValidationError({"words": text % {"word": too_long[:20], "number": LONGEST_WORD}})
    kept = "\n".join(lines)
    User.objects.filter(pk=by.pk).update(folded_words=kept)
    return kept
