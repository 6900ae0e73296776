"""Invitations at the door: the link, what a browser remembers of it, and that it is used once."""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import Invitation, User

_KEPT = "invitation"  # the key in the session
_signer = signing.Signer(salt="invitation")


def token_of(invitation: Invitation) -> str:
    """Return what the link of an invitation ends with."""
    return _signer.sign(str(invitation.pk))


def invitation_of(token: str) -> Invitation | None:
    """Return the invitation of a link, None when it is none of ours, was used or is too old."""
    try:
        number = int(_signer.unsign(token))
    except (signing.BadSignature, ValueError):
        return None
    found = Invitation.objects.select_related("inviter").filter(pk=number, inviter__is_active=True).first()
    return found if found and found.holds(timezone.now()) else None


def remember(request: HttpRequest, token: str) -> None:
    """Keep the invitation until this browser signs up, whichever way it takes."""
    request.session[_KEPT] = token


def remembered(request: HttpRequest) -> Invitation | None:
    """Return the invitation with which this browser came, if it still holds."""
    token = request.session.get(_KEPT)
    return invitation_of(token) if isinstance(token, str) else None


def may_sign_up(request: HttpRequest) -> bool:
    """Return whether this browser may sign up now: by the setting SIGNUP, and by its invitation."""
    return settings.SIGNUP == "open" or (settings.SIGNUP == "invitation" and remembered(request) is not None)


def reserve(request: HttpRequest) -> bool:
    """Use up the browser's invitation; return False when somebody was faster and one is needed."""
    invitation = remembered(request)
    if invitation is None:
        return settings.SIGNUP != "invitation"
    used = Invitation.objects.filter(pk=invitation.pk, used_at__isnull=True).update(used_at=timezone.now())
    return bool(used) or settings.SIGNUP != "invitation"


def settle(request: HttpRequest, user: User) -> None:
    """Write down who came by the browser's invitation, which was reserved before."""
    token = request.session.pop(_KEPT, None)
    if isinstance(token, str):
        try:
            number = int(_signer.unsign(token))
        except (signing.BadSignature, ValueError):
            return
        Invitation.objects.filter(pk=number, used_at__isnull=False, used_by__isnull=True).update(used_by=user)
