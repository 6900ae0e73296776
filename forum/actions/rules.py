"""The rules of a city: changing them, and holding what is written against them."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forum import events
from forum.models import City, Rules
from forum.permissions.records import Record, record_of, rules_of
from forum.permissions.roles import Viewer
from forum.permissions.rules import can_change_rules, may_start_thread, may_write
from forum.permissions.verdicts import require
from forum.text.holding import pattern_problems
from forum.text.reposts import own_characters

if TYPE_CHECKING:
    from accounts.models import User

NAMES = tuple(field.name for field in Rules._meta.fields if field.name != "city")


@transaction.atomic
def change_rules(city: City, *, by: "User", at: datetime | None = None, **changes: Any) -> Rules:
    """Change rules of the city (fields of Rules) and return all of them; the log names which were changed.

    Changing nothing leaves no trace. Raises Forbidden, and ValidationError for the fields, each line of the patterns
    that cannot be used being named.
    """
    city = City.objects.select_for_update(of=("self",), no_key=True).get(pk=city.pk)
    require(can_change_rules(Viewer.of(by), city))
    rules = rules_of(city)
    changed = [name for name in NAMES if name in changes and getattr(rules, name) != changes[name]]
    if not changed:
        return rules
    for name in changed:
        setattr(rules, name, changes[name])
    rules.clean_fields(exclude={"city"})
    if problems := list(pattern_problems(rules.held_patterns)):
        raise ValidationError({"held_patterns": problems})
    rules.save()
    events.record("rules.changed", by=by, city=city, at=at, fields=changed)
    return rules


def ask_rules(viewer: Viewer, city: City, *, starts: bool = False, at: datetime | None = None) -> Record:
    """Return the writer's record in the city when its rules let them write now, or start a thread. Raises Forbidden."""
    record = record_of(viewer, city, at)
    require((may_start_thread if starts else may_write)(viewer, city, record, at))
    return record


def check_repost(city: City, *, is_repost: bool, body: str, source: str) -> None:
    """Raise ValidationError when a repost lacks the source, or the own words, that the city asks for."""
    rules = rules_of(city)
    if not is_repost:
        return
    if rules.repost_source and not source:
        raise ValidationError({"source": _("This city asks a repost to name its source.")})
    if rules.repost_comment and (own := own_characters(body)) < rules.repost_comment:
        words = ngettext(
            "This city asks a repost for %(asked)s characters of your own, outside of quotations; yours has %(has)s.",
            "This city asks a repost for %(asked)s characters of your own, outside of quotations; yours has %(has)s.",
            own,
        )
        raise ValidationError({"body": words % {"asked": rules.repost_comment, "has": own}})
