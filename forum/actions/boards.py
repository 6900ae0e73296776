"""Creating, changing and ordering boards."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.folding import is_same
from forum import events
from forum.models import Board, City, Event
from forum.permissions.boards import can_build_boards
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import require

if TYPE_CHECKING:
    from accounts.models import User

RESERVED = {"order"}  # an address of city hall


def _check_address(city: City, slug: str, *, but: int = 0) -> None:
    if not slug or slug.lower() in RESERVED:
        raise ValidationError({"slug": _("Give the board an address of letters, digits and hyphens.")})
    if city.boards.filter(is_same("slug", slug)).exclude(pk=but).exists():
        raise ValidationError({"slug": _("This city has a board at this address already.")})


@transaction.atomic
def create_board(
    city: City, *, by: "User", name: str, slug: str = "", at: datetime | None = None, **settings: Any
) -> Board:
    """Create a board at the end of the city's list and return it. Raises Forbidden, ValidationError for `slug`."""
    city = City.objects.select_for_update(no_key=True).get(pk=city.pk)
    require(can_build_boards(Viewer.of(by), city))
    slug = slug or slugify(name, allow_unicode=True)
    _check_address(city, slug)
    last = city.boards.aggregate(last=Max("position"))["last"] or 0
    now = at or timezone.now()
    board = Board.objects.create(
        city=city, name=name.strip(), slug=slug, position=last + 1, last_activity_at=now, **settings
    )
    events.record("board.created", by=by, board=board, at=now, board_name=board.name)
    return board


@transaction.atomic
def edit_board(board: Board, *, by: "User", at: datetime | None = None, **settings: Any) -> Board:
    """Change fields of the board and return it; nothing changed records nothing.

    Raises Forbidden, and ValidationError for `slug`.
    """
    board = Board.objects.select_for_update(of=("self",), no_key=True).select_related("city").get(pk=board.pk)
    require(can_build_boards(Viewer.of(by), board.city))
    if "slug" in settings:
        settings["slug"] = settings["slug"] or board.slug
        _check_address(board.city, settings["slug"], but=board.pk)
    changed = [name for name, value in settings.items() if getattr(board, name) != value]
    if not changed:
        return board
    for name in changed:
        setattr(board, name, settings[name])
    board.save(update_fields=changed)
    events.record("board.changed", by=by, board=board, at=at, board_name=board.name)
    return board


@transaction.atomic
def order_boards(
    city: City,
    *,
    by: "User",
    order: list[int],
    reason: str = "",
    undoes: Event | None = None,
    at: datetime | None = None,
) -> None:
    """Put the city's boards in the order of the given ids; boards not named follow as they were. Raises Forbidden."""
    require(can_build_boards(Viewer.of(by), city))
    # Boards before their city, and by id: the order in which writing locks them, so that nobody waits in a circle.
    locked = list(city.boards.select_for_update(of=("self",), no_key=True).order_by("pk"))
    places = {board_id: place for place, board_id in enumerate(order)}
    boards = sorted(locked, key=lambda board: (places.get(board.pk, len(places)), board.position))
    was = [board.pk for board in sorted(locked, key=lambda board: (board.position, board.pk))]
    for position, board in enumerate(boards):
        board.position = position
    Board.objects.bulk_update(boards, ["position"])
    events.record("board.ordered", by=by, city=city, undoes=undoes, reason=reason, at=at, was=was)


@transaction.atomic
def move_board(board: Board, *, by: "User", step: int) -> Board:
    """Move the board one place up (step=-1) or down (+1) in its city's list; at an end it stays. Raises Forbidden."""
    city = board.city
    require(can_build_boards(Viewer.of(by), city))
    locked = city.boards.select_for_update(of=("self",), no_key=True).order_by("pk")
    order = [one.pk for one in sorted(locked, key=lambda one: (one.position, one.pk))]
    place = order.index(board.pk)
    if 0 <= place + step < len(order):
        order.insert(place + step, order.pop(place))
        order_boards(city, by=by, order=order)
    return board
