"""Sessions and the people they belong to, read by one query: every page of a member begins with it."""

import json
from collections import OrderedDict
from datetime import datetime
from functools import lru_cache
from typing import Any, Final, cast

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet, Subquery
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts.backends import Backend
from accounts.models import User
from accounts.prepared import Prepared

REMEMBERED: Final = 1_000  # sessions of late: whose they are, and what stands in them
OURS: Final = f"{Backend.__module__}.{Backend.__qualname__}"
_owners: OrderedDict[str, int] = OrderedDict()


def _living(key: str, now: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=now)


def _with_session(pk: int, key: str, now: datetime) -> QuerySet[User]:
    return User.objects.filter(pk=pk).annotate(session_data=Subquery(_living(key, now).values("session_data")))


_session, _person = Prepared(_living), Prepared(_with_session)


class SessionStore(db.SessionStore):
    """A session in the database; whoever had it when it was last read here, is read along with it as `person`."""

    person: User | None = None

    def load(self) -> dict[str, Any]:
        """Return what stands in the session; nothing, and no key, when there is none that has not run out."""
        key, now = self.session_key or "", timezone.now()
        if "\0" in key:  # a cookie may say so; PostgreSQL would not even look
            key = ""
        if owner := _owners.get(key):
            for person in cast("list[Any]", _person(owner, key, now)):
                if person.session_data:
                    self.person = person
                    return _read(person.session_data)
        rows = _session(key, now) if key else []
        if not rows:
            self._session_key = None
            return {}
        data = _read(rows[0].session_data)
        if str(theirs := data.get(SESSION_KEY, "")).isdecimal():
            _remember(key, int(theirs))
        return data


def _remember(key: str, owner: int) -> None:
    _owners[key] = owner
    if len(_owners) > REMEMBERED:
        _owners.popitem(last=False)


def _read(session_data: str) -> dict[str, Any]:
    """Return what stands in a session, a thing of its own each time; that it was signed by us is looked at once."""
    read: dict[str, Any] = json.loads(_text_in(session_data, settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))
    return read


@lru_cache(REMEMBERED)
def _text_in(session_data: str, *_keys: str) -> str:
    return json.dumps(SessionStore().decode(session_data))


def person_of(request: HttpRequest) -> User | AnonymousUser:
    """Return who has signed in, as Django's `get_user` does: asked where the person did not come with the session."""
    session: Any = request.session
    marks = session.get(SESSION_KEY), session.get(BACKEND_SESSION_KEY)
    person = session.person
    if person is None or marks != (str(person.pk), OURS) or not person.is_active:
        return get_user(request)
    # Otherwise an older key of the site may have signed it, or the password has changed.
    is_theirs = constant_time_compare(session.get(HASH_SESSION_KEY, ""), person.get_session_auth_hash())
    return person if is_theirs else get_user(request)
