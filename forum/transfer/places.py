"""Where an archive goes: the city it becomes part of, and a board for each of its categories."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import User
from forum.actions.boards import create_board, edit_board
from forum.actions.cities import found_city
from forum.models import Archive, Board, Category, City, Membership, Thread
from forum.permissions.verdicts import Forbidden

NAME_LENGTH = 60


class NoPlace(Exception):
    """The archive cannot go where it was sent; the message says why."""


def find_or_found_city(slug: str, *, name: str = "", mayor: str = "", category: str = "") -> City:
    """Return the city at `slug`; one that does not exist is founded by `mayor`. Raises NoPlace."""
    if city := City.objects.filter(slug__iexact=slug).first():
        if city.is_archived:
            raise NoPlace(f"The city {slug} is archived and read only.")
        return city
    if not name or not mayor:
        raise NoPlace(f"There is no city at {slug}. To found it, give it a --name and a --mayor.")
    founder = User.objects.filter(username__iexact=mayor).first()
    if founder is None:
        raise NoPlace(f"Nobody signs in as {mayor}. The mayor has to have an account.")
    try:
        return found_city(by=founder, name=name[:NAME_LENGTH], slug=slug, category=_category(category))
    except (Forbidden, ValidationError) as problem:
        raise NoPlace(" ".join(getattr(problem, "messages", None) or [str(problem)])) from problem


def _category(slug: str) -> Category:
    """Return the place in the directory that was asked for, or else one for forums that moved in."""
    if slug:
        found = Category.objects.filter(slug=slug).first()
        if found is None:
            known = ", ".join(Category.objects.values_list("slug", flat=True))
            raise NoPlace(f"There is no category {slug}. There are: {known or 'none yet'}.")
        return found
    names = {"name_zh": "遷入的論壇", "name_en": "Forums that moved in"}
    upper, _made = Category.objects.get_or_create(slug="moved-in", defaults={**names, "position": 900})
    return Category.objects.get_or_create(slug="moved-in-forums", defaults={**names, "parent": upper})[0]


class Place:
    """A city with the boards that stand for the categories of one archive."""

    def __init__(self, city: City, software: str, names: Mapping[int, str]) -> None:
        """Take the city, and names for categories that whoever runs the import has chosen."""
        self.city = city
        self.archive, _made = Archive.objects.get_or_create(city=city, software=software)
        self.mayor = Membership.objects.select_related("user").get(city=city, role=Membership.Role.MAYOR).user
        self.names = dict(names)
        self.made: dict[int, Board] = {}
        self._boards: dict[int | None, Board] = {None: city.boards.get(is_default=True)}

    def board_for(self, category: int | None) -> Board:
        """Return the board of a category; one that does not exist is created."""
        if category is not None and category not in self._boards:
            slug = f"category-{category}"
            board = self.city.boards.filter(slug=slug).first()
            if board is None:
                name = self.names.get(category) or _("Category %(number)s") % {"number": category}
                board = create_board(self.city, by=self.mayor, name=name[:NAME_LENGTH], slug=slug)
                self.made[category] = board
            self._boards[category] = board
        return self._boards[category]

    def name_boards(self, names: Mapping[int, str], *, all_of_them: bool) -> None:
        """Give boards the names of their categories: all that exist, or those that this run created."""
        for category, name in names.items():
            board = self.city.boards.filter(slug=f"category-{category}").first()
            if board and name[:NAME_LENGTH] != board.name and (all_of_them or category in self.made):
                edit_board(board, by=self.mayor, name=name[:NAME_LENGTH])

    def date(self) -> None:
        """Let the city and its boards be as lately active as their newest threads are."""
        shown = Thread.objects.shown().filter(city=self.city)
        for board_id, newest in shown.order_by().values_list("board").annotate(newest=Max("last_post_at")):
            Board.objects.filter(pk=board_id).update(last_activity_at=newest)
        if newest := shown.aggregate(newest=Max("last_post_at"))["newest"]:
            City.objects.filter(pk=self.city.pk).update(last_activity_at=newest)
