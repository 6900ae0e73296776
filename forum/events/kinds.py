"""THE table of events: what each kind means in words, and where it shows."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of event: `words` is its sentence anywhere, `here` the one that stands in the thread itself.

    A sentence may use %(actor)s, %(person)s, %(thread)s, %(board)s, %(number)s (of a post) and the keys
    of the event's data.
    """

    words: Promise | str
    here: Promise | str = ""
    in_log: bool = False
    in_thread: bool = False


def _private(words: Promise | str) -> Kind:
    """Return a kind that is only kept."""
    return Kind(words)


def _logged(words: Promise | str) -> Kind:
    """Return a kind that stands in the city's public log."""
    return Kind(words, in_log=True)


def _acted(words: Promise | str, here: Promise | str) -> Kind:
    """Return a kind that stands in the log and in the course of the thread."""
    return Kind(words, here, in_log=True, in_thread=True)


KINDS: dict[str, Kind] = {
    "city.founded": _logged(_("%(actor)s founded the city.")),
    "city.changed": _logged(_("%(actor)s changed the settings of the city: %(fields)s.")),
    "city.imported": _logged(_("%(actor)s brought in an archive: %(threads)s threads, %(posts)s posts.")),
    # Anchors the texts that came at once in the chain of the city.
    "city.batch_imported": _private(_("%(actor)s brought in %(posts)s posts.")),
    "board.created": _logged(_("%(actor)s created the board %(board)s.")),
    "board.changed": _logged(_("%(actor)s changed the board %(board)s.")),
    "board.ordered": _logged(_("%(actor)s put the boards in a new order.")),
    "membership.joined": _private(_("%(actor)s joined the city.")),
    "membership.left": _private(_("%(actor)s left the city.")),
    "deputy.named": _logged(_("%(actor)s named %(person)s deputy mayor.")),
    "deputy.dismissed": _logged(_("%(actor)s dismissed %(person)s as deputy mayor.")),
    "deputy.granted": _logged(_("%(actor)s set what %(person)s may do as deputy mayor: %(abilities)s.")),
    "application.sent": _private(_("%(actor)s applied to join.")),
    "application.withdrawn": _private(_("%(actor)s withdrew an application.")),
    "application.accepted": _logged(_("%(actor)s admitted %(person)s as a citizen.")),
    # A refused person is not named in public; they read the answer themselves.
    "application.refused": _logged(_("%(actor)s refused an application.")),
    "sanction.warned": _logged(_("%(actor)s warned %(person)s.")),
    "sanction.muted": _logged(_("%(actor)s muted %(person)s.")),
    "sanction.banned": _logged(_("%(actor)s banned %(person)s from the city.")),
    "sanction.suspended": _logged(_("%(actor)s suspended %(person)s from the whole site.")),
    "sanction.lifted": _logged(_("%(actor)s lifted the sanction on %(person)s.")),
    "appeal.made": _private(_("%(actor)s appealed against a decision.")),
    "appeal.withdrawn": _private(_("%(actor)s withdrew an appeal.")),
    # Who appeals is not named in public; the decision is, and it names what it names.
    "appeal.passed_on": _logged(_("%(actor)s passed an appeal against %(decision)s on to the site's moderators.")),
    "appeal.granted": _logged(_("%(actor)s granted an appeal against %(decision)s.")),
    "appeal.refused": _logged(_("%(actor)s refused an appeal against %(decision)s.")),
    "report.filed": _private(_("%(actor)s reported something.")),
    "report.withdrawn": _private(_("%(actor)s withdrew a report.")),
    # Neither who reported nor what is named in public; an act that followed stands beside it.
    "case.upheld": _logged(_("%(actor)s upheld a report.")),
    "case.dismissed": _logged(_("%(actor)s dismissed a report.")),
    "case.escalated": _logged(_("%(actor)s passed a report on to the site's moderators.")),
    "thread.created": _private(_("%(actor)s started %(thread)s.")),
    "thread.pinned": _acted(_("%(actor)s pinned %(thread)s."), _("%(actor)s pinned this thread.")),
    "thread.pinned_until": _acted(
        _("%(actor)s pinned %(thread)s until %(until)s."), _("%(actor)s pinned this thread until %(until)s.")
    ),
    "thread.unpinned": _acted(_("%(actor)s unpinned %(thread)s."), _("%(actor)s unpinned this thread.")),
    "thread.locked": _acted(_("%(actor)s locked %(thread)s."), _("%(actor)s locked this thread.")),
    "thread.unlocked": _acted(_("%(actor)s unlocked %(thread)s."), _("%(actor)s unlocked this thread.")),
    "thread.featured": _acted(_("%(actor)s featured %(thread)s."), _("%(actor)s featured this thread.")),
    "thread.unfeatured": _acted(
        _("%(actor)s took the featured mark from %(thread)s."),
        _("%(actor)s took the featured mark from this thread."),
    ),
    "thread.hidden": _acted(_("%(actor)s hid %(thread)s."), _("%(actor)s hid this thread.")),
    "thread.restored": _acted(_("%(actor)s restored %(thread)s."), _("%(actor)s restored this thread.")),
    "thread.moved": _acted(
        _("%(actor)s moved %(thread)s from %(old)s to %(new)s."),
        _("%(actor)s moved this thread from %(old)s to %(new)s."),
    ),
    "thread.merged": _acted(
        _("%(actor)s merged another thread into %(thread)s; it begins at %(number)s."),
        _("%(actor)s merged another thread into this one; it begins at %(number)s."),
    ),
    "thread.unmerged": _acted(
        _("%(actor)s took %(thread)s out of another thread again."),
        _("%(actor)s took this thread out of another thread again."),
    ),
    # An archive does not say which posts went where.
    "thread.split": _acted(
        _("%(actor)s split %(posts)s off %(thread)s into %(other)s."),
        _("%(actor)s split %(posts)s off into %(other)s."),
    ),
    "thread.came_by_split": Kind(
        _("%(actor)s split %(thread)s off %(other)s."), _("%(actor)s split this thread off %(other)s."), in_thread=True
    ),
    "thread.unsplit": _acted(
        _("%(actor)s brought posts that were split off back into %(thread)s."),
        _("%(actor)s brought posts that were split off back into this thread."),
    ),
    "thread.archived": _acted(_("%(actor)s archived %(thread)s."), _("%(actor)s archived this thread.")),
    "thread.listed": _acted(_("%(actor)s listed %(thread)s again."), _("%(actor)s listed this thread again.")),
    "thread.unlisted": _acted(
        _("%(actor)s took %(thread)s off the lists."), _("%(actor)s took this thread off the lists.")
    ),
    "thread.acted": _acted(
        _("%(actor)s did something to %(thread)s: %(code)s."), _("%(actor)s did something to this thread: %(code)s.")
    ),
    "rules.changed": _logged(_("%(actor)s changed the rules of the city: %(fields)s.")),
    "post.held": _private(_("%(actor)s wrote %(number)s in %(thread)s; it waits for approval.")),
    "post.approved": _logged(_("%(actor)s approved %(number)s in %(thread)s.")),
    # Neither the author nor the thread is named in public; the author reads the answer.
    "post.refused": _logged(_("%(actor)s refused a post that waited for approval.")),
    "post.created": _private(_("%(actor)s wrote %(number)s in %(thread)s.")),
    "post.edited": _private(_("%(actor)s edited %(number)s in %(thread)s.")),
    # Nobody here hid these: they were hidden already in the archive they came from.
    "thread.came_hidden": _logged(_("%(thread)s came hidden from the archive.")),
    "post.came_hidden": _logged(_("%(number)s in %(thread)s came hidden from the archive.")),
    "post.hidden": _logged(_("%(actor)s hid %(number)s in %(thread)s.")),
    "post.restored": _logged(_("%(actor)s restored %(number)s in %(thread)s.")),
    # What personal content was erased for good; the chain keeps its hash.
    "event.erased": _logged(_("%(actor)s erased the content of act no. %(position)s.")),
    "revision.erased": _logged(_("%(actor)s erased version %(version)s of %(number)s in %(thread)s.")),
    "post.recommended": _private(_("%(actor)s recommended %(number)s in %(thread)s.")),
    "post.unrecommended": _private(_("%(actor)s withdrew a recommendation of %(number)s in %(thread)s.")),
    "poll.opened": _private(_("%(actor)s put the poll %(question)s into %(thread)s.")),
    "poll.added": _acted(
        _("%(actor)s put the poll %(question)s into %(thread)s."), _("%(actor)s put a poll into this thread.")
    ),
    "poll.changed": _private(_("%(actor)s changed the poll %(question)s in %(thread)s.")),
    # Names nobody, so that the record never says who voted when.
    "poll.ballot_cast": _private(_("A ballot was cast.")),
    "poll.closed": _acted(
        _("The poll %(question)s is closed; ballots: %(ballots)s."), _("The poll is closed; ballots: %(ballots)s.")
    ),
    "election.called": _logged(_("%(actor)s called a vote: %(office)s.")),
    "election.begun": _logged(_("A vote was called: %(office)s (%(cause)s).")),
    "election.voting": _logged(_("Voting has begun: %(office)s.")),
    "election.decided": _logged(_("The vote is decided: %(office)s – %(names)s.")),
    "election.failed": _logged(_("The vote ended without a result: %(office)s.")),
    "election.cancelled": _logged(_("%(actor)s cancelled the vote: %(office)s.")),
    "candidate.proposed": _private(_("%(actor)s proposed %(person)s as a candidate.")),
    "candidate.stood": _private(_("%(actor)s stands as a candidate.")),
    "candidate.withdrew": _private(_("%(actor)s does not stand as a candidate.")),
    "petition.started": _private(_("%(actor)s started a petition: %(office)s.")),
    "petition.signed": _private(_("%(actor)s signed a petition.")),
    "petition.unsigned": _private(_("%(actor)s took a signature back.")),
    "petition.carried": _logged(_("A petition was carried; signatures: %(signatures)s.")),
    "petition.lapsed": _private(_("A petition lapsed.")),
    "mayor.elected": _logged(_("%(person)s was elected mayor.")),
    "mayor.handed": _logged(_("%(actor)s handed the office of mayor over to %(person)s.")),
    "mayor.followed": _logged(_("%(person)s followed as mayor, being the deputy longest in office.")),
    "mayor.appointed": _logged(_("%(actor)s named %(person)s mayor.")),
    "mayor.warned": _private(_("%(person)s was told that the city waits for its mayor.")),
    "mayor.missing": _logged(_("The mayor is away and nobody can follow; the site's moderators were told.")),
    "officer.recalled": _logged(_("The citizens recalled %(person)s from office.")),
    "deputy.elected": _logged(_("%(person)s was elected deputy mayor.")),
    "deputy.ended": _logged(_("The term of %(person)s as deputy mayor ended.")),
    "handover.offered": _private(_("%(actor)s offered the office of mayor to %(person)s.")),
    "handover.accepted": _private(_("%(actor)s accepted the office of mayor.")),
    "handover.declined": _private(_("%(actor)s declined the office of mayor.")),
    "handover.withdrawn": _private(_("%(actor)s withdrew the offer of the office of mayor.")),
    "city.archived": _logged(_("%(actor)s archived the city.")),
    "city.reopened": _logged(_("%(actor)s opened the city again.")),
    "digest.created": _private(_("%(actor)s made a digest.")),
    "digest.changed": _private(_("%(actor)s changed a digest.")),
    "digest.deleted": _private(_("%(actor)s deleted a digest.")),
    "digest.added": _private(_("%(actor)s kept %(number)s in a digest.")),
    "digest.removed": _private(_("%(actor)s took %(number)s out of a digest.")),
    "watch.set": _private(_("%(actor)s watches something.")),
    "watch.ended": _private(_("%(actor)s stopped watching something.")),
    "roll.answered": _private(_("%(actor)s answered the roll call.")),
    "guestbook.written": _private(_("%(actor)s wrote in the guestbook.")),
    "log.marked_private": _logged(_("%(actor)s took names and content of an act out of the public log.")),
    "log.marked_public": _logged(_("%(actor)s put names and content of an act back into the public log.")),
    "guestbook.hidden": _logged(_("%(actor)s hid a line of %(person)s in the guestbook.")),
    "guestbook.restored": _logged(_("%(actor)s restored a line of %(person)s in the guestbook.")),
    "city.recommended": _private(_("%(actor)s recommended the city.")),
    "city.unrecommended": _private(_("%(actor)s withdrew a recommendation of the city.")),
    "notice.posted": _logged(_("%(actor)s posted the notice %(title)s.")),
    "notice.changed": _logged(_("%(actor)s changed the notice %(title)s.")),
    "notice.ended": _logged(_("%(actor)s ended the notice %(title)s.")),
    # Of the site: they stand in its own public log.
    "category.created": _logged(_("%(actor)s created the category %(category)s.")),
    "category.changed": _logged(_("%(actor)s changed the category %(category)s.")),
    "category.ordered": _logged(_("%(actor)s put the categories in a new order.")),
    "category.deleted": _logged(_("%(actor)s deleted the empty category %(category)s.")),
    "moderator.named": _logged(_("%(actor)s named %(person)s a moderator of the site.")),
    "moderator.dismissed": _logged(_("%(actor)s dismissed %(person)s as a moderator of the site.")),
}
