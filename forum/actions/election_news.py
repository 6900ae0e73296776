"""How an election is told: what the vote is about, that it was called, and until when one may stand and vote."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from accounts.dates import say_moment
from forum import events
from forum.actions.proclaiming import in_one_line, proclaim
from forum.models import Election

if TYPE_CHECKING:
    from accounts.models import User


def question_of(office: str, person: "User | None" = None) -> str:
    """Return what the vote is about, in every language of the site."""

    return in_one_line(lambda: _title(Election(office=office, person=person)))


def record_call(election: Election, *, by: "User | None", reason: str, at: datetime) -> None:
    """Record that an election was called, and tell it in a notice."""
    kind = "election.called" if by else "election.begun"
    events.record(
        kind,
        by=by,
        city=election.city,
        person=election.person,
        reason=reason,
        at=at,
        election=election.pk,
        office=election.office,
        cause=election.cause,
    )
    proclaim(election.city, lambda: _title(election), lambda: _times(election), at=at)


def _title(election: Election) -> str:
    if election.person:
        return _("Vote on the recall of %(name)s") % {"name": election.person.name}
    return _("Election of the mayor") if election.office == Election.Office.MAYOR else _("Election of deputy mayors")


def _times(election: Election) -> str:
    """Return until when one may stand and vote, in the language that is active."""
    first, last = ("", say_moment(election.ends_at))
    if election.nominations_end_at:
        first = _("Candidates can stand until %(until)s.") % {"until": say_moment(election.nominations_end_at)} + "\n"
    return first + _("Votes can be cast until %(until)s, by those who are on the roll today.") % {"until": last}
