"""Who signs in, and who a session belongs to."""

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import QuerySet

from accounts.models import User
from accounts.prepared import Prepared


def _person(pk: int) -> QuerySet[User]:
    return User.objects.filter(pk=pk)


_person_of_session = Prepared(_person)


class Backend(AuthenticationBackend):
    """That of the library; the person of a session is read by a query that is compiled once."""

    def get_user(self, user_id: int) -> User | None:
        """Return the person with the id who may sign in, None when there is none."""
        found = _person_of_session(user_id)
        return found[0] if found and self.user_can_authenticate(found[0]) else None
