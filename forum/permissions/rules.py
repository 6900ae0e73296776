"""Rules: whether somebody has what a city asks; each refusal says the rule and their own number."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.dates import say_moment
from forum.models import City, Hold
from forum.permissions.cities import can_act_in_city, can_govern_city
from forum.permissions.records import DAY, Record, rules_of
from forum.permissions.roles import Viewer
from forum.permissions.threads import OFFICERS_ONLY
from forum.permissions.verdicts import ALLOWED, Verdict, denied


def can_change_rules(viewer: Viewer, city: City) -> Verdict:
    """Return whether the viewer may change the rules of the city: who governs it, while it is open."""
    verdict = can_govern_city(viewer, city)
    return can_act_in_city(viewer, city) if verdict else verdict


def is_exempt(viewer: Viewer, city: City) -> bool:
    """Return whether the rules of writing do not bind the viewer: visitors write nothing, officers keep the rules."""
    return not viewer.is_signed_in or viewer.is_officer(city)


def may_come(viewer: Viewer, city: City, record: Record, at: datetime | None = None) -> Verdict:
    """Return whether the viewer has been on the site long enough, and written enough, to join or apply."""
    rules = rules_of(city)
    if (days := _days_on_site(viewer, at)) < rules.join_days:
        words = ngettext(
            "You have been a member of this site for %(has)s day; this city asks for %(asked)s before one joins.",
            "You have been a member of this site for %(has)s days; this city asks for %(asked)s before one joins.",
            days,
        )
        return denied(words % {"has": days, "asked": rules.join_days})
    if record.posts < rules.join_posts:
        words = ngettext(
            "You have written %(has)s post on this site; this city asks for %(asked)s before one joins.",
            "You have written %(has)s posts on this site; this city asks for %(asked)s before one joins.",
            record.posts,
        )
        return denied(words % {"has": record.posts, "asked": rules.join_posts})
    return ALLOWED


def may_apply_again(city: City, refused_at: datetime | None, at: datetime | None = None) -> Verdict:
    """Return whether enough time has passed since the city refused the person last."""
    rules = rules_of(city)
    again = refused_at + timedelta(days=rules.refusal_days) if refused_at else None
    if again is None or again <= (at or timezone.now()):
        return ALLOWED
    words = ngettext(
        "This city asks to wait for %(asked)s day after a refusal. You can apply again from %(when)s.",
        "This city asks to wait for %(asked)s days after a refusal. You can apply again from %(when)s.",
        rules.refusal_days,
    )
    return denied(words % {"asked": rules.refusal_days, "when": say_moment(again)})


def may_write(viewer: Viewer, city: City, record: Record, at: datetime | None = None) -> Verdict:
    """Return whether the rules let the viewer write a post in the city now."""
    rules = rules_of(city)
    if is_exempt(viewer, city):
        return ALLOWED
    if (days := _days_on_site(viewer, at)) < rules.post_days:
        words = ngettext(
            "You have been a member of this site for %(has)s day; this city asks for %(asked)s before one writes.",
            "You have been a member of this site for %(has)s days; this city asks for %(asked)s before one writes.",
            days,
        )
        return denied(words % {"has": days, "asked": rules.post_days})
    if record.posts < rules.post_posts:
        words = ngettext(
            "You have written %(has)s post on this site; this city asks for %(asked)s before one writes here.",
            "You have written %(has)s posts on this site; this city asks for %(asked)s before one writes here.",
            record.posts,
        )
        return denied(words % {"has": record.posts, "asked": rules.post_posts})
    if rules.posts_per_day and record.posts_today >= rules.posts_per_day:
        words = ngettext(
            "You have written %(has)s post here within a day; this city allows %(asked)s. You can go on at %(when)s.",
            "You have written %(has)s posts here within a day; this city allows %(asked)s. You can go on at %(when)s.",
            record.posts_today,
        )
        when = say_moment((record.first or at or timezone.now()) + DAY)
        return denied(words % {"has": record.posts_today, "asked": rules.posts_per_day, "when": when})
    return ALLOWED


def may_start_thread(viewer: Viewer, city: City, record: Record, at: datetime | None = None) -> Verdict:
    """Return whether the rules let the viewer start a thread in the city now."""
    rules, verdict = rules_of(city), may_write(viewer, city, record, at)
    if not verdict or is_exempt(viewer, city):
        return verdict
    if (days := days_as_citizen(viewer, city, at)) < rules.thread_days:
        words = ngettext(
            "You have been a citizen for %(has)s day; this city asks for %(asked)s before one starts threads.",
            "You have been a citizen for %(has)s days; this city asks for %(asked)s before one starts threads.",
            days,
        )
        return denied(words % {"has": days, "asked": rules.thread_days})
    if record.posts_here < rules.thread_posts:
        words = ngettext(
            "You have written %(has)s post in this city; it asks for %(asked)s before one starts threads.",
            "You have written %(has)s posts in this city; it asks for %(asked)s before one starts threads.",
            record.posts_here,
        )
        return denied(words % {"has": record.posts_here, "asked": rules.thread_posts})
    return ALLOWED


def is_on_probation(viewer: Viewer, city: City, record: Record, at: datetime | None = None) -> bool:
    """Return whether what the viewer writes in the city waits for approval because they are new there."""
    rules = rules_of(city)
    if is_exempt(viewer, city):
        return False
    days = days_as_citizen(viewer, city, at) if viewer.is_citizen(city) else _days_on_site(viewer, at)
    return record.posts_here < rules.probation_posts or days < rules.probation_days


def can_decide_holds(viewer: Viewer, city: City) -> Verdict:
    """Return whether the viewer may decide about the held posts of the city."""
    if not viewer.may("approve", city):
        return denied(OFFICERS_ONLY)
    return can_act_in_city(viewer, city)


def can_decide_hold(viewer: Viewer, hold: Hold) -> Verdict:
    """Return whether the viewer may approve or refuse the held post: never one's own."""
    verdict = can_decide_holds(viewer, hold.city)
    if verdict and viewer.user is not None and viewer.user.pk == hold.post.author_id:
        return denied(_("Somebody else decides about your own post."))
    return verdict


def days_as_citizen(viewer: Viewer, city: City, at: datetime | None = None) -> int:
    """Return for how many whole days the viewer has been a citizen; 0 when they are none."""
    since = viewer.standing.since.get(city.pk) if viewer.is_citizen(city) else None
    return _days(since, at)


def _days_on_site(viewer: Viewer, at: datetime | None) -> int:
    return _days(viewer.user.date_joined if viewer.user else None, at)


def _days(since: datetime | None, at: datetime | None) -> int:
    return max(((at or timezone.now()) - since).days, 0) if since else 0
