"""Sessions, read by a query that is compiled once: every page of a member begins with it."""

from datetime import datetime
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from accounts.prepared import Prepared


def _living(key: str, now: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=now)


_session = Prepared(_living)


class SessionStore(db.SessionStore):
    """A session in the database."""

    def _get_session_from_db(self) -> Any:
        """Return the row of the session, None when there is none that has not run out."""
        rows = _session(self.session_key, timezone.now()) if self.session_key else []
        if not rows:
            self._session_key = None
            return None
        return rows[0]
