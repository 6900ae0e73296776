"""Signing in with an account that one has elsewhere: the OpenID Connect provider of the settings, in our manner."""

import logging
from typing import Any

import requests
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount import forms as library
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, _build_apps_from_settings
from allauth.socialaccount.models import SocialApp, SocialLogin
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from accounts.entrance import ByInvitation, OurManner

LONGEST = 10  # seconds that the provider may take
logger = logging.getLogger(__name__)


class Conversation(requests.Session):
    """What is asked of the provider. When it does not answer rightly, a page says so instead of an error."""

    def __init__(self, request: HttpRequest) -> None:
        """Take the request that is answered meanwhile."""
        super().__init__()
        self.asked_by = request

    def request(self, *args: Any, **kwargs: Any) -> requests.Response:
        """Return the provider's answer. Raises ImmediateHttpResponse, which the library answers with."""
        try:
            answer = super().request(*args, **{"timeout": LONGEST, **kwargs})
            answer.raise_for_status()
        except requests.RequestException as problem:
            logger.warning("The OpenID Connect provider: %s", problem)
            page = render(self.asked_by, "socialaccount/authentication_error.html", status=502)
            raise ImmediateHttpResponse(page) from problem
        return answer


class ElsewhereAdapter(DefaultSocialAccountAdapter):
    """The provider stands in the settings and nowhere else."""

    error_messages = {
        **DefaultSocialAccountAdapter.error_messages,
        "email_taken": _("An account here has this address already. Sign in to it, and connect your %s account there."),
        "disconnect_last": _("Without it you could no longer sign in. Set a password first."),
        "no_password": _("Without it you could no longer sign in. Set a password first."),
    }

    def list_apps(self, request: HttpRequest, provider: Any = None, client_id: Any = None) -> list[SocialApp]:
        """Return the provider of the settings, if there is one; nothing is looked up in the database."""
        apps = _build_apps_from_settings(provider=provider, client_id=client_id)
        return [one for some in apps.values() for one in some]

    def get_requests_session(self) -> requests.Session:
        """Return what speaks with the provider."""
        return Conversation(self.request)

    def get_signup_form_initial_data(self, sociallogin: SocialLogin) -> dict[str, Any]:
        """Return what the provider says of the person, to begin with."""
        data = super().get_signup_form_initial_data(sociallogin)
        said = sociallogin.account.get_provider_account().get_user_data() or {}
        return {**data, "display_name": str(said.get("name") or "")[:60]}


class SignupForm(OurManner, ByInvitation, library.SignupForm):
    """Sign up as the provider says one is; the name here is one's own choice."""


class DisconnectForm(OurManner, library.DisconnectForm):
    """Take the connection away."""

    labels = {"account": _("Connection")}


def provider_name() -> str:
    """Return how the provider is called, an empty text when the site has none."""
    apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    return str(apps[0]["name"]) if apps else ""
