"""Appeals: against what, by whom and until when; and who hears them."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from forum.models import Appeal, Application, City, Event, Membership, Sanction
from forum.permissions.cities import SIGN_IN_FIRST, can_act_in_city, can_act_on_site, second_factor_of
from forum.permissions.roles import Viewer, people_with
from forum.permissions.verdicts import ALLOWED, Verdict, denied

# Decisions against which one may appeal → the ability that such a decision takes. Who decides the appeal has it too,
# because granting it takes the decision back.
APPEALABLE = {
    "sanction.warned": "sanction",
    "sanction.muted": "sanction",
    "sanction.banned": "sanction",
    "sanction.suspended": "suspend",
    "post.hidden": "hide",
    "thread.hidden": "hide",
    "post.refused": "approve",
    "application.refused": "admit",
}
PERIOD = timedelta(days=30)  # after the decision

HEARERS_DECIDE = _("Only the mayor of this city and the deputy mayors to whom it is entrusted decide this appeal.")
MODERATORS_DECIDE = _("This appeal is with the site's moderators; one who did not make the decision decides it.")
DECIDED_FIRST = _("You made the decision yourself. Somebody else hears the appeal.")
YOUR_OWN = _("Nobody decides their own appeal.")
NOT_ABOUT_YOU = _("Only the person whom a decision concerns may appeal against it.")


def decisions_about(viewer: Viewer) -> QuerySet[Event]:
    """Return the decisions about the viewer against which there is an appeal, also where they see nothing any more.

    One query now for their applications, and one for refusals: these events name nobody, because the log is public.
    """
    if viewer.user is None:
        return Event.objects.none()
    mine = Q(person=viewer.user, kind__in=APPEALABLE)
    applied = dict(Application.objects.filter(user=viewer.user, decided_at__isnull=False).values_list("pk", "city"))
    if applied:
        refused = Event.objects.filter(kind="application.refused", in_log=True, city__in=set(applied.values()))
        mine |= Q(pk__in=list(refused.filter(data__application__in=list(applied)).values_list("pk", flat=True)))
    return Event.objects.filter(mine)


def can_appeal(viewer: Viewer, decision: Event, *, is_undone: bool, at: datetime | None = None) -> Verdict:
    """Return whether the viewer, whom the decision concerns, may appeal against it now.

    Neither a suspension nor a ban nor an archive keeps anybody from it. `is_undone` says that it was taken back.
    """
    if not viewer.is_signed_in or not viewer.may("appeal"):
        return denied(SIGN_IN_FIRST)
    if decision.kind not in APPEALABLE:
        return denied(_("There is no appeal against this."))
    if is_undone:
        return denied(_("This decision has been taken back; there is nothing left to appeal against."))
    if (at or timezone.now()) > decision.created_at + PERIOD:
        return denied(_("An appeal is possible within 30 days of the decision; they have passed."))
    return ALLOWED


def can_withdraw_appeal(viewer: Viewer, appeal: Appeal) -> Verdict:
    """Return whether the viewer may take the appeal back: who made it."""
    if viewer.user is not None and viewer.user.pk == appeal.person_id:
        return ALLOWED
    return denied(_("Only who appealed may withdraw the appeal."))


def can_decide_appeal(viewer: Viewer, appeal: Appeal) -> Verdict:
    """Return whether the viewer may decide the appeal: never who decided first, never who appeals."""
    if viewer.user is None:
        return denied(SIGN_IN_FIRST)
    if appeal.city is None or appeal.is_for_site:
        if not viewer.is_moderator:
            return denied(MODERATORS_DECIDE)
    elif not (may_hear(viewer, appeal) and viewer.may(APPEALABLE[appeal.decision.kind], appeal.city)):
        return denied(HEARERS_DECIDE)
    if viewer.user.pk == appeal.person_id:
        return denied(YOUR_OWN)
    if viewer.user.pk == appeal.decision.actor_id:
        return denied(DECIDED_FIRST)
    if not (factor := second_factor_of(viewer)):
        return factor
    return can_act_in_city(viewer, appeal.city, archived_too=True) if appeal.city else can_act_on_site(viewer)


def may_hear(viewer: Viewer, appeal: Appeal) -> bool:
    """Return whether the viewer may read the appeal: who hears appeals there."""
    return viewer.may("hear", appeal.city) if appeal.city else viewer.is_moderator


def can_pass_appeal_on(viewer: Viewer, appeal: Appeal) -> Verdict:
    """Return whether the viewer may leave the appeal to the site's moderators: who hears appeals in the city."""
    if appeal.city is None or not may_hear(viewer, appeal):
        return denied(HEARERS_DECIDE)
    return can_act_in_city(viewer, appeal.city, archived_too=True)


def people_who_hear(city: City, kind: str, *, but: Collection[int | None]) -> QuerySet[User]:
    """Return the officers who may decide an appeal against such a decision, without the people of the ids `but`."""
    stopped = Sanction.objects.in_force().filter(Q(city=city) | Q(city=None)).exclude(kind=Sanction.Kind.WARNING)
    officers = Membership.objects.present().officers().filter(city=city)
    people = User.objects.filter(memberships__in=officers, is_active=True).exclude(pk__in=stopped.values("person"))
    able = people_with("hear", city) & people_with(APPEALABLE[kind], city)
    return people.filter(able).exclude(pk__in=[pk for pk in but if pk])


def moderators_who_hear(*, but: Collection[int | None]) -> QuerySet[User]:
    """Return the site's moderators without the people of the ids `but`."""
    stopped = Sanction.objects.in_force().filter(kind=Sanction.Kind.SUSPENSION)
    people = User.objects.filter(is_staff=True, is_active=True).exclude(pk__in=stopped.values("person"))
    return people.exclude(pk__in=[pk for pk in but if pk])
