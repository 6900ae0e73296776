"""What follows when a letter comes back: its address takes no more mail, at once or when it fails again and again."""

from collections.abc import Iterable
from dataclasses import dataclass
from email.message import Message

from forum.mailing.addresses import count_failure, stop_address
from forum.mailing.bounces import Returned, read_report
from forum.models import Letter, Suppression


@dataclass(slots=True)
class Read:
    """What was in a box of mail."""

    failures: int = 0
    complaints: int = 0
    others: int = 0


def take_back(messages: Iterable[Message]) -> Read:
    """Read messages, and do what follows from those that tell what came back; return how many there were of each."""
    read = Read()
    for message in messages:
        returned = read_report(message)
        if returned is None or not _stop(returned):
            read.others += 1
        elif returned.is_complaint:
            read.complaints += 1
        else:
            read.failures += 1
    return read


def _stop(returned: Returned) -> bool:
    """Do what follows; False when the letter is forgotten. What counts is the address to which it went."""
    letter = Letter.objects.select_related("user").exclude(address="").filter(pk=returned.letter).first()
    if letter is None:
        return False
    if returned.is_complaint:
        stop_address(letter.user, letter.address, Suppression.Reason.COMPLAINED, returned.detail)
    elif returned.is_dead:
        stop_address(letter.user, letter.address, Suppression.Reason.BOUNCED, returned.detail)
    elif letter.state != Letter.State.FAILED:
        # Counted once a letter: the same report may be read again.
        count_failure(letter.user, letter.address, returned.detail)
        Letter.objects.filter(pk=letter.pk).update(state=Letter.State.FAILED, problem=returned.detail[:300])
    return True
