"""THE table of what the queue decides: each decision, what it is for and the ability it needs."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forum.models import Application, Case, City, Hold, Post, Thread
from forum.permissions.posts import can_moderate_post
from forum.permissions.reports import can_decide_case, can_decide_here, can_escalate_case, subject_of
from forum.permissions.roles import Viewer
from forum.permissions.rules import can_decide_hold
from forum.permissions.sanctions import can_sanction_person
from forum.permissions.threads import can_moderate_thread
from forum.permissions.verdicts import ALLOWED, Verdict, denied

type Decidable = Case | Hold | Application

POST, THREAD, PERSON, CITY, HELD, APPLICATION = "post", "thread", "person", "city", "held", "application"
_REPORTED = frozenset({POST, THREAD, PERSON, CITY})
_TEXTS, _PEOPLE = frozenset({POST, THREAD}), frozenset({POST, THREAD, PERSON})

NOT_FOR_THIS = _("This decision is not one for this kind of thing.")


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: the words of its button, what it does, its key, what it is for, and the ability it needs.

    One that is `together` may be taken about several things at once. Every decision about a report also needs the
    ability to decide reports, and closes them: all but `dismiss` as upheld.
    """

    name: str
    label: Promise | str
    effect: Promise | str
    key: str
    ability: str
    things: frozenset[str]
    together: bool = True


TABLE: tuple[Decision, ...] = (
    Decision("approve", _("Approve"), _("The post is shown."), "a", "approve", frozenset({HELD})),
    Decision(
        "refuse",
        pgettext_lazy("a post", "Refuse"),
        _("The post stays hidden, and its author reads why."),
        "r",
        "approve",
        frozenset({HELD}),
    ),
    Decision("admit", _("Admit"), _("The applicant is a citizen."), "a", "admit", frozenset({APPLICATION})),
    Decision(
        "turn_down",
        pgettext_lazy("an application", "Refuse"),
        _("The application is refused."),
        "r",
        "admit",
        frozenset({APPLICATION}),
    ),
    Decision(
        "dismiss",
        pgettext_lazy("a report", "Dismiss"),
        _("The report is dismissed; everything stays as it is."),
        "d",
        "review",
        _REPORTED,
    ),
    Decision("hide", _("Hide"), _("It is hidden, and the report upheld."), "h", "hide", _TEXTS),
    Decision("lock", _("Lock"), _("The thread is locked, and the report upheld."), "l", "lock", _TEXTS),
    Decision(
        "move",
        pgettext_lazy("a thread", "Move"),
        _("The thread is moved, and the report upheld."),
        "v",
        "move",
        _TEXTS,
        together=False,
    ),
    Decision("warn", _("Warn"), _("The person is warned, and the report upheld."), "w", "sanction", _PEOPLE),
    Decision(
        "mute",
        pgettext_lazy("a person", "Mute"),
        _("The person is muted in this city, and the report upheld."),
        "m",
        "sanction",
        _PEOPLE,
    ),
    Decision(
        "ban", _("Ban"), _("The person is banned from this city, and the report upheld."), "b", "sanction", _PEOPLE
    ),
    Decision(
        "uphold",
        _("Uphold"),
        _("The report is upheld, without anything else being done."),
        "u",
        "review",
        _REPORTED,
    ),
    Decision(
        "escalate",
        _("Pass on to the site"),
        _("The site's moderators decide; it leaves this queue."),
        "e",
        "review",
        _REPORTED,
    ),
)
DECISIONS: dict[str, Decision] = {decision.name: decision for decision in TABLE}
SANCTIONS = ("warn", "mute", "ban")


def kind_of(thing: Decidable) -> str:
    """Return what kind of thing waits: of a case, what it is about."""
    if isinstance(thing, Hold):
        return HELD
    if isinstance(thing, Application):
        return APPLICATION
    if thing.post_id:
        return POST
    return THREAD if thing.thread_id else PERSON if thing.person_id else CITY


def thread_of(case: Case) -> Thread | None:
    """Return the thread that the case concerns, that of its post or its own."""
    return case.post.thread if case.post else case.thread


def can_decide_kind(viewer: Viewer, city: City, ability: str) -> Verdict:
    """Return whether the viewer may decide, with this ability, anything that waits in the city."""
    if viewer.may(ability, city):
        return ALLOWED
    return denied(_("Only the mayor of this city and the deputy mayors to whom it is entrusted decide this."))


def can_take_decision(viewer: Viewer, decision: Decision, thing: Decidable, *, rank: int = 0) -> Verdict:
    """Return whether the viewer may decide so about the thing, as it stands now.

    The thing must be loaded with city, post and thread; `rank` is that of the person under report (see ranks_in).
    """
    if kind_of(thing) not in decision.things:
        return denied(NOT_FOR_THIS)
    if isinstance(thing, Hold):
        return can_decide_hold(viewer, thing)
    if isinstance(thing, Application):
        verdict = can_decide_kind(viewer, thing.city, decision.ability)
        return can_decide_here(viewer, thing.city) if verdict else verdict
    verdict = (can_escalate_case if decision.name == "escalate" else can_decide_case)(viewer, thing)
    return _can_act(viewer, decision, thing, rank) if verdict else verdict


def _can_act(viewer: Viewer, decision: Decision, case: Case, rank: int) -> Verdict:
    """Return whether the act that goes with the decision may be done, and would change anything."""
    thread, what, subject = thread_of(case), case.post or case.thread, subject_of(case)
    if decision.ability == "sanction" and subject is not None:
        return can_sanction_person(viewer, case.city, subject, rank=rank)
    if decision.name == "hide" and what and what.is_hidden:
        return denied(_("This is hidden already."))
    if decision.name == "hide" and isinstance(what, Post):
        return can_moderate_post(viewer, what)
    if decision.name == "lock" and thread and thread.is_locked:
        return denied(_("The thread is locked already."))
    if thread and decision.ability in ("hide", "lock", "move"):
        return can_moderate_thread(viewer, thread, decision.ability)
    return ALLOWED
