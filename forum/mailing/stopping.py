"""Stopping mail by a link in it: for whom, and what."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from forum.mailing.choices import ALL, rhythms_of, stop_mail
from forum.mailing.families import FAMILIES
from forum.mailing.marks import read_stop_token
from forum.models import Rhythm

_LABELS: dict[str, Promise | str] = {
    ALL: _("all news by mail"),
    Rhythm.DAILY: _("the daily bulletin"),
    Rhythm.WEEKLY: _("the weekly bulletin"),
}


@dataclass(frozen=True, slots=True)
class Stop:
    """What a link stops, and whose mail it is."""

    person: User
    name: str

    @property
    def label(self) -> str:
        """What is stopped, in words."""
        return str(_LABELS[self.name] if self.name in _LABELS else FAMILIES[self.name].label)

    @property
    def is_stopped(self) -> bool:
        """Whether nothing of it comes any more; one query."""
        rhythms = rhythms_of(self.person)
        if self.name == ALL:
            return set(rhythms.values()) == {Rhythm.NONE}
        return self.name not in rhythms.values() and rhythms.get(self.name, Rhythm.NONE) == Rhythm.NONE


def read_stop(token: str) -> Stop | None:
    """Return what the token of a link stops; None for one that is not ours, or whose person is gone."""
    read = read_stop_token(token)
    person = User.objects.filter(pk=read[0]).first() if read else None
    return Stop(person, read[1]) if person and read else None


def stop_by_link(stop: Stop) -> None:
    """Stop it; twice changes nothing."""
    stop_mail(stop.person, stop.name)
