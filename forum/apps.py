"""The forum as a Django application."""

from django.apps import AppConfig


class ForumConfig(AppConfig):
    """Cities, boards, threads and posts."""

    name = "forum"
    verbose_name = "Cityboards"
    default_auto_field = "django.db.models.BigAutoField"
