"""Asking to become a citizen of a city that admits by application, and deciding about it."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forum import events
from forum.actions.memberships import add_citizen
from forum.models import Application, City, Event, Membership
from forum.permissions.memberships import can_admit_citizens, can_apply_to_city
from forum.permissions.records import record_of, rules_of
from forum.permissions.roles import Viewer
from forum.permissions.rules import may_apply_again, may_come
from forum.permissions.verdicts import require
from forum.text.holding import lines_of

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def apply_to_city(
    city: City, *, by: "User", statement: str, answers: Mapping[str, str] | None = None, at: datetime | None = None
) -> Application:
    """Ask to become a citizen and return the application; who has one waiting gets that one back.

    `answers` are those to the city's questions, by the question; they are kept with its words. Raises Forbidden,
    and ValidationError for `statement` or `answers`.
    """
    city = City.objects.select_for_update(of=("self",), no_key=True).select_related("rules").get(pk=city.pk)
    if waiting := city.applications.filter(user=by, state=Application.State.WAITING).first():
        return waiting
    viewer, statement, now = Viewer.of(by), statement.strip(), at or timezone.now()
    require(can_apply_to_city(viewer, city))
    require(may_come(viewer, city, record_of(viewer, city, now), now))
    require(may_apply_again(city, _refused_at(city, by), now))
    _check_statement(city, statement)
    answered = _answered(city, answers or {})
    application = Application.objects.create(city=city, user=by, statement=statement, answers=answered, created_at=now)
    events.record("application.sent", by=by, city=city, at=now)
    return application


def _refused_at(city: City, person: "User") -> datetime | None:
    """Return when the city refused the person last, if its rules ask for it."""
    if not rules_of(city).refusal_days:
        return None
    refused = city.applications.filter(user=person, state=Application.State.REFUSED)
    return refused.order_by("-decided_at").values_list("decided_at", flat=True).first()


def _check_statement(city: City, statement: str) -> None:
    if not statement:
        raise ValidationError({"statement": _("Say in a few words why you want to join.")})
    if len(statement) < rules_of(city).statement_length:
        words = ngettext(
            "Your statement has %(has)s character; this city asks for at least %(asked)s.",
            "Your statement has %(has)s characters; this city asks for at least %(asked)s.",
            len(statement),
        )
        raise ValidationError({"statement": words % {"has": len(statement), "asked": rules_of(city).statement_length}})


def _answered(city: City, answers: Mapping[str, str]) -> list[list[str]]:
    """Return each question of the city with its answer; what was not asked is left out."""
    answered = [[question, answers.get(question, "").strip()] for question in lines_of(rules_of(city).questions)]
    if missing := [question for question, answer in answered if not answer]:
        raise ValidationError({"answers": _("Please answer: %(question)s") % {"question": missing[0]}})
    return answered


@transaction.atomic
def withdraw_application(city: City, *, by: "User") -> Application | None:
    """Take back one's waiting application and return it; None when there is none (any more)."""
    application = (
        Application.objects.select_for_update().filter(city=city, user=by, state=Application.State.WAITING).first()
    )
    if application is None:
        return None
    application.state, application.decided_at = Application.State.WITHDRAWN, timezone.now()
    application.save(update_fields=["state", "decided_at"])
    events.record("application.withdrawn", by=by, city=city)
    return application


@transaction.atomic
def decide_application(
    application: Application, *, by: "User", accept: bool, answer: str = "", at: datetime | None = None
) -> Application:
    """Admit or refuse the applicant and return the application.

    One that is decided or withdrawn already comes back as it is: `decided_by` says whose decision
    stands. Raises Forbidden.
    """
    city = City.objects.select_for_update(no_key=True).get(pk=application.city_id)
    require(can_admit_citizens(Viewer.of(by), city))
    application = Application.objects.select_for_update(of=("self",)).select_related("user").get(pk=application.pk)
    if application.state != Application.State.WAITING:
        return application
    now, person = at or timezone.now(), application.user
    application.state = Application.State.ACCEPTED if accept else Application.State.REFUSED
    application.decided_by, application.decided_at, application.answer = by, now, answer.strip()
    application.save(update_fields=["state", "decided_by", "decided_at", "answer"])
    if accept and not Membership.objects.filter(city=city, user=person).exists():
        add_citizen(city, person, at=now)
    # A refused person is not named in public; they read the answer themselves.
    kind, who = ("application.accepted", person) if accept else ("application.refused", None)
    events.record(kind, by=by, city=city, person=who, at=now, application=application.pk)
    return application


def admit_after_all(application: Application, *, by: "User", reason: str, undoes: Event, at: datetime) -> Application:
    """Admit somebody who was refused and return the application (for appeals, whose action has checked all)."""
    application = (
        Application.objects.select_for_update(of=("self",)).select_related("user", "city").get(pk=application.pk)
    )
    if application.state != Application.State.REFUSED:
        return application
    city, person = application.city, application.user
    application.state, application.decided_by, application.decided_at = Application.State.ACCEPTED, by, at
    application.save(update_fields=["state", "decided_by", "decided_at"])
    if not Membership.objects.filter(city=city, user=person).exists():
        add_citizen(city, person, at=at)
    events.record(
        "application.accepted",
        by=by,
        city=city,
        person=person,
        reason=reason,
        undoes=undoes,
        at=at,
        application=application.pk,
    )
    return application
