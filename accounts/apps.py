"""The accounts as a Django application."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People and their preferences."""

    name = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
