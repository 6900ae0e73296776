"""The site of the administration: one enters by our own sign-in, and its forms have the limits of all others."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from accounts.limits import limited
from accounts.models import User
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import Forbidden


class Administration(admin.AdminSite):
    """Whoever is a superuser, or a moderator to whom one gave permissions of Django's, comes in."""

    site_header = _("Administration of Cityboards")
    site_title = _("Administration")
    index_title = _("Everything that is stored")
    site_url = "/moderation/"

    def has_permission(self, request: HttpRequest) -> bool:
        """Return whether the person may look at anything here."""
        user = request.user
        if not isinstance(user, User) or not user.is_active or not user.is_staff:
            return False
        if Viewer.of(user).lacks_second_factor:
            return False
        return user.is_superuser or bool(user.get_all_permissions())

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Return the view behind the door, its forms limited as those of officers are."""
        return super().admin_view(limited("acting")(view), cacheable)

    @method_decorator(never_cache)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Lead to our own sign-in page. Raises Forbidden for who is signed in and may not enter."""
        target = request.GET.get("next", "")
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise Forbidden(_("The administration is open to those who run the site."))
        return redirect_to_login(target if target.startswith("/admin/") else "/admin/")

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Lead to our own page for signing out."""
        return redirect("account_logout")

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Lead to our own page for a new password."""
        return redirect("account_change_password")


site = Administration(name="admin")
