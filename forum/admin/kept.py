"""Kept: rows that the administration shows and does not change, because an action does that elsewhere."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from forum.admin.site import site

PER_PAGE = 50


class Kept(admin.ModelAdmin):
    """Shows rows in a list and one by one; `where` says where one acts, `secret` names fields that are not shown.

    Of what `is_own` only the list is shown: what a person keeps for themselves would stand on the page of a row. What
    a list shows of other tables comes along in the same query; `beside` names what their names are made of.
    """

    where: Promise | str = ""
    secret: tuple[str, ...] = ()
    is_own = False
    beside: tuple[str, ...] = ()
    list_per_page = PER_PAGE
    show_full_result_count = False
    actions = None
    change_list_template = "admin/kept_list.html"
    change_form_template = "admin/kept_row.html"

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nothing is added here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nothing is changed here."""
        return False

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whoever has the permission of Django's; what is a person's own is not opened."""
        return not (self.is_own and obj) and super().has_view_permission(request, obj)

    def get_list_display_links(self, request: HttpRequest, list_display: Any) -> Any:
        """Return the columns that lead to the page of a row, if there is one."""
        return None if self.is_own else super().get_list_display_links(request, list_display)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nothing is deleted here."""
        return False

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        """Return the fields that are shown."""
        return [field.name for field in self.model._meta.fields if field.name not in self.secret]

    def get_list_select_related(self, request: HttpRequest) -> list[str]:
        """Return the tables from which the list shows something."""
        fields = {field.name: field for field in self.model._meta.fields}
        shown = (str(name) for name in self.list_display)
        return [name for name in shown if name in fields and fields[name].is_relation] + list(self.beside)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the list, and where one acts."""
        return super().changelist_view(request, {**(extra_context or {}), "where": self.where})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show one row, and where one acts."""
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), "where": self.where})


IN_CITY_HALL = _("Looked at here only. Changes are made in the city hall of the city, so that its log tells them.")
IN_SITE_HALL = _(
    "Looked at here only. Changes are made in the hall of the site's moderators, so that the log tells them."
)
IN_THREADS = _("Looked at here only. Writing, editing and hiding is done in the thread itself.")
BY_ITSELF = _("Looked at here only. The program keeps these by itself.")
BY_OWNER = _("Looked at here only, without what is private in it. Only the person changes these.")


def keep(model: type[Model], where: Any, show: str, find: str = "", by: str = "", **more: Any) -> None:
    """Register a model: `show` names the columns, `find` what is searched, `by` the filters."""
    site.register(
        model,
        Kept,
        where=where,
        list_display=show.split(),
        search_fields=find.split(),
        list_filter=by.split(),
        **more,
    )
