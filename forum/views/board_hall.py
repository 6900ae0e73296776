"""Boards in city hall: creating, changing and ordering them."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.limits import limited
from forum.actions.boards import create_board, edit_board, move_board, order_boards
from forum.forms.hall import BoardForm, NewBoardForm
from forum.forms.problems import show_problems
from forum.permissions.boards import can_build_boards
from forum.permissions.verdicts import require
from forum.queries.boards import boards_of_city, get_board
from forum.queries.cities import readable_city_at
from forum.views.requests import answer, user_of, viewer_of

STEPS = {"up": -1, "down": 1}


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
def manage(request: HttpRequest, city: str) -> HttpResponse:
    """List the boards in their order, and create one."""
    viewer = viewer_of(request)
    found = readable_city_at(viewer, city)
    require(can_build_boards(viewer, found))
    form = NewBoardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            board = create_board(found, by=user_of(request), **form.cleaned_data)
        except ValidationError as problem:
            show_problems(form, problem)
        else:
            text = _("The board %(name)s is open.") % {"name": board.name}
            return answer(request, None, reverse("hall_boards", args=[found.slug]), text)
    context = {"city": found, "form": form, "boards": boards_of_city(found)}
    return render(request, "hall/boards.html", context, status=422 if form.errors else 200)


@login_required
@limited("acting")
@require_POST
def order(request: HttpRequest, city: str) -> HttpResponse:
    """Move one board a place up or down, or put them all in the `order` of the ids that were sent."""
    viewer = viewer_of(request)
    found = readable_city_at(viewer, city)
    require(can_build_boards(viewer, found))
    boards = {str(row.pk): row for row in boards_of_city(found)}
    if ids := [text for text in request.POST.get("order", "").split(",") if text in boards]:
        order_boards(found, by=user_of(request), order=[boards[text].pk for text in ids])
        fragment = render(request, "hall/boards.html#order", {"city": found, "boards": boards_of_city(found)})
        return answer(request, fragment, reverse("hall_boards", args=[found.slug]), _("The boards have a new order."))
    step, board = STEPS.get(request.POST.get("step", "")), boards.get(request.POST.get("board", ""))
    if board is None or step is None:
        raise Http404("No such board, or no such way to move it")
    move_board(board, by=user_of(request), step=step)
    context = {"city": found, "boards": boards_of_city(found), "moved": board.pk, "step": request.POST["step"]}
    fragment = render(request, "hall/boards.html#order", context)
    text = _("%(name)s has a new place.") % {"name": board.name}
    return answer(request, fragment, reverse("hall_boards", args=[found.slug]), text)


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, city: str, board: str) -> HttpResponse:
    """Show a board's form, and store what was changed."""
    viewer = viewer_of(request)
    found = get_board(viewer, city, board)
    require(can_build_boards(viewer, found.city))
    form = BoardForm(request.POST or None, instance=get_board(viewer, city, board), initial={"slug": found.slug})
    if request.method == "POST" and form.is_valid():
        try:
            changed = edit_board(found, by=user_of(request), **form.cleaned_data)
        except ValidationError as problem:
            show_problems(form, problem)
        else:
            text = _("The board %(name)s is changed.") % {"name": changed.name}
            return answer(request, None, reverse("hall_boards", args=[city]), text)
    context = {"city": found.city, "board": found, "form": form}
    return render(request, "hall/board.html", context, status=422 if form.errors else 200)
