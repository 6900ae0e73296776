"""THE table of news: what each kind says to the person who hears it, what it leads to, and what stands together."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class News:
    """One kind of news: `words` is its sentence. It may use %(who)s, %(thread)s and %(city)s.

    `leads_to` names the page it opens: post, thread, city, hall (the applications in city hall), queue (a report in its
    queue) or reports (one's own). News that
    are `bundled` by thread or by post stand in one line with those of the same kind; others stand alone.
    """

    words: Promise | str
    leads_to: str
    bundled: str = ""


NEWS: dict[str, News] = {
    "addressed": News(_("%(who)s replied to you in %(thread)s."), "post", bundled="thread"),
    "reply": News(_("%(who)s replied in your thread %(thread)s."), "post", bundled="thread"),
    "watched": News(_("%(who)s wrote in %(thread)s."), "post", bundled="thread"),
    "thread": News(_("%(who)s started %(thread)s in %(city)s."), "thread"),
    "recommended": News(_("%(who)s recommended your post in %(thread)s."), "post", bundled="post"),
    "post_hidden": News(_("%(who)s hid your post in %(thread)s."), "post"),
    "post_restored": News(_("%(who)s restored your post in %(thread)s."), "post"),
    "thread_hidden": News(_("%(who)s hid your thread %(thread)s."), "thread"),
    "thread_restored": News(_("%(who)s restored your thread %(thread)s."), "thread"),
    "thread_locked": News(_("%(who)s locked your thread %(thread)s."), "thread"),
    "thread_unlocked": News(_("%(who)s unlocked your thread %(thread)s."), "thread"),
    "thread_featured": News(_("%(who)s featured your thread %(thread)s."), "thread"),
    "thread_pinned": News(_("%(who)s pinned your thread %(thread)s."), "thread"),
    "thread_merged": News(_("%(who)s merged your thread into %(thread)s."), "post"),
    "thread_unmerged": News(_("%(who)s took your thread %(thread)s out of another thread again."), "thread"),
    "posts_split": News(_("%(who)s split posts of yours off %(thread)s into another thread."), "thread"),
    "thread_moved": News(_("%(who)s moved your thread %(thread)s to another board."), "thread"),
    "applied": News(_("%(who)s applied to join %(city)s."), "hall"),
    "accepted": News(_("%(who)s admitted you to %(city)s. Welcome!"), "city"),
    "refused": News(_("%(who)s refused your application to join %(city)s."), "city"),
    "reported": News(_("A report waits for your decision in %(city)s."), "queue"),
    "passed_on": News(_("A report in %(city)s waits for the site's moderators."), "queue"),
    "report_upheld": News(_("%(who)s upheld your report in %(city)s."), "reports"),
    "report_dismissed": News(_("%(who)s dismissed your report in %(city)s."), "reports"),
    "named": News(_("%(who)s named you deputy mayor of %(city)s."), "city"),
    "dismissed": News(_("%(who)s dismissed you as deputy mayor of %(city)s."), "city"),
}
