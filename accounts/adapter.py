"""How the account library meets our accounts."""

import logging
import unicodedata
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.limits import client_address
from accounts.people import name_is_taken, release_email

logger = logging.getLogger(__name__)

# Said by the page itself: one sees that one is signed in.
_UNSAID = {"account/messages/logged_in.txt", "account/messages/logged_out.txt"}


class AccountAdapter(DefaultAccountAdapter):
    """Our rules for names and addresses, and our way of saying little."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address by which sign-in and sign-up are limited: the same as everywhere."""
        return client_address(request)

    def clean_username(self, username: str, shallow: bool = False) -> str:
        """Return the name in its plain form; another person's display name is refused as well."""
        username = super().clean_username(unicodedata.normalize("NFKC", username), shallow)
        if not shallow and name_is_taken(username):
            raise self.validation_error("username_taken")
        return username

    @transaction.atomic
    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Confirm the address; who has proven it has it, not who only claimed it."""
        if email_address.can_set_verified():
            release_email(email_address)
        return bool(super().confirm_email(request, email_address))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail; when the mail server is away, the log says so and the person can go on."""
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException):
            logger.exception("A mail could not be sent: %s", template_prefix)

    def format_email_subject(self, subject: str) -> str:
        """Return the subject with the name of the site."""
        return _("%(subject)s · Cityboards") % {"subject": subject}

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Say what the library says, except what is plain to see."""
        if (args[0] if args else kwargs.get("message_template")) not in _UNSAID:
            super().add_message(request, level, *args, **kwargs)

    def send_password_reset_mail(self, user: AbstractBaseUser, email: str, context: dict[str, Any]) -> None:
        """Send the link, except to an account that waits to be claimed."""
        if not getattr(user, "is_claimable", False):
            super().send_password_reset_mail(user, email, context)
