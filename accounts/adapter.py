"""How the account library meets our accounts."""

import logging
import unicodedata
from smtplib import SMTPException
from typing import Any
from zoneinfo import ZoneInfo

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.contrib.auth.models import AbstractBaseUser
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts import browsers, rescue
from accounts.dates import calendar
from accounts.invitations import may_sign_up
from accounts.limits import client_address
from accounts.mail import header, html_of
from accounts.models import KnownBrowser, User
from accounts.people import name_is_taken, note_confirmed, release_email
from accounts.preferences import supported

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
        is_done = bool(super().confirm_email(request, email_address))
        note_confirmed(email_address.user)
        return is_done

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return whether this browser may sign up: to everybody, by invitation or to nobody."""
        return may_sign_up(request)

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponse:
        """Lead on after signing in; tell the person by mail when the browser is a new one."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        assert isinstance(user, User)
        note_confirmed(user)
        if browser := browsers.meet(request, response, user):
            self._tell_of_sign_in(request, browser)
        return response

    def _tell_of_sign_in(self, request: HttpRequest, browser: KnownBrowser) -> None:
        user = browser.user
        if not user.email:
            return
        link = request.build_absolute_uri(reverse("not_me", args=[rescue.token_for(browser, user.email)]))
        told = {"user": user, "browser": browser.kind, "address": client_address(request), "link": link}
        told |= {"at": browser.last_seen_at, "zone": user.time_zone}
        language, zone = supported(user.language) or translation.get_language(), ZoneInfo(user.time_zone)
        with translation.override(language), timezone.override(zone), calendar(user.calendar):
            self.send_mail("account/email/new_sign_in", user.email, told)

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        """Return the mail, with an HTML twin in the look of all mails; no machine shall answer it."""
        headers = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All", **(headers or {})}
        message = super().render_mail(template_prefix, email, context, headers)
        if isinstance(message, EmailMultiAlternatives) and not message.alternatives:
            message.attach_alternative(html_of(str(message.body), subject=str(message.subject)), "text/html")
        return message

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail; when the mail server is away, the log says so and the person can go on."""
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException):
            logger.exception("A mail could not be sent: %s", template_prefix)

    def format_email_subject(self, subject: str) -> str:
        """Return the subject with the name of the site."""
        return header(_("%(subject)s · Cityboards") % {"subject": subject})

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Say what the library says, except what is plain to see."""
        if (args[0] if args else kwargs.get("message_template")) not in _UNSAID:
            super().add_message(request, level, *args, **kwargs)

    def send_password_reset_mail(self, user: AbstractBaseUser, email: str, context: dict[str, Any]) -> None:
        """Send the link, except to an account that waits to be claimed."""
        if not getattr(user, "is_claimable", False):
            super().send_password_reset_mail(user, email, context)
