"""People in the administration of this site: who becomes a moderator stands in the public log."""

from typing import Any

from django.contrib.auth.models import Group
from django.http import HttpRequest

from accounts.admin import PersonAdmin, PowersAdmin
from accounts.models import User
from forum.actions.moderators import dismiss_moderator, name_moderator
from forum.admin.site import site


class CitizenAdmin(PersonAdmin):
    """Accounts, where naming a moderator is an act like any other."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Store what was changed; a moderator is named or dismissed by the action that records it."""
        if "is_staff" in form.changed_data:
            act = name_moderator if obj.is_staff else dismiss_moderator
            act(obj, by=request.user)  # type: ignore[arg-type]
        super().save_model(request, obj, form, change)


site.register(User, CitizenAdmin)
site.register(Group, PowersAdmin)
