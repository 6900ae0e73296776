"""The accounts as a Django application."""

from typing import Any

from django.apps import AppConfig
from django.db.models import CharField
from django.utils.translation import gettext_lazy as _

from accounts.folding import SameInAnyCase


class AccountsConfig(AppConfig):
    """People and their preferences."""

    name = "accounts"
    verbose_name = _("People")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have names and addresses compared as their indexes hold them, whoever asks."""
        CharField.register_lookup(SameInAnyCase)
        email: Any = self.get_model("User")._meta.get_field("email")
        email.register_lookup(SameInAnyCase, "exact")
