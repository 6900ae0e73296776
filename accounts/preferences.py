"""How a person likes to read: language, text size, theme, time zone; cookies for visitors."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import get_supported_language_variant

from accounts.models import User

COOKIE_AGE = 60 * 60 * 24 * 365  # seconds


@dataclass(frozen=True, slots=True)
class Look:
    """What the page's root element says about type and colour."""

    size: str = User.TextSize.MEDIUM
    theme: str = User.Theme.AUTO


def look_of(request: HttpRequest) -> Look:
    """Return the look a person chose: a member's from the account, a visitor's from cookies."""
    user = getattr(request, "user", None)
    if isinstance(user, User):
        return Look(user.text_size, user.theme)
    size, theme = request.COOKIES.get("size", ""), request.COOKIES.get("theme", "")
    return Look(
        size if size in User.TextSize.values else User.TextSize.MEDIUM,
        theme if theme in User.Theme.values else User.Theme.AUTO,
    )


def choose(request: HttpRequest, response: HttpResponseBase, *, name: str, value: str) -> None:
    """Remember one choice (`size`, `theme` or `language`) in a cookie, and for a member in the account.

    Raises ValueError for a choice that does not exist.
    """
    field, allowed = {
        "size": ("text_size", User.TextSize.values),
        "theme": ("theme", User.Theme.values),
        "language": ("language", [code for code, _label in settings.LANGUAGES]),
    }[name]
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
