"""Reports and cases: who may report what, and who decides."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from forum.models import Case, City, Post, Thread
from forum.permissions.cities import SIGN_IN_FIRST, can_act_in_city, can_act_on_site
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import ALLOWED, Verdict, denied

OWN = _("This is your own; nobody reports themselves.")
REPORTED = _("Who is reported does not decide the report.")
FOR_THE_SITE = _("This report is with the site's moderators, who decide it.")


def subject_of(case: Case) -> int | None:
    """Return the id of the person under report: the author of the post or thread; None for a city as a whole.

    Its post and thread must be loaded.
    """
    if case.post:
        return case.post.author_id
    return case.thread.author_id if case.thread else case.person_id


def about(person_id: int) -> Q:
    """Return the condition on cases whose person under report this is: `subject_of` for many at once."""
    return Q(post__author=person_id) | Q(thread__author=person_id) | Q(person=person_id)


def _can_report(viewer: Viewer, subject: int | None) -> Verdict:
    """Return whether the viewer may report what this person did.

    Every member may who is not suspended: neither a mute nor a ban in the city, nor its archive, keeps anybody from
    asking for help.
    """
    if viewer.user is None:
        return denied(SIGN_IN_FIRST)
    if viewer.user.pk == subject:
        return denied(OWN)
    return can_act_on_site(viewer)


def can_report_post(viewer: Viewer, post: Post) -> Verdict:
    """Return whether the viewer may report a post that they see."""
    return _can_report(viewer, post.author_id)


def can_report_thread(viewer: Viewer, thread: Thread) -> Verdict:
    """Return whether the viewer may report a thread that they see."""
    return _can_report(viewer, thread.author_id)


def can_report_person(viewer: Viewer, person_id: int) -> Verdict:
    """Return whether the viewer may report a person."""
    return _can_report(viewer, person_id)


def can_report_city(viewer: Viewer, city: City) -> Verdict:
    """Return whether the viewer may report a city as a whole."""
    return _can_report(viewer, None)


def can_decide_here(viewer: Viewer, city: City) -> Verdict:
    """Return whether the viewer may act in the queue of the city at all.

    An archived city is read only for its officers; the site's moderators still decide what is reported there.
    """
    return can_act_on_site(viewer) if viewer.is_moderator else can_act_in_city(viewer, city)


def decidable_cases(viewer: Viewer, cases: QuerySet[Case]) -> QuerySet[Case]:
    """Return the cases that the viewer may decide, as far as they belong to the city of a hall they may enter."""
    if viewer.user is None:
        return cases.none()
    if not viewer.is_moderator:
        halls = [city for city in viewer.city_ids if viewer.may("review", city)]
        cases = cases.filter(city__in=halls, escalated_at=None)
    return cases.exclude(about(viewer.user.pk))


def can_decide_case(viewer: Viewer, case: Case) -> Verdict:
    """Return whether the viewer may decide the case: who has the ability, and is not the one under report.

    Its city, post and thread must be loaded.
    """
    if viewer.user is None:
        return denied(SIGN_IN_FIRST)
    if not viewer.may("review", case.city):
        return denied(_("Only the mayor of this city and the deputy mayors to whom it is entrusted decide reports."))
    if subject_of(case) == viewer.user.pk:
        return denied(REPORTED)
    if case.escalated_at and not viewer.is_moderator:
        return denied(FOR_THE_SITE)
    return can_decide_here(viewer, case.city)


def can_escalate_case(viewer: Viewer, case: Case) -> Verdict:
    """Return whether the viewer may pass the case on to the site's moderators."""
    verdict = can_decide_case(viewer, case)
    if verdict and case.escalated_at:
        return denied(FOR_THE_SITE)
    return verdict


def can_withdraw_report(viewer: Viewer, reporter_id: int) -> Verdict:
    """Return whether the viewer may take the report back: who made it."""
    if viewer.user is None:
        return denied(SIGN_IN_FIRST)
    return ALLOWED if viewer.user.pk == reporter_id else denied(_("Only who reported may withdraw a report."))
