"""What is reported, sanctioned and appealed against; what is erased, or kept out of the public log."""

from django.utils.translation import gettext_lazy as _

from forum.events.kinds.kind import logged, private

KINDS = {
    "report.filed": private(_("%(actor)s reported something.")),
    "report.withdrawn": private(_("%(actor)s withdrew a report.")),
    # Neither who reported nor what is named in public; an act that followed stands beside it.
    "case.upheld": logged(_("%(actor)s upheld a report.")),
    "case.dismissed": logged(_("%(actor)s dismissed a report.")),
    "case.escalated": logged(_("%(actor)s passed a report on to the site's moderators.")),
    "sanction.warned": logged(_("%(actor)s warned %(person)s.")),
    "sanction.muted": logged(_("%(actor)s muted %(person)s.")),
    "sanction.banned": logged(_("%(actor)s banned %(person)s from the city.")),
    "sanction.suspended": logged(_("%(actor)s suspended %(person)s from the whole site.")),
    "sanction.lifted": logged(_("%(actor)s lifted the sanction on %(person)s.")),
    "appeal.made": private(_("%(actor)s appealed against a decision.")),
    "appeal.withdrawn": private(_("%(actor)s withdrew an appeal.")),
    # Who appeals is not named in public; the decision is, and it names what it names.
    "appeal.passed_on": logged(_("%(actor)s passed an appeal against %(decision)s on to the site's moderators.")),
    "appeal.granted": logged(_("%(actor)s granted an appeal against %(decision)s.")),
    "appeal.refused": logged(_("%(actor)s refused an appeal against %(decision)s.")),
    # What personal content was erased for good; the chain keeps its hash.
    "event.erased": logged(_("%(actor)s erased the content of act no. %(position)s.")),
    "revision.erased": logged(_("%(actor)s erased version %(version)s of %(number)s in %(thread)s.")),
    # The same by somebody who closes their account; the log shows that they did, not every text.
    "event.taken_back": private(_("%(actor)s took back the content of act no. %(position)s.")),
    "post.taken_back": private(_("%(actor)s took back the text of %(number)s in %(thread)s.")),
    "log.marked_private": logged(_("%(actor)s took names and content of an act out of the public log.")),
    "log.marked_public": logged(_("%(actor)s put names and content of an act back into the public log.")),
}
