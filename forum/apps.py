"""The forum as a Django application."""

from django.apps import AppConfig
from django.core.checks import register

from forum.publishing.checks import a_typeface_for_cards


class ForumConfig(AppConfig):
    """Cities, boards, threads and posts."""

    name = "forum"
    verbose_name = "Cityboards"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have `manage.py check` look for what the system lacks."""
        register(a_typeface_for_cards)
