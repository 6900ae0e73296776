"""Events in words: one sentence each, with links to what it is about. Output only, never a query."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import template
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from accounts.dates import say_moment
from accounts.models import User
from forum.events import KINDS
from forum.models import City, Election, Event, Rules
from forum.permissions.roles import ABILITIES
from forum.templatetags.sanctions import decision_words, place_in_log

register = template.Library()

# What is stored as a code and said in words.
CODES = {"office": Election.Office, "cause": Election.Cause}

# What stands for names that an officer keeps out of the public log.
KEPT_OUT = {
    "person": gettext_lazy("somebody"),
    "thread": gettext_lazy("a thread"),
    "number": gettext_lazy("a post"),
    "posts": gettext_lazy("posts"),
    "other": gettext_lazy("another thread"),
}
NOT_SAID = "…"


@register.simple_tag
def event_words(event: Event, shown: bool = True, here: bool = False, told: bool = True) -> SafeString:
    """Return the sentence of an event as safe HTML, its names being links.

    With `shown=False` the reader may not see the thread it concerns: neither title nor address is said.
    With `here=True` the sentence stands in the thread itself. With `told=False` names and content of the act are kept
    out of the public log: who acted and what was done is said, not to whom or what. The event's actor, person,
    thread, board and city must be loaded already.
    """
    kind = KINDS[event.kind]
    words = kind.here if here and kind.here else kind.words
    places = _Places(event, shown, told)
    return mark_safe(str(conditional_escape(str(words))) % places)  # noqa: S308 - all parts are escaped


class _Places:
    """What stands in the places of a sentence; only what the sentence asks for is looked at."""

    def __init__(self, event: Event, shown: bool, told: bool) -> None:
        self.event, self.shown, self.told = event, shown, told

    def __getitem__(self, name: str) -> SafeString:
        event = self.event
        if not self.told and name in KEPT_OUT:
            return _text(KEPT_OUT[name])
        match name:
            case "actor" | "person":
                return _person(getattr(event, name))
            case "thread":
                return _thread(event, self.shown)
            case "board":
                return _board(event)
            case "number":
                return _number(event, self.shown)
            case "decision":
                return _decision(event)
            case "other":
                return _other(event)
            case "posts" if not event.data.get("posts"):
                return _text(KEPT_OUT["posts"])  # an archive does not say which
            case _:
                return self._said(name)

    def _said(self, name: str) -> SafeString:
        """Return what the data of the event says; nothing of what was erased, is kept out, or stands in the thread."""
        value = self.event.data.get(name)
        is_kept = not (self.told or _names_nobody(name, value)) or (name == "question" and not self.shown)
        return _text(NOT_SAID) if value is None or is_kept else conditional_escape(_plain(name, value))


def _names_nobody(name: str, value: Any) -> bool:
    return name in ("until", "fields", "abilities", *CODES) or isinstance(value, int)


def _plain(name: str, value: Any) -> str:
    if name == "posts":
        return _("posts %(numbers)s") % {"numbers": value}
    if name == "until":
        return say_moment(datetime.fromisoformat(value))
    if name == "fields":
        return _listed(_field(field) for field in value)
    if name in CODES:
        return str(CODES[name](value).label)
    if name == "names":
        return _listed(value)
    if name == "abilities":
        return _listed(str(ABILITIES[name].label) for name in value) or pgettext("none of the abilities", "nothing")
    return number_format(value, force_grouping=True) if isinstance(value, int) else str(value)


def _listed(items: Iterable[str]) -> str:
    return pgettext("between the items of a list", ", ").join(items)


def _field(name: str) -> str:
    model = Rules if name in {field.name for field in Rules._meta.fields} else City
    return str(getattr(model._meta.get_field(name), "verbose_name", name))


def _link(address: str, text: object) -> SafeString:
    return format_html('<a class="ink" href="{}">{}</a>', address, text)


def _person(person: User | None) -> SafeString:
    if person is None:
        return conditional_escape(_("Somebody"))
    return _link(reverse("person", args=[person.username]), person.name)


def _decision(event: Event) -> SafeString:
    words, address = decision_words(event.data.get("decision", "")), place_in_log(event)
    return _link(address, words) if address else _text(words)


def _thread(event: Event, shown: bool) -> SafeString:
    if event.thread is None or not shown:
        if event.thread and event.thread.merged_into_id:  # its address leads on, for whoever may see the other one
            return _link(reverse("thread", args=[event.thread.pk]), _("a thread merged into another"))
        return conditional_escape(
            _("a thread") if event.kind in ("thread.hidden", "thread.came_hidden") else _("a hidden thread")
        )
    return _link(reverse("thread", args=[event.thread.pk]), event.thread.title)


def _other(event: Event) -> SafeString:
    """Return the way to the other thread of a merge or split; its title may be hidden by now, so it is not said."""
    other = event.data.get("other")
    return _link(reverse("thread", args=[other]), _("another thread")) if other else _text(_("another thread"))


def _text(words: str | Promise) -> SafeString:
    return conditional_escape(str(words))


def _board(event: Event) -> SafeString:
    name = event.data.get("board_name", "")
    if event.board is None or event.city is None:
        return conditional_escape(name)
    return _link(reverse("board", args=[event.city.slug, event.board.slug]), name or event.board.name)


def _number(event: Event, shown: bool) -> SafeString:
    words = conditional_escape(_("post %(number)s") % {"number": event.data.get("number", "")})
    return _link(reverse("post", args=[event.post_id]), words) if event.post_id and shown else words
