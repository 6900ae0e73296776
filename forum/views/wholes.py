"""Whole pages: written once for all who see the same, with what is each reader's own put in its places.

They are written for a reader who is nobody, so that nothing of anybody's can get in; what is somebody's own is given by
its name (OWN of templatetags/kept.py). docs/caching.md says more.
"""

from collections.abc import Callable, Hashable, Mapping
from copy import copy
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape

from accounts.models import User
from accounts.preferences import Look, address_to_return, look_of
from forum.caching.pieces import keep_piece, keep_whole, kept_piece, kept_whole, stand_in
from forum.permissions.roles import Viewer
from forum.templatetags.kept import FRESH, NUMBER_OF_PLACES, OWN, PLACES, around, place_of
from forum.views.requests import origin_of, user_of, viewer_of

type Others = Mapping[int, str]


class Reader:
    """Who gets a page: what stands in its places for them."""

    def __init__(self, request: HttpRequest, fresh: Mapping[str, Any]) -> None:
        self.request, user, here = request, request.user, address_to_return(request)
        self.values = ["", escape(here), quote(here, safe=""), *map(str, fresh.values())]
        self.values += [""] * (NUMBER_OF_PLACES - len(self.values))
        self._around = around("part", request)
        if not isinstance(user, User):
            return
        self.values[0] = get_token(request)
        self.give("reader", str(user.pk))
        self.give("name", escape(user.name))
        self.give("profile", escape(reverse("person", args=[user.username])))
        unread = viewer_of(request).unread
        self.give("news", self.part("notifications/_count.html", min(unread, 100), unread=unread))

    def give(self, name: str, text: str) -> None:
        """Put the text, which is safe, in the place of that name."""
        self.values[place_of(name)] = text

    def part(
        self, template: str, key: Hashable, context_of: Callable[[], dict[str, Any]] = dict, /, **context: Any
    ) -> str:
        """Return a part of a page that is kept by itself under what it depends on."""
        known = (template, self._around, key)
        piece = kept_piece(known) or keep_piece(known, lambda: self._written(template, context_of() | context))
        return piece.filled(self.values)

    def _written(self, template: str, context: dict[str, Any]) -> str:
        return render_to_string(template, {**context, **_stand_ins()}, self.request)


def framed(
    reader: Reader, template: str, key: Hashable, context: Callable[[], dict[str, Any]], give: Callable[[Reader], None]
) -> HttpResponse:
    """Answer with a page of which all is kept under the key but what `give` gives, for visitors and members alike.

    Where it has more of the reader's own than its places take, it is written for them alone.
    """
    request, user = reader.request, viewer_of(reader.request).user
    if has_messages(request):
        return render(request, template, context())
    give(reader)
    if user is None:
        return shared(reader, template, key, None, context, {})
    return shared(reader, template, (key, user.is_staff), nobody(request), context, {})


def has_messages(request: HttpRequest) -> bool:
    """Return whether something is to be said once, above the page: then it is nobody else's."""
    return len(get_messages(request)) > 0


def shared(
    reader: Reader,
    template: str,
    key: Hashable,
    person: User | None,
    context: Callable[[], dict[str, Any]],
    others: Others,
    own: tuple[str, ...] = OWN,
) -> HttpResponse:
    """Answer with a page that all share for whom the key, of all that it depends on, is the same.

    The `context` is that of the page as the `person` sees it, who is nobody, or a visitor (None). `others` are those
    things among several (kepteach) that look otherwise to this reader, by their place; `own` are the names of what is
    given.
    """
    request = reader.request
    known = (*around(template, request, shared=own), look_of(request), origin_of(request), key)
    whole = kept_whole(known) or keep_whole(known, lambda: _written(template, context(), _as(person, request), own))
    if person is None and 0 in whole.parts:
        reader.values[0] = get_token(request)  # which sets a cookie, so the page is not kept for others
    values = [value.encode() for value in reader.values]
    return HttpResponse(whole.filled(values, {number: text.encode() for number, text in others.items()}))


def marks() -> dict[str, str]:
    """Return what stands in for the fresh marks of a form on a page that many share."""
    return {"submission": stand_in(FRESH), "desk": stand_in(FRESH + 1)}


def nobody(request: HttpRequest, pk: int = 0) -> User:
    """Return who stands for all members that read as this one does; `pk` where an id decides what they see."""
    user = user_of(request)
    return _nobody(pk, user.is_staff, user.shows_signatures, look_of(request))


@lru_cache(64)
def _nobody(pk: int, is_staff: bool, shows_signatures: bool, look: Look) -> User:
    own = {"text_size": look.size, "theme": look.theme, "writing": look.writing, "calendar": look.calendar}
    return User(pk=pk, is_staff=is_staff, shows_signatures=shows_signatures, **own)


def _as(person: User | None, request: HttpRequest) -> HttpRequest:
    """Return the request as if the person had made it; visitors are nobody already."""
    if person is None:
        return request
    theirs = copy(request)
    theirs.user, viewer = person, Viewer(person)
    viewer.standing, viewer.unread = viewer_of(request).standing, 0
    theirs.viewer = viewer  # type: ignore[attr-defined]
    return theirs


def _written(template: str, context: dict[str, Any], request: HttpRequest, own: tuple[str, ...]) -> str:
    return render_to_string(template, {**context, **_stand_ins(), "shared": own}, request)


def _stand_ins() -> dict[str, str]:
    return {name: stand_in(place) for place, name in enumerate(PLACES)}
