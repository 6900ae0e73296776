"""The link "this was not me" in the mail about a new sign-in: it takes the account back from whoever got in."""

from datetime import datetime, timedelta

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.core import signing
from django.db import transaction
from django.urls import reverse

from accounts.folding import is_same
from accounts.models import KnownBrowser, User
from accounts.people import release_email

LASTS = 7 * 24 * 60 * 60  # seconds
_SALT = "this was not me"


def token_for(browser: KnownBrowser, email: str) -> str:
    """Return what the link ends with; it holds for a week, and once."""
    return signing.dumps([browser.pk, email], salt=_SALT)


def browser_of(token: str) -> tuple[KnownBrowser, str] | None:
    """Return the browser that a link is about and the address it was sent to; None for one that no longer holds."""
    try:
        number, email = signing.loads(token, salt=_SALT, max_age=LASTS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    browser = KnownBrowser.objects.select_related("user").filter(pk=number, user__is_active=True).first()
    return (browser, str(email)) if browser else None


@transaction.atomic
def take_back(browser: KnownBrowser, email: str) -> str:
    """Shut everybody out of the account and return the address under which a new password is chosen.

    The password no longer fits, all sessions end, no browser is known any more; second factors and connections made
    since then go, and the address of the account is again the one to which the link was sent. Where somebody else has
    confirmed that one meanwhile, the account has none: never one that was put there since.
    """
    user = User.objects.select_for_update().get(pk=browser.user_id)
    for session in UserSession.objects.filter(user=user):
        session.end()
    since = _first_stranger(browser)
    Authenticator.objects.filter(user=user, created_at__gte=since).delete()
    SocialAccount.objects.filter(user=user, date_joined__gte=since).delete()
    user.known_browsers.all().delete()
    user.set_unusable_password()  # it ends sessions that nobody listed, too
    EmailAddress.objects.filter(user=user).delete()
    address = EmailAddress(user=user, email=email, primary=True, verified=True)
    release_email(address)  # whoever follows the link reads that mail; who only claimed the address does not
    is_free = not User.objects.filter(is_same("email", email)).exclude(pk=user.pk).exists()
    user.email = email if is_free else ""
    if is_free:
        address.save()
    user.save(update_fields=["password", "email"])
    key = default_token_generator.make_token(user)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": key})


def _first_stranger(browser: KnownBrowser) -> datetime:
    """Return when the first new browser came that may be the same stranger's: up to the life of a link before this one.

    The first browser of an account is nobody else's.
    """
    came = list(browser.user.known_browsers.order_by("first_seen_at", "pk").values_list("first_seen_at", flat=True))
    earliest = browser.first_seen_at - timedelta(seconds=LASTS)
    return min((at for at in came[1:] if at >= earliest), default=browser.first_seen_at)
