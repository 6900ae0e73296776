"""What was decided about people in the world of the table: sanctions, appeals, and the states that sanctions make."""

from collections.abc import Callable
from typing import Any

from accounts.models import User
from forum.actions.appeals import appeal_decision
from forum.actions.sanctions import impose_sanction
from forum.models import Event, Sanction
from tests.world import World, make_person


class Decided:
    """A warning to Cai by the mayor; a mute of the applicant and a suspension of Sue, who both appeal."""

    def __init__(self, world: World, applicant: User) -> None:
        warning = impose_sanction(world.stoneferry, by=world.mei, person=world.cai, kind="warning", reason="off_topic")
        self.decision = Event.objects.get(sanction=warning)
        self.mute = impose_sanction(world.stoneferry, by=world.mei, person=applicant, kind="mute", reason="spam")
        self.appeal = appeal_decision(Event.objects.get(sanction=self.mute), by=applicant, words="It was no spam.")
        sue = make_person("sue")
        self.suspension = impose_sanction(None, by=world.ada, person=sue, kind="suspension", reason="spam")
        self.petition = appeal_decision(Event.objects.get(sanction=self.suspension), by=sue, words="It was no spam.")

    def arguments(self) -> dict[str, Any]:
        """Return what the addresses are made of, by the names the URL patterns use."""
        return {
            "decision": self.decision.pk,
            "sanction": self.mute.pk,
            "appeal": self.appeal.pk,
            "suspension": self.suspension.pk,
            "site_appeal": self.petition.pk,
        }

    def sent(self) -> dict[str, dict[str, Any]]:
        """Return the rightly filled-in forms."""
        mute = {"person": "coco", "kind": "mute", "length": "7", "reason": "abuse"}
        answer = {"decision": "refuse", "answer": "It was spam."}
        return {
            "hall_sanction_new": mute,
            "site_sanction_new": {"person": "coco", "length": "7", "reason": "abuse"},
            "hall_appeal": answer,
            "site_appeal": answer,
            "me_appeal": {"words": "It was not off the topic."},
        }


def _on(name: str, kind: str, by: str = "mei") -> Callable[[Any], object]:
    """Return what brings the world into the state in which a sanction lies on somebody."""

    def sanction(places: Any) -> Sanction:
        world: World = places.world
        city = None if kind == "suspension" else world.stoneferry
        officer, person = getattr(world, by), getattr(world, name)
        return impose_sanction(city, by=officer, person=person, kind=kind, reason="abuse")

    return sanction


SANCTIONED: dict[str, Callable[[Any], object]] = {
    "the citizen is muted": _on("coco", "mute"),
    "the citizen is banned": _on("coco", "ban"),
    "the citizen is suspended": _on("coco", "suspension", by="ada"),
    "the deputy is banned": _on("dan", "ban"),
    "the mayor is muted": _on("mei", "mute", by="ada"),
}
