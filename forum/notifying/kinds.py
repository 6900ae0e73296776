"""THE table of news: what each kind says to the person who hears it, what it leads to, and what stands together."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class News:
    """One kind of news: `words` is its sentence. It may use %(who)s, %(thread)s and %(city)s.

    `leads_to` names the page it opens: post, thread, city, hall (the applications in city hall), queue (a report in its
    queue), reports (one's own), decisions (about oneself), appeal (the page that decides it),
    election, handover (of the office of mayor), succession, drafts, conversation or message_report. News that are
    `bundled` by thread, post or conversation stand in one line with those of the same kind; others stand alone. What
    `is_decision` is about the hearer, who may appeal against it.
    """

    words: Promise | str
    leads_to: str
    bundled: str = ""
    is_decision: bool = False


NEWS: dict[str, News] = {
    "addressed": News(_("%(who)s replied to you in %(thread)s."), "post", bundled="thread"),
    "mention": News(_("%(who)s mentioned you in %(thread)s."), "post", bundled="thread"),
    "reply": News(_("%(who)s replied in your thread %(thread)s."), "post", bundled="thread"),
    "person_wrote": News(_("%(who)s, whom you watch, wrote in %(thread)s."), "post", bundled="thread"),
    "watched": News(_("%(who)s wrote in %(thread)s."), "post", bundled="thread"),
    "person_started": News(_("%(who)s, whom you watch, started %(thread)s in %(city)s."), "thread"),
    "thread": News(_("%(who)s started %(thread)s in %(city)s."), "thread"),
    "recommended": News(_("%(who)s recommended your post in %(thread)s."), "post", bundled="post"),
    "post_hidden": News(_("%(who)s hid your post in %(thread)s."), "post", is_decision=True),
    "post_restored": News(_("%(who)s restored your post in %(thread)s."), "post"),
    "thread_hidden": News(_("%(who)s hid your thread %(thread)s."), "thread", is_decision=True),
    "thread_restored": News(_("%(who)s restored your thread %(thread)s."), "thread"),
    "thread_locked": News(_("%(who)s locked your thread %(thread)s."), "thread"),
    "thread_unlocked": News(_("%(who)s unlocked your thread %(thread)s."), "thread"),
    "thread_featured": News(_("%(who)s featured your thread %(thread)s."), "thread"),
    "thread_pinned": News(_("%(who)s pinned your thread %(thread)s."), "thread"),
    "thread_merged": News(_("%(who)s merged your thread into %(thread)s."), "post"),
    "thread_unmerged": News(_("%(who)s took your thread %(thread)s out of another thread again."), "thread"),
    "posts_split": News(_("%(who)s split posts of yours off %(thread)s into another thread."), "thread"),
    "thread_moved": News(_("%(who)s moved your thread %(thread)s to another board."), "thread"),
    "held": News(_("A post of %(who)s in %(thread)s waits for approval."), "hold"),
    "approved": News(_("%(who)s approved your post in %(thread)s."), "post"),
    "post_refused": News(_("%(who)s refused your post in %(thread)s."), "post", is_decision=True),
    "applied": News(_("%(who)s applied to join %(city)s."), "hall"),
    "accepted": News(_("%(who)s admitted you to %(city)s. Welcome!"), "city"),
    "refused": News(_("%(who)s refused your application to join %(city)s."), "city", is_decision=True),
    "warned": News(_("%(who)s warned you in %(city)s."), "decisions", is_decision=True),
    "muted": News(_("%(who)s muted you in %(city)s."), "decisions", is_decision=True),
    "banned": News(_("%(who)s banned you from %(city)s."), "decisions", is_decision=True),
    "suspended": News(_("%(who)s suspended %(account)s from the whole site."), "decisions", is_decision=True),
    "lifted": News(_("%(who)s lifted a sanction on you in %(city)s."), "decisions"),
    "unsuspended": News(_("%(who)s lifted the suspension of %(account)s."), "decisions"),
    "appealed": News(_("An appeal waits for a decision in %(city)s."), "appeal"),
    "appealed_to_site": News(_("%(appeal)s against a suspension waits for the site's moderators."), "appeal"),
    "appeal_granted": News(_("%(who)s granted your appeal in %(city)s."), "decisions"),
    "appeal_refused": News(_("%(who)s refused your appeal in %(city)s."), "decisions"),
    "suspension_ended": News(_("%(who)s granted your appeal: %(account)s is no longer suspended."), "decisions"),
    "suspension_upheld": News(_("%(who)s refused your appeal: %(account)s stays suspended."), "decisions"),
    "reported": News(_("A report waits for your decision in %(city)s."), "queue"),
    "passed_on": News(_("A report in %(city)s waits for the site's moderators."), "queue"),
    "report_upheld": News(_("%(who)s upheld your report in %(city)s."), "reports"),
    "report_dismissed": News(_("%(who)s dismissed your report in %(city)s."), "reports"),
    "returned": News(_("A text of yours could not appear at its time. Your drafts say why."), "drafts"),
    "poll_closed": News(_("The poll in your thread %(thread)s is closed."), "thread"),
    "vote_called": News(_("A vote has been called in %(city)s, and you are on its roll."), "election"),
    "voting": News(_("Voting has begun in %(city)s."), "election"),
    "vote_decided": News(_("A vote in %(city)s has ended."), "election"),
    "vote_cancelled": News(_("%(who)s cancelled a vote in %(city)s."), "election"),
    "proposed": News(_("%(who)s proposed you as a candidate in %(city)s. You decide whether to stand."), "election"),
    "office_offered": News(_("%(who)s offers you the office of mayor of %(city)s."), "handover"),
    "office_accepted": News(_("%(who)s accepted the office of mayor of %(city)s."), "city"),
    "office_declined": News(_("%(who)s declined the office of mayor of %(city)s."), "city"),
    "office_withdrawn": News(_("%(who)s no longer offers you the office of mayor of %(city)s."), "city"),
    "became_mayor": News(_("You are the mayor of %(city)s now."), "city"),
    "waited_for": News(_("%(city)s waits for its mayor: come by within two weeks, or somebody else follows."), "city"),
    "mayor_missing": News(_("%(city)s has no mayor who comes, and nobody who can follow."), "succession"),
    "recalled": News(_("The citizens of %(city)s recalled you from office."), "election"),
    "elected_deputy": News(_("You were elected deputy mayor of %(city)s."), "city"),
    "term_ended": News(_("Your term as deputy mayor of %(city)s has ended."), "city"),
    "named": News(_("%(who)s named you deputy mayor of %(city)s."), "city"),
    "dismissed": News(_("%(who)s dismissed you as deputy mayor of %(city)s."), "city"),
    "entrusted": News(_("%(who)s changed what you may do as deputy mayor of %(city)s."), "city"),
    "message": News(_("%(who)s sent you %(messages)s."), "conversation", bundled="conversation"),
    "added": News(_("%(who)s added you to %(conversation)s."), "conversation"),
    "message_reported": News(_("%(reported)s waits for the site's moderators."), "message_report"),
    "message_upheld": News(_("%(who)s upheld %(report)s."), "reports"),
    "message_dismissed": News(_("%(who)s dismissed %(report)s."), "reports"),
}
