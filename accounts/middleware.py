"""Middleware: language, time zone and calendar hold for the whole request; the day of the visit is noted."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone, translation

from accounts.dates import calendar
from accounts.models import User, today
from accounts.preferences import asked_language, look_of, supported
from accounts.sessions import person_of
from accounts.turns import if_soon

type Answer = Callable[[HttpRequest], HttpResponseBase]


def preferences(get_response: Answer) -> Answer:
    """Activate what the member chose; visitors keep what cookie and browser say."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        # From here on the person as such: pages ask so often who they are that a stand-in costs more than the query.
        request.user = person_of(request)
        with calendar(look_of(request).calendar):
            return _in_their_words(request)

    def _in_their_words(request: HttpRequest) -> HttpResponseBase:
        user = request.user
        if not isinstance(user, User):
            timezone.deactivate()
            return get_response(request)
        if language := supported(user.language):
            translation.activate(language)
            request.LANGUAGE_CODE = language
        timezone.activate(ZoneInfo(user.time_zone))
        try:
            return get_response(request)
        finally:
            timezone.deactivate()

    return middleware


def language_of_address(get_response: Answer) -> Answer:
    """Show a page in the language that its address asks for (?hl=); nothing is remembered.

    So each language of a page has an address of its own, which search engines can be told.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if language := asked_language(request):
            translation.activate(language)
            request.LANGUAGE_CODE = language
        return get_response(request)

    return middleware


def presence(get_response: Answer) -> Answer:
    """Note the day on which a member was here: one write a day, nothing else, and later if others write just then."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        user, day = request.user, today()
        if isinstance(user, User) and user.last_seen_on < day:
            if_soon(lambda: User.objects.filter(pk=user.pk, last_seen_on__lt=day).update(last_seen_on=day))
        return get_response(request)

    return middleware
