"""What citizens decide: polls, elections, petitions, and who follows a mayor."""

from django.utils.translation import gettext_lazy as _

from forum.events.kinds.kind import acted, logged, private

KINDS = {
    "poll.opened": private(_("%(actor)s put the poll %(question)s into %(thread)s.")),
    "poll.added": acted(
        _("%(actor)s put the poll %(question)s into %(thread)s."), _("%(actor)s put a poll into this thread.")
    ),
    "poll.changed": private(_("%(actor)s changed the poll %(question)s in %(thread)s.")),
    # Names nobody, so that the record never says who voted when.
    "poll.ballot_cast": private(_("A ballot was cast.")),
    "poll.closed": acted(
        _("The poll %(question)s is closed; ballots: %(ballots)s."), _("The poll is closed; ballots: %(ballots)s.")
    ),
    "election.called": logged(_("%(actor)s called a vote: %(office)s.")),
    "election.begun": logged(_("A vote was called: %(office)s (%(cause)s).")),
    "election.voting": logged(_("Voting has begun: %(office)s.")),
    "election.decided": logged(_("The vote is decided: %(office)s – %(names)s.")),
    "election.failed": logged(_("The vote ended without a result: %(office)s.")),
    "election.cancelled": logged(_("%(actor)s cancelled the vote: %(office)s.")),
    "candidate.proposed": private(_("%(actor)s proposed %(person)s as a candidate.")),
    "candidate.stood": private(_("%(actor)s stands as a candidate.")),
    "candidate.withdrew": private(_("%(actor)s does not stand as a candidate.")),
    "petition.started": private(_("%(actor)s started a petition: %(office)s.")),
    "petition.signed": private(_("%(actor)s signed a petition.")),
    "petition.unsigned": private(_("%(actor)s took a signature back.")),
    "petition.carried": logged(_("A petition was carried; signatures: %(signatures)s.")),
    "petition.lapsed": private(_("A petition lapsed.")),
    "mayor.elected": logged(_("%(person)s was elected mayor.")),
    "mayor.handed": logged(_("%(actor)s handed the office of mayor over to %(person)s.")),
    "mayor.followed": logged(_("%(person)s followed as mayor, being the deputy longest in office.")),
    "mayor.appointed": logged(_("%(actor)s named %(person)s mayor.")),
    "mayor.warned": private(_("%(person)s was told that the city waits for its mayor.")),
    "mayor.missing": logged(_("The mayor is away and nobody can follow; the site's moderators were told.")),
    "officer.recalled": logged(_("The citizens recalled %(person)s from office.")),
    "handover.offered": private(_("%(actor)s offered the office of mayor to %(person)s.")),
    "handover.accepted": private(_("%(actor)s accepted the office of mayor.")),
    "handover.declined": private(_("%(actor)s declined the office of mayor.")),
    "handover.withdrawn": private(_("%(actor)s withdrew the offer of the office of mayor.")),
    "deputy.elected": logged(_("%(person)s was elected deputy mayor.")),
    "deputy.ended": logged(_("The term of %(person)s as deputy mayor ended.")),
}
