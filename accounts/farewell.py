"""What an account itself loses when it is closed: sessions, keys, addresses, names."""

import secrets

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType

from accounts.models import User

# What every account begins with: of what somebody chose nothing is kept.
CHOICES = (
    "about",
    "avatar",
    "signature",
    "shows_signatures",
    "watches_replies",
    "folded_words",
    "messages_from",
    "language",
    "text_size",
    "theme",
    "writing",
    "calendar",
    "time_zone",
)


def sign_out_everywhere(user: User) -> None:
    """End every session of the person that is listed."""
    for session in UserSession.objects.filter(user=user):
        session.end()


def forget_account(user: User) -> None:
    """Empty the account of somebody who leaves, and store it; names go unless they are left with the texts.

    Nobody can sign in with it again. To be called in a transaction.
    """
    sign_out_everywhere(user)
    for model in (EmailAddress, Authenticator, SocialAccount):
        model._base_manager.filter(user=user).delete()
    for field in User._meta.concrete_fields:
        if field.name in CHOICES:
            setattr(user, field.name, field.get_default())
    user.email, user.last_login = "", None
    user.is_active = user.is_staff = user.is_superuser = user.is_claimable = False
    user.set_unusable_password()
    user.groups.clear()
    user.user_permissions.clear()
    if user.is_nameless:
        user.username, user.display_name = f"former-{secrets.token_hex(6)}", ""
        of_people = ContentType.objects.get_for_model(User)
        LogEntry.objects.filter(content_type=of_people, object_id=str(user.pk)).update(object_repr=user.username)
    user.save()
