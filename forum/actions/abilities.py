"""What each deputy mayor may do: the mayor ticks it."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from forum import events
from forum.models import City, Grant, Membership
from forum.permissions.memberships import can_appoint_deputies
from forum.permissions.roles import TABLE, Viewer
from forum.permissions.verdicts import require

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def grant_abilities(
    membership: Membership, *, by: "User", abilities: Iterable[str], at: datetime | None = None
) -> Membership:
    """Let a deputy have exactly these abilities, by name, and return the membership; the same again changes nothing.

    Raises Forbidden, and ValidationError for `abilities` when the person is no deputy (any more) or one of them is
    none that can be granted.
    """
    # The city first, as in every act that changes an office.
    city = City.objects.select_for_update(no_key=True).get(pk=membership.city_id)
    require(can_appoint_deputies(Viewer.of(by), city))
    membership = Membership.objects.select_for_update(of=("self",)).select_related("city", "user").get(pk=membership.pk)
    asked, known = set(abilities), [ability.name for ability in TABLE if ability.granted]
    if membership.role != Membership.Role.DEPUTY:
        raise ValidationError({"abilities": _("%(name)s is not a deputy mayor.") % {"name": membership.user.name}})
    if not asked.issubset(known):
        raise ValidationError({"abilities": _("There is no such ability.")})
    had = set(membership.grants.values_list("ability", flat=True))
    if had == asked:
        return membership
    membership.grants.exclude(ability__in=asked).delete()
    Grant.objects.bulk_create(Grant(membership=membership, ability=name) for name in sorted(asked - had))
    events.record(
        "deputy.granted",
        by=by,
        city=membership.city,
        person=membership.user,
        at=at,
        abilities=[name for name in known if name in asked],
        were=[name for name in known if name in had],
    )
    return membership
