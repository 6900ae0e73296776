"""Claiming an account that came with an archive: asking for it, deciding about it, taking it over."""

from datetime import datetime
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.folding import is_same
from accounts.models import User
from forum import events
from forum.models import Claim
from forum.permissions.claims import can_claim, can_decide_claims
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import require

if TYPE_CHECKING:
    from forum.queries.claims import Proof


@transaction.atomic
def ask_claim(person: User, *, by: User | None, email: str, words: str, at: datetime | None = None) -> Claim:
    """Ask the moderators for the account and return the claim; who has one waiting gets that one back.

    `by` is None for a visitor. Raises Forbidden, and ValidationError for `words`.
    """
    person, now = User.objects.select_for_update(no_key=True).get(pk=person.pk), at or timezone.now()
    require(can_claim(Viewer.of(by), person))
    if not words.strip():
        raise ValidationError({"words": _("Say how the moderators can see that it was you who wrote these posts.")})
    said = {"words": words.strip(), "claimant": by, "created_at": now}
    waiting = {"person": person, "email": email.lower(), "state": Claim.State.WAITING}
    claim, made = Claim.objects.get_or_create(**waiting, defaults=said)
    if made:
        events.record("claim.made", by=by, person=person, at=now)
    return claim


@transaction.atomic
def decide_claim(claim: Claim, *, by: User, grant: bool, answer: str = "", at: datetime | None = None) -> Claim:
    """Grant or refuse a claim and return it; one that is decided stays as it is. Raises Forbidden.

    Who is granted it still has to follow the link in the mail, which proves the address.
    """
    claim, now = (
        Claim.objects.select_for_update(of=("self",)).select_related("person").get(pk=claim.pk),
        at or timezone.now(),
    )
    require(can_decide_claims(Viewer.of(by)))
    if claim.state != Claim.State.WAITING:
        return claim
    claim.state = Claim.State.GRANTED if grant else Claim.State.REFUSED
    claim.decided_by, claim.decided_at, claim.answer = by, now, answer.strip()
    claim.save(update_fields=["state", "decided_by", "decided_at", "answer"])
    # Who was refused is not named in public.
    events.record("claim.granted" if grant else "claim.refused", by=by, person=claim.person if grant else None, at=now)
    return claim


@transaction.atomic
def take_over(proof: "Proof", *, password: str, email: str = "", at: datetime | None = None) -> User:
    """Give the account to who followed the link and return it: from now on they sign in with it.

    `email` is asked where another account has the proven address; it has to be confirmed before they write. Nothing
    that stands in the account changes hands: authors, versions and their hashes stay. Raises Forbidden, and
    ValidationError for `email`.
    """
    person, now = User.objects.select_for_update().get(pk=proof.person.pk), at or timezone.now()
    require(can_claim(Viewer(), person))
    address = (email or proof.email).lower()
    if User.objects.filter(is_same("email", address)).exclude(pk=person.pk).exists():
        raise ValidationError({"email": _("This address cannot be taken. Give another one.")})
    is_proven = address == proof.email.lower()
    person.set_password(password)
    person.email, person.is_claimable, person.must_confirm = address, False, not is_proven
    person.save(update_fields=["password", "email", "is_claimable", "must_confirm"])
    EmailAddress.objects.filter(user=person).delete()
    EmailAddress.objects.create(user=person, email=address, primary=True, verified=is_proven)
    Claim.objects.filter(person=person, state=Claim.State.WAITING).update(state=Claim.State.REFUSED, decided_at=now)
    events.record("account.claimed", by=person, person=person, at=now)
    return person
