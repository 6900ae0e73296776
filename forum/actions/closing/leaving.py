"""Leaving all places: offices and candidacies at once, cities when the account is closed."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from forum.actions.appeals import withdraw_appeal
from forum.actions.applications import withdraw_application
from forum.actions.candidacies import withdraw_candidacy
from forum.actions.conversations import leave_conversation
from forum.actions.handovers import answer_offer
from forum.actions.memberships import remove_citizen
from forum.models import Appeal, Application, Candidacy, City, Election, Handover, Membership, Participant
from forum.permissions.verdicts import Forbidden


def step_back(person: User, *, at: datetime) -> None:
    """Withdraw candidacies of somebody who closes their account, and decline offers of an office."""
    standing = Candidacy.objects.filter(user=person, withdrawn_at=None, election__state=Election.State.NOMINATING)
    for candidacy in standing.select_related("election").order_by("pk"):
        try:
            withdraw_candidacy(candidacy, by=person, at=at)
        except Forbidden:  # nominations have just ended; who closes their account is struck from the ballot
            continue
    for offer in Handover.objects.filter(person=person, state=Handover.State.OFFERED).order_by("pk"):
        try:
            answer_offer(offer, by=person, accept=False, at=at)
        except Forbidden:  # who is suspended cannot answer, and cannot become mayor either
            continue


def leave_everything(person: User, *, at: datetime) -> None:
    """Leave every city but those of which one is mayor, take back what waits, and leave all conversations."""
    step_back(person, at=at)
    for application in Application.objects.filter(user=person, state=Application.State.WAITING).select_related("city"):
        withdraw_application(application.city, by=person)
    for appeal in Appeal.objects.filter(person=person, state=Appeal.State.WAITING).order_by("pk"):
        withdraw_appeal(appeal, by=person, at=at)
    for membership in Membership.objects.filter(user=person).exclude(role=Membership.Role.MAYOR).order_by("city"):
        with transaction.atomic():
            city = City.objects.select_for_update(no_key=True).get(pk=membership.city_id)
            remove_citizen(city, person, at=at)
    for participant in Participant.objects.present().filter(user=person).select_related("conversation"):
        leave_conversation(participant.conversation, by=person, at=at)
