"""THE table of what the queue decides: each decision, what it is for and the ability it needs."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forum.models import Application, Case, City, Hold, Post, Thread
from forum.permissions.posts import can_moderate_post
from forum.permissions.reports import can_decide_case, can_decide_here, can_escalate_case, subject_of
from forum.permissions.roles import Viewer
from forum.permissions.threads import can_moderate_thread
from forum.permissions.verdicts import ALLOWED, Verdict, denied

type Decidable = Case | Hold | Application

POST, THREAD, PERSON, CITY, HELD, APPLICATION = "post", "thread", "person", "city", "held", "application"
_REPORTED = (POST, THREAD, PERSON, CITY)

NOT_FOR_THIS = _("This decision is not one for this kind of thing.")


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: the words of its button, the key that opens it, what it is for, and the ability it needs.

    One that is `together` may be taken about several things at once. Every decision about a report also needs the
    ability to decide reports, and closes them: all but `dismiss` as upheld.
    """

    name: str
    label: Promise | str
    key: str
    things: frozenset[str]
    ability: str
    together: bool = True


def _decision(name: str, label: Promise | str, key: str, ability: str, *things: str, together: bool = True) -> Decision:
    return Decision(name, label, key, frozenset(things), ability, together)


TABLE: tuple[Decision, ...] = (
    _decision("approve", _("Approve"), "a", "approve", HELD),
    _decision("refuse", pgettext_lazy("a post", "Refuse"), "r", "approve", HELD),
    _decision("admit", _("Admit"), "a", "admit", APPLICATION),
    _decision("turn_down", pgettext_lazy("an application", "Refuse"), "r", "admit", APPLICATION),
    _decision("dismiss", pgettext_lazy("a report", "Dismiss"), "d", "review", *_REPORTED),
    _decision("hide", _("Hide"), "h", "hide", POST, THREAD),
    _decision("lock", _("Lock"), "l", "lock", POST, THREAD),
    _decision("move", _("Move"), "v", "move", POST, THREAD, together=False),
    _decision("warn", _("Warn"), "w", "sanction", POST, THREAD, PERSON),
    _decision("mute", pgettext_lazy("to mute a person", "Mute"), "m", "sanction", POST, THREAD, PERSON),
    _decision("ban", _("Ban"), "b", "sanction", POST, THREAD, PERSON),
    _decision("uphold", _("Right, and settled"), "u", "review", *_REPORTED),
    _decision("escalate", _("Pass on to the site"), "e", "review", *_REPORTED),
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


def can_take_decision(viewer: Viewer, decision: Decision, thing: Decidable) -> Verdict:
    """Return whether the viewer may decide so about the thing, as it stands now.

    The thing must be loaded with city, post and thread.
    """
    if kind_of(thing) not in decision.things:
        return denied(NOT_FOR_THIS)
    if not isinstance(thing, Case):
        verdict = can_decide_kind(viewer, thing.city, decision.ability)
        return can_decide_here(viewer, thing.city) if verdict else verdict
    verdict = (can_escalate_case if decision.name == "escalate" else can_decide_case)(viewer, thing)
    return _can_act(viewer, decision, thing) if verdict else verdict


def _can_act(viewer: Viewer, decision: Decision, case: Case) -> Verdict:
    """Return whether the act that goes with the decision may be done, and would change anything."""
    thread, what = thread_of(case), case.post or case.thread
    if decision.name == "hide" and what and what.is_hidden:
        return denied(_("This is hidden already."))
    if decision.name == "hide" and isinstance(what, Post):
        return can_moderate_post(viewer, what)
    if decision.name == "lock" and thread and thread.is_locked:
        return denied(_("The thread is locked already."))
    if thread and decision.ability in ("hide", "lock", "move"):
        return can_moderate_thread(viewer, thread, decision.ability)
    if decision.ability == "sanction":
        return _can_sanction(viewer, decision, case)
    return can_decide_case(viewer, case)


def _can_sanction(viewer: Viewer, decision: Decision, case: Case) -> Verdict:
    if not viewer.may("sanction", case.city):
        return denied(_("Only the mayor of this city and the deputy mayors to whom it is entrusted sanction people."))
    if subject_of(case) is None:
        return denied(NOT_FOR_THIS)
    return can_decide_here(viewer, case.city)
