"""Browsers with which somebody has signed in before: knowing them again, and telling the person of a new one."""

import re
import secrets
from datetime import timedelta
from hashlib import sha256
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from accounts.browser_names import browser_name
from accounts.limits import client_address
from accounts.models import KnownBrowser, User

COOKIE = "browser"
LASTS = timedelta(days=400)  # as long as browsers keep a cookie
_TOKEN = re.compile(r"[\w-]{20,64}")


def network_of(address: str) -> str:
    """Return the network that an address belongs to, as wide as one provider usually hands them out."""
    try:
        version = ip_address(address).version
    except ValueError:
        return ""
    return str(ip_network((address, 24 if version == 4 else 48), strict=False))


def _mark(token: str, user: User) -> str:
    """Return what is stored of the cookie: other for each person, so that nobody sees who shares a browser."""
    return sha256(f"{token} {user.pk}".encode()).hexdigest()


def meet(request: HttpRequest, response: HttpResponseBase, user: User) -> KnownBrowser | None:
    """Note the browser of somebody who signs in; return it when they should be told of it.

    They are told of one that carries no cookie of theirs, unless the same kind of browser came from the same network
    before. The first browser of an account is nobody else's.
    """
    now, token = timezone.now(), request.COOKIES.get(COOKIE, "")
    if not _TOKEN.fullmatch(token):
        token = secrets.token_urlsafe(24)
    mark, network = _mark(token, user), network_of(client_address(request))
    kind = browser_name(request.headers.get("User-Agent", ""))[:60]
    user.known_browsers.filter(last_seen_at__lt=now - LASTS).delete()
    known = list(user.known_browsers.all())
    is_familiar = not known or any(one.mark == mark or (one.kind, one.network) == (kind, network) for one in known)
    seen = {"kind": kind, "network": network, "last_seen_at": now}
    browser, _made = KnownBrowser.objects.update_or_create(user=user, mark=mark, defaults=seen)
    response.set_cookie(
        COOKIE, token, max_age=LASTS, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )
    return None if is_familiar else browser
