"""Whether a name is free, whose an e-mail address is, and whether it is confirmed."""

from allauth.account.models import EmailAddress
from django.db.models import Q

from accounts.folding import is_same
from accounts.models import User


def name_is_taken(name: str, *, by_other_than: User | None = None) -> bool:
    """Return whether somebody else is seen, or signs in, under this name in any case."""
    others = User.objects.exclude(pk=by_other_than.pk) if by_other_than and by_other_than.pk else User.objects.all()
    return bool(name) and others.filter(Q(is_same("display_name", name)) | is_same("username", name)).exists()


def release_email(address: EmailAddress) -> None:
    """Take an e-mail address, now proven, from everybody who only claimed to have it."""
    others = User.objects.filter(is_same("email", address.email)).exclude(pk=address.user_id)
    same = EmailAddress.objects.filter(email=address.email.lower())  # the library keeps them in small letters
    proven = same.filter(verified=True).values("user")
    same.filter(verified=False).exclude(user=address.user_id).delete()
    others.exclude(pk__in=proven).update(email="")


def note_confirmed(user: User) -> None:
    """Let somebody write who had to confirm the address first, once it is confirmed."""
    if user.must_confirm and EmailAddress.objects.filter(user=user, verified=True).exists():
        User.objects.filter(pk=user.pk).update(must_confirm=False)
        user.must_confirm = False
