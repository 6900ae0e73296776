"""Saving searches, and remembering the recent ones. They are nobody else's business: they make no event."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from forum.models import RecentSearch, SavedSearch
from forum.models.searches import LONGEST_QUERY
from forum.permissions.roles import Viewer
from forum.permissions.searches import can_delete_search, can_save_search
from forum.permissions.verdicts import require

MOST_SAVED = 50  # searches of one person
MOST_RECENT = 20
LONGEST_PLACE = 200


@transaction.atomic
def save_search(
    query: str, *, by: User, scope: str = "", place: str = "", name: str = "", at: datetime | None = None
) -> SavedSearch:
    """Keep a search under a name (the query itself when none is given) and return it.

    `scope` and `place` are where it looks, as the address says it and as people do. The same query in the same
    place is one search; saving it again renames it. Raises Forbidden, and ValidationError
    for an empty or too long query or name, and for one search too many.
    """
    require(can_save_search(Viewer.of(by)))
    query, name = _line(query), _line(name)
    if not query or len(query) > LONGEST_QUERY:
        raise ValidationError({"query": _too_long(LONGEST_QUERY) if query else _("There is nothing to look for.")})
    longest = SavedSearch._meta.get_field("name").max_length or 0
    if len(name) > longest:
        raise ValidationError({"name": _too_long(longest)})
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # searches of one person come one after another
    mine = SavedSearch.objects.filter(user=by)
    search = mine.filter(query=query, scope=scope).first()
    if search is None and mine.count() >= MOST_SAVED:
        text = _("You have %(number)s saved searches, as many as are kept. Delete one, then save this one.")
        raise ValidationError(text % {"number": MOST_SAVED})
    search = search or SavedSearch(user=by, query=query, scope=scope, created_at=at or timezone.now())
    search.place = place[:LONGEST_PLACE]
    search.name = name or search.name or query[:longest]
    search.save()
    return search


@transaction.atomic
def delete_search(search: SavedSearch, *, by: User) -> None:
    """Delete a saved search; twice changes nothing. Raises Forbidden."""
    require(can_delete_search(Viewer.of(by), search))
    SavedSearch.objects.filter(pk=search.pk).delete()


@transaction.atomic(savepoint=False)
def remember_search(query: str, *, by: User, scope: str = "", place: str = "", at: datetime | None = None) -> None:
    """Remember that the member looked for this. The same search is remembered once, and of MOST_RECENT the oldest goes.

    One query, two as long as there are fewer. An empty query, or one too long to be kept, is not remembered.
    Raises Forbidden.
    """
    require(can_save_search(Viewer.of(by)))
    query = _line(query)
    if not query or len(query) > LONGEST_QUERY:
        return
    values = {"query": query, "scope": scope, "place": place[:LONGEST_PLACE], "searched_at": at or timezone.now()}
    mine = RecentSearch.objects.filter(user=by)
    same = mine.filter(query=query, scope=scope).values("pk")[:1]
    last = mine.order_by("-searched_at", "-pk").values("pk")[MOST_RECENT - 1 : MOST_RECENT]
    try:
        with transaction.atomic():
            if not mine.filter(pk=Coalesce(Subquery(same), Subquery(last))).update(**values):
                RecentSearch.objects.create(user=by, **values)
    except IntegrityError:
        return  # sent twice at once: the other one is remembered


@transaction.atomic
def forget_searches(*, by: User) -> None:
    """Forget what the member looked for lately; saved searches stay. Raises Forbidden."""
    require(can_save_search(Viewer.of(by)))
    RecentSearch.objects.filter(user=by).delete()


def _line(text: str) -> str:
    return " ".join(text.replace("\0", "").split())


def _too_long(most: int) -> str:
    return _("At most %(number)s characters are kept.") % {"number": most}
