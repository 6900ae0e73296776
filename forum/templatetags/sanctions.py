"""Sanctions and decisions in words: why, until when, and what an appeal is against. Output only, never a query."""

from dataclasses import dataclass
from datetime import datetime

from django import template
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from forum.models import City, Event, Sanction

register = template.Library()

# What an appeal is against, as it stands in a sentence.
DECISIONS: dict[str, Promise | str] = {
    "sanction.warned": _("a warning"),
    "sanction.muted": _("a mute"),
    "sanction.banned": _("a ban"),
    "sanction.suspended": _("a suspension"),
    "post.hidden": _("the hiding of a post"),
    "thread.hidden": _("the hiding of a thread"),
    "post.refused": _("the refusal of a post"),
    "application.refused": _("the refusal of an application"),
}


@dataclass(frozen=True, slots=True)
class Terms:
    """The reason of a sanction from the list, and its end; `is_lasting` for one that has an end or none at all."""

    reason: str
    until: datetime | None
    is_lasting: bool


@register.filter
def terms(event: Event) -> Terms | None:
    """Return the terms of the sanction that the event imposed, None for any other event."""
    if "why" not in event.data or not event.kind.startswith("sanction."):
        return None
    why = event.data["why"]
    label = Sanction.Reason(why).label if why in Sanction.Reason.values else why
    return Terms(str(label), parse_datetime(event.data.get("until") or ""), event.kind != "sanction.warned")


@register.simple_tag
def hall_url(name: str, city: City | None, *args: object) -> str:
    """Return the address of a page of city hall, or of its likeness for the site's moderators when there is no city."""
    if not city:
        return reverse("site_hall" if name == "queue" else f"site_{name}", args=args)
    return reverse("hall" if name == "queue" else f"hall_{name}", args=[city.slug, *args])


@register.filter
def decision_words(kind: str) -> Promise | str:
    """Return what stands for a decision of the kind in a sentence."""
    return DECISIONS.get(kind, _("a decision"))


@register.filter
def place_in_log(event: Event) -> str:
    """Return the address in the public log of the decision that an event about an appeal names; empty when in none."""
    pk = event.data.get("event")
    return reverse("log_event", args=[event.city.slug, pk]) if event.city and pk else ""
