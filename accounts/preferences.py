"""How a person likes to read: language, text size, theme, time zone; cookies for visitors."""

from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import get_supported_language_variant

from accounts.models import User

COOKIE_AGE = 60 * 60 * 24 * 365  # seconds


@dataclass(frozen=True, slots=True)
class Look:
    """How a page is set: type, colour, the direction of Chinese threads, and how years are counted."""

    size: str = User.TextSize.MEDIUM
    theme: str = User.Theme.AUTO
    writing: str = User.Writing.HORIZONTAL
    calendar: str = User.Calendar.WESTERN


# A choice: the field of a member's account that keeps it, and what may be chosen.
CHOICES: Final[dict[str, tuple[str, list[str]]]] = {
    "size": ("text_size", User.TextSize.values),
    "theme": ("theme", User.Theme.values),
    "writing": ("writing", User.Writing.values),
    "calendar": ("calendar", User.Calendar.values),
    "language": ("language", [code for code, _label in settings.LANGUAGES]),
}


def look_of(request: HttpRequest) -> Look:
    """Return the look a person chose: a member's from the account, a visitor's from cookies."""
    user = getattr(request, "user", None)
    if isinstance(user, User):
        return Look(user.text_size, user.theme, user.writing, user.calendar)
    chosen = {}
    for name in ("size", "theme", "writing", "calendar"):
        value = request.COOKIES.get(name, "")
        if value in CHOICES[name][1]:
            chosen[name] = value
    return Look(**chosen)


def asked_language(request: HttpRequest) -> str:
    """Return the language that the address asks for (?hl=), for this page only; "" when it asks for none there is."""
    asked = request.GET.get("hl", "")
    return asked if asked in CHOICES["language"][1] else ""


def address_to_return(request: HttpRequest) -> str:
    """Return the address of the page without a language (?hl=), which would go before the one that is chosen next."""
    if request.method != "GET":
        return request.path
    if "hl" not in request.GET:
        return request.get_full_path()
    kept = request.GET.copy()
    del kept["hl"]
    return f"{request.path}?{kept.urlencode()}" if kept else request.path


def choose(request: HttpRequest, response: HttpResponseBase, *, name: str, value: str) -> None:
    """Remember one of CHOICES in a cookie, and for a member in the account.

    Raises ValueError for a choice that does not exist.
    """
    field, allowed = CHOICES[name]
    if value not in allowed:
        raise ValueError(value)
    cookie = settings.LANGUAGE_COOKIE_NAME if name == "language" else name
    response.set_cookie(
        cookie, value, max_age=COOKIE_AGE, samesite="Lax", httponly=True, secure=settings.SESSION_COOKIE_SECURE
    )
    if isinstance(request.user, User):
        User.objects.filter(pk=request.user.pk).update(**{field: value})


def change_preferences(user: User, **fields: str | bool) -> None:
    """Store what a member chose on the page of settings; the values come from a valid PreferencesForm."""
    User.objects.filter(pk=user.pk).update(**fields)


def supported(language: str) -> str:
    """Return the site's language nearest to a code such as zh-TW, or an empty string."""
    try:
        return get_supported_language_variant(language) if language else ""
    except LookupError:
        return ""
