"""Threads and digests to take away as books: asking for one, seeing how far it is, and the file."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.limits import limited
from accounts.preferences import look_of
from forum.actions.publications import ask_for_book, cancel_book
from forum.forms.books import HORIZONTAL, VERTICAL, BookForm
from forum.forms.problems import show_problems
from forum.permissions.publications import can_cancel_book
from forum.permissions.verdicts import require
from forum.publishing import storage
from forum.publishing.contents import Thing
from forum.publishing.shelves import Shelf, book_on, place_of_books, shelf_of
from forum.queries.digests import get_digest
from forum.queries.threads import get_thread
from forum.views.merged import leads_on
from forum.views.requests import announce, answer, is_htmx, viewer_of

MINE = "book"  # the cookie by which the browser of a visitor knows which book it asked for
HOUR = 60 * 60
TYPES = {"pdf": "application/pdf", "epub": "application/epub+zip"}
_UNFIT = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')  # in the name of a file, on one system or another


@require_http_methods(["GET", "POST"])
@limited("reading", reads=True, near=True)
@limited("books")
@leads_on("thread_book")
def thread(request: HttpRequest, thread: int) -> HttpResponseBase:
    """A thread to take away: its books, and a form for another one."""
    return _books(request, get_thread(viewer_of(request), thread))


@require_http_methods(["GET", "POST"])
@limited("reading", reads=True, near=True)
@limited("books")
def digest(request: HttpRequest, name: str, digest: str) -> HttpResponseBase:
    """A digest to take away: its books, and a form for another one."""
    return _books(request, get_digest(viewer_of(request), name, digest))


@require_safe
@limited("reading", reads=True, near=True)
@leads_on("thread_book")
def thread_file(request: HttpRequest, thread: int, format: str) -> HttpResponseBase:
    """The file of a thread's book when it is ready, else the page that says how far it is."""
    return _file(request, get_thread(viewer_of(request), thread), format)


@require_safe
@limited("reading", reads=True, near=True)
def digest_file(request: HttpRequest, name: str, digest: str, format: str) -> HttpResponseBase:
    """The file of a digest's book when it is ready, else the page that says how far it is."""
    return _file(request, get_digest(viewer_of(request), name, digest), format)


def _books(request: HttpRequest, thing: Any) -> HttpResponseBase:
    if request.method == "POST":
        return _cancelled(request, thing) if "cancel" in request.POST else _asked(request, thing)
    if is_htmx(request) and (number := request.GET.get("book", "")).isdecimal():
        return _progress(request, thing, int(number[:18]))
    return _page(request, shelf_of(viewer_of(request), thing), *_wish(request, "pdf"))


def _wish(request: HttpRequest, format: str) -> tuple[str, bool]:
    """Return which book the address, or else the look of the reader, asks for."""
    asked = request.GET.get("direction", "")
    if asked not in (HORIZONTAL, VERTICAL):
        asked = look_of(request).writing
    return format, asked == VERTICAL


def _page(
    request: HttpRequest, shelf: Shelf, format: str, is_vertical: bool, form: BookForm | None = None
) -> HttpResponse:
    direction = VERTICAL if is_vertical else HORIZONTAL
    context = {
        "thing": shelf.thing,
        "home": shelf.home,
        "here": place_of_books(shelf.thing),
        "shelf": shelf,
        "books": [_shown(request, shelf.thing, book) for book in shelf.books],
        "form": form or BookForm(initial={"format": format, "direction": direction}, is_chinese=shelf.is_chinese),
    }
    response = render(request, "books/show.html", context, status=422 if form else 200)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _shown(request: HttpRequest, thing: Thing, book: Any) -> dict[str, Any]:
    """Return what the page says of one book."""
    direction = VERTICAL if book.is_vertical else HORIZONTAL
    may_cancel = can_cancel_book(viewer_of(request), book, is_own=_is_own(request, book.pk))
    return {
        "book": book,
        "here": place_of_books(thing),
        "file": place_of_books(thing, book.format, direction=direction),
        "may_cancel": book.is_under_way and bool(may_cancel),
    }


def _is_own(request: HttpRequest, pk: int) -> bool:
    return bool(request.get_signed_cookie(MINE, "", max_age=HOUR) == str(pk))


def _progress(request: HttpRequest, thing: Thing, pk: int) -> HttpResponse:
    """How far one book is: asked for again and again until it is ready."""
    try:
        book = book_on(thing, pk)
    except Http404:  # another one turned out to be the same: the page shows that
        return HttpResponse(headers={"HX-Refresh": "true"})
    asked_by = viewer_of(request).user
    if book.asked_by_id != (asked_by and asked_by.pk):
        book.problem = ""  # it may name what they alone may read
    response = render(request, "books/_book.html", _shown(request, thing, book))
    if book.is_under_way:
        return response
    is_ready = book.state == book.State.READY
    return announce(response, _("The book is ready.") if is_ready else _("The book could not be made."))


def _asked(request: HttpRequest, thing: Thing) -> HttpResponse:
    shelf = shelf_of(viewer_of(request), thing)
    require(shelf.may_ask)
    form = BookForm(request.POST, is_chinese=shelf.is_chinese)
    if form.is_valid():
        wish = {"format": form.cleaned_data["format"], "is_vertical": form.is_vertical}
        try:
            book = ask_for_book(thing, by=viewer_of(request).user, **wish)
        except ValidationError as problem:
            show_problems(form, problem)
        else:
            response = redirect(place_of_books(thing))
            if book.is_under_way and book.asked_by_id is None:
                response.set_signed_cookie(
                    MINE, str(book.pk), max_age=HOUR, httponly=True, samesite="Lax", secure=request.is_secure()
                )
            return response
    return _page(request, shelf, *_wish(request, "pdf"), form=form)


def _cancelled(request: HttpRequest, thing: Thing) -> HttpResponse:
    number = request.POST["cancel"]
    if not number.isdecimal():
        raise Http404("No such book")
    book = book_on(thing, int(number[:18]))
    cancel_book(book, by=viewer_of(request).user, is_own=_is_own(request, book.pk))
    return answer(request, None, place_of_books(thing), _("The book is no longer being made."))


def _file(request: HttpRequest, thing: Thing, format: str) -> HttpResponseBase:
    """The file, to who would get the same made now; what is not ready, or no longer so, is asked for on the page."""
    shelf = shelf_of(viewer_of(request), thing)
    _format, is_vertical = _wish(request, format)
    book = shelf.ready(format, is_vertical=is_vertical and shelf.is_chinese)
    try:
        file = storage.opened(book.file) if book else None
    except FileNotFoundError:
        file = None
    if book is None or file is None:
        return _page(request, shelf, format, is_vertical)
    response = FileResponse(file, as_attachment=True, filename=_file_name(thing, format), content_type=TYPES[format])
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Last-Modified"] = http_date(book.finished_at.timestamp()) if book.finished_at else http_date()
    return response


def _file_name(thing: Thing, format: str) -> str:
    return f"{_UNFIT.sub(' ', thing.title).strip(' .')[:80] or 'book'}.{format}"
