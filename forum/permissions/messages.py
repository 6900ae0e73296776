"""Messages: who may write to whom, pass a message on to the moderators, and decide what was passed on."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from forum.models import Block, Membership, Message, MessageReport
from forum.permissions.cities import can_act_on_site
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import ALLOWED, Verdict, denied

if TYPE_CHECKING:
    from datetime import datetime

# Who has been here for less is new, and writes to few people a day.
NEW = timedelta(days=7)
CONVERSATIONS_A_DAY, MESSAGES_A_DAY = 30, 500
CONVERSATIONS_A_DAY_OF_NEW, MESSAGES_A_DAY_OF_NEW = 3, 30

TO_YOURSELF = _("That is yourself. A message goes to somebody else.")
MODERATORS_DECIDE = _("Only the site's moderators decide about reported messages.")
NOT_AS_PARTY = _("Who wrote or reported a message does not decide about it.")
OWN = _("This is your own; nobody reports themselves.")


def with_ways(viewer: Viewer, people: QuerySet[User]) -> QuerySet[User]:
    """Return the people with what decides whether the viewer may write to them.

    These are `blocks_me`, `is_blocked` and `is_neighbour`: a citizen of a city of the viewer's.
    """
    here = Membership.objects.present().filter(user=OuterRef("pk"), city__in=viewer.city_ids)
    return people.annotate(
        blocks_me=Exists(Block.objects.filter(user=OuterRef("pk"), blocked=viewer.user)),
        is_blocked=Exists(Block.objects.filter(user=viewer.user, blocked=OuterRef("pk"))),
        is_neighbour=Exists(here),
    )


def can_message(viewer: Viewer, person: User) -> Verdict:
    """Return whether the viewer may begin to write to the person, who comes from `with_ways`; no query.

    Who is blocked reads the same words as anybody whose messages the person does not want.
    """
    verdict = can_act_on_site(viewer)
    if not verdict:
        return verdict
    if viewer.user == person:
        return denied(TO_YOURSELF)
    name = {"name": person.name}
    if not person.is_active or person.closes_at or person.is_claimable:
        return denied(gettext("Nobody signs in with the account of %(name)s at present.") % name)
    if getattr(person, "is_blocked", False):
        return denied(gettext("You have blocked %(name)s. Unblock them to write to them.") % name)
    closed = person.messages_from == User.Writers.NOBODY
    closed |= person.messages_from == User.Writers.NEIGHBOURS and not getattr(person, "is_neighbour", False)
    if closed or getattr(person, "blocks_me", False):
        return denied(gettext("%(name)s takes no messages from you at present.") % name)
    return ALLOWED


def is_new(person: User, at: "datetime | None" = None) -> bool:
    """Return whether the person came lately, and so writes to few people a day; moderators never count as new."""
    return not person.is_staff and person.date_joined > (at or timezone.now()) - NEW


def can_report_message(viewer: Viewer, message: Message) -> Verdict:
    """Return whether the viewer, who reads the message, may pass it on: whoever did not write it."""
    if viewer.user is not None and viewer.user.pk == message.author_id:
        return denied(OWN)
    return can_act_on_site(viewer)


def can_see_message_reports(viewer: Viewer) -> Verdict:
    """Return whether the viewer may read the messages that were reported: the site's moderators."""
    return ALLOWED if viewer.may("moderate") else denied(MODERATORS_DECIDE)


def can_decide_message_report(viewer: Viewer, report: MessageReport) -> Verdict:
    """Return whether the viewer may decide about the reported message: a moderator who has no part in it."""
    if not viewer.may("moderate") or viewer.user is None:
        return denied(MODERATORS_DECIDE)
    if viewer.user.pk in (report.person_id, report.reporter_id):
        return denied(NOT_AS_PARTY)
    return can_act_on_site(viewer)
