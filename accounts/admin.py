"""People in the administration: what may be changed of an account, and by whom."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User

FOR_SUPERUSERS = ("is_staff", "is_superuser", "groups", "user_permissions")
CHANGEABLE = ("is_active", *FOR_SUPERUSERS)
SAID = ("username", "display_name", "email", "about")
NOTED = ("date_joined", "last_login", "last_seen_on", "is_claimable", "closes_at", "closed_at")


class PersonAdmin(admin.ModelAdmin):
    """Accounts. What people say of themselves only they change; who may do what here only superusers."""

    list_display = ("username", "display_name", "email", "is_active", "is_staff", "is_superuser", "date_joined")
    list_filter = ("is_active", "is_staff", "is_superuser", "is_claimable")
    search_fields = ("username", "display_name", "email")
    ordering = ("-date_joined", "-id")
    list_per_page = 50
    show_full_result_count = False
    actions = None
    filter_horizontal = ("groups", "user_permissions")
    fieldsets = (
        (None, {"fields": SAID}),
        (_("Rights"), {"fields": CHANGEABLE}),
        (_("Dates"), {"fields": NOTED}),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """People sign up themselves."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """What somebody wrote stays, and so does the account; it can be made inactive."""
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Return the fields that this person may not change; of the own account that is every right."""
        is_superuser = bool(getattr(request.user, "is_superuser", False))
        may: tuple[str, ...] = CHANGEABLE if is_superuser else ("is_active",)
        if obj == request.user or (isinstance(obj, User) and obj.is_superuser and not is_superuser):
            may = ()
        return [name for name in (*SAID, *CHANGEABLE, *NOTED) if name not in may]


class PowersAdmin(GroupAdmin):
    """Groups of permissions, which only superusers change."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Superusers only."""
        return bool(getattr(request.user, "is_superuser", False))

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Superusers only."""
        return bool(getattr(request.user, "is_superuser", False))

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Superusers only."""
        return bool(getattr(request.user, "is_superuser", False))
