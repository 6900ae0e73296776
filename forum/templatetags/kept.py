"""Parts of pages that are written once and shown again: {% kept "name" what it depends on … %} … {% endkept %}.

{% kepteach thing in things %} … {% endkepteach %} does so with each of several things that have a `key`.
{% own "name" %} … {% endown %} is what differs between the readers of a page that is kept whole (views/wholes.py).
"""

from collections.abc import Hashable
from typing import Any

from django import template
from django.http import HttpRequest
from django.template import Context, Node, NodeList, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, Token
from django.utils import timezone
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from accounts.dates import calendar_now
from accounts.tokens import has_session
from forum.caching.pieces import BEGIN, END, keep_piece, kept_piece, stand_in

register = template.Library()

# What may differ from page to page within a part, by its name in the context: the token of forms, the address to come
# back to, that address within another one, and the fresh marks of a form.
PLACES = ("csrf_token", "here", "here_quoted")
FRESH = len(PLACES)
# On a page that many share: what stands there is given for each of them.
OWN = ("reader", "name", "profile", "news", "unread", "watch", "mark", "opener", "rows", "ends", "pages", "rail")
# And where a visitor's page of a thread is made anew after a change: what did change is given.
CHANGING = ("description", "modified", "facts", "posts", "pagination", "beside", "bar", "data")
_FIRST_OWN = FRESH + 2


def place_of(own: str) -> int:
    """Return the place of what is a reader's own."""
    return _FIRST_OWN + (*OWN, *CHANGING).index(own)


NUMBER_OF_PLACES = _FIRST_OWN + len(OWN) + len(CHANGING)


class KeptNode(Node):
    """A part of a page, written when nothing is kept under what it depends on."""

    def __init__(self, nodelist: NodeList, name: str, inputs: list[FilterExpression]) -> None:
        self.nodelist, self.name, self.inputs = nodelist, name, inputs

    def render(self, context: Context) -> str:
        """Return the part; the first input is None for what is not to be kept."""
        inputs = [one.resolve(context, ignore_failures=True) for one in self.inputs]
        if inputs[0] is None or "request" not in context:
            return self.nodelist.render(context)
        key = (*_around(self.name, context), *inputs)
        piece = kept_piece(key) or keep_piece(key, lambda: _written(self.nodelist, context))
        return mark_safe(piece.filled(_Values(context)))  # noqa: S308 - written by a template


class KeptEachNode(Node):
    """A loop whose turns are parts, each kept by the `key` of its thing; None is for what is not to be kept."""

    def __init__(self, nodelist: NodeList, name: str, things: FilterExpression) -> None:
        self.nodelist, self.name, self.things = nodelist, name, things

    def render(self, context: Context) -> str:
        """Return the parts, one after the other."""
        known, values = _around(self.name, context), _Values(context)
        is_shared = "shared" in context

        def part(thing: Any) -> str:
            piece = kept_piece((*known, thing.key)) if thing.key is not None else None
            if piece is None:
                with context.push(**{self.name: thing}):
                    if thing.key is None:
                        return self.nodelist.render(context)
                    piece = keep_piece((*known, thing.key), lambda: _written(self.nodelist, context))
            text = piece.filled(values)
            return f"{stand_in(BEGIN)}{text}{stand_in(END)}" if is_shared else text

        return mark_safe("".join([part(thing) for thing in self.things.resolve(context)]))  # noqa: S308 - as above


def around(name: str, request: HttpRequest, *, shared: tuple[str, ...] = ()) -> tuple[Hashable, ...]:
    """Return what every part of that name depends on; `shared` are the names given on a page written for many."""
    zone = str(timezone.get_current_timezone())
    return (name, get_language(), zone, calendar_now(), has_session(request), shared)


def _around(name: str, context: Context) -> tuple[Hashable, ...]:
    return around(name, context["request"], shared=_shared(context))


def _shared(context: Context) -> tuple[str, ...]:
    """Return the names of what is given on the page; none on a page that is written for one reader."""
    return context.get("shared") or ()


def _written(nodelist: NodeList, context: Context) -> str:
    """Return a part with stand-ins for what differs from page to page."""
    fresh = context.get("fresh") or ()
    with context.push(**{name: stand_in(place) for place, name in enumerate(PLACES)}):
        text = str(nodelist.render(context))
    for place, mark in enumerate(fresh, start=FRESH):
        text = text.replace(mark, stand_in(place))
    return text


class OwnNode(Node):
    """What is the reader's own: a place, on a page that is written for many."""

    def __init__(self, nodelist: NodeList, name: str) -> None:
        self.nodelist, self.name = nodelist, name

    def render(self, context: Context) -> str:
        """Return what stands there, or what stands in for it."""
        return stand_in(place_of(self.name)) if self.name in _shared(context) else self.nodelist.render(context)


class _Values:
    """What stands in the places of a part, asked for only as it is needed: asking for a token makes one."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.known: dict[int, str] = {}

    def __getitem__(self, place: int) -> str:
        try:
            return self.known[place]
        except KeyError:
            return self.known.setdefault(place, self._value(place))

    def _value(self, place: int) -> str:
        if place >= _FIRST_OWN:
            return stand_in(place)  # this part belongs to a page that is kept whole itself
        if place >= FRESH:
            return str(self.context["fresh"][place - FRESH])
        return conditional_escape(str(self.context[PLACES[place]]))


@register.tag
def kept(parser: Parser, token: Token) -> KeptNode:
    """Read the tag: a name, and at least one thing the part depends on."""
    _tag, *words = token.split_contents()
    if len(words) < 2:
        raise TemplateSyntaxError("kept takes a name and what the part depends on")
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(nodelist, words[0].strip("\"'"), [parser.compile_filter(word) for word in words[1:]])


@register.tag
def kepteach(parser: Parser, token: Token) -> KeptEachNode:
    """Read the tag: {% kepteach name in things %}, each of which has a `key`."""
    words = token.split_contents()
    if len(words) != 4 or words[2] != "in":
        raise TemplateSyntaxError("kepteach takes a name, `in` and what to go through")
    nodelist = parser.parse(("endkepteach",))
    parser.delete_first_token()
    return KeptEachNode(nodelist, words[1], parser.compile_filter(words[3]))


@register.tag
def own(parser: Parser, token: Token) -> OwnNode:
    """Read the tag: one of the names of OWN or CHANGING."""
    _tag, *words = token.split_contents()
    if len(words) != 1 or (name := words[0].strip("\"'")) not in (*OWN, *CHANGING):
        raise TemplateSyntaxError(f"own takes one of {', '.join((*OWN, *CHANGING))}")
    nodelist = parser.parse(("endown",))
    parser.delete_first_token()
    return OwnNode(nodelist, name)
