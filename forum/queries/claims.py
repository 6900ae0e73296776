"""Claims of accounts from archives: what waits, what the links in mails say, what an archive knows of an author."""

from dataclasses import dataclass

from django.core import signing
from django.http import Http404

from accounts.folding import is_same
from accounts.models import User
from forum.models import ArchivedAuthor, Claim
from forum.permissions.roles import Viewer

LINK_LASTS = 14 * 24 * 60 * 60  # seconds
DECIDED_SHOWN = 20
WAITING_SHOWN = 100
_SALT = "claim of an archived account"


@dataclass(frozen=True, slots=True)
class Proof:
    """What a link proves: that somebody reads the address, and may have the account."""

    person: User
    email: str
    is_taken: bool  # another account here has the address


def known_address(person: User, email: str) -> str:
    """Return the e-mail address that an archive has for the author, when it is this one in any case; else nothing.

    A mail goes to the address of the archive and never to the one that was typed: letters of other alphabets that a
    database takes for the same (CVE-2019-19844) would lead it to somebody else.
    """
    known = ArchivedAuthor.objects.filter(user=person).exclude(email="").values_list("email", flat=True)
    return next((one for one in known if one.lower() == email.lower()), "")


def link_token(person: User, email: str) -> str:
    """Return what the link in a mail to the address ends with; it holds for two weeks."""
    return signing.dumps([person.pk, email], salt=_SALT)


def proof_of(token: str) -> Proof:
    """Return what a link proves; raise Http404 when it is too old, or the account is somebody's by now."""
    try:
        number, email = signing.loads(token, salt=_SALT, max_age=LINK_LASTS)
    except (signing.BadSignature, ValueError, TypeError) as problem:
        raise Http404("No such link") from problem
    person = User.objects.filter(pk=number, is_claimable=True, is_active=True).first()
    if person is None:
        raise Http404("This account is somebody's already")
    return Proof(person, email, User.objects.filter(is_same("email", email)).exclude(pk=person.pk).exists())


def waiting_claims(viewer: Viewer) -> list[Claim]:
    """Return the claims that wait for the moderators, the oldest first."""
    rows = Claim.objects.filter(state=Claim.State.WAITING).select_related("person", "claimant")
    return list(rows.order_by("created_at", "pk")[:WAITING_SHOWN])


def decided_claims(viewer: Viewer) -> list[Claim]:
    """Return the claims decided last by a moderator."""
    rows = Claim.objects.filter(decided_by__isnull=False).select_related("person", "decided_by")
    return list(rows.order_by("-decided_at", "-pk")[:DECIDED_SHOWN])


def claim_at(viewer: Viewer, number: int) -> Claim:
    """Return one claim; raise Http404 when there is none."""
    found = Claim.objects.select_related("person", "claimant", "decided_by").filter(pk=number).first()
    if found is None:
        raise Http404("No such claim")
    return found
