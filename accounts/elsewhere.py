"""Signing in with an account that one has elsewhere: the OpenID Connect provider of the settings, in our manner."""

from typing import Any

from allauth.socialaccount import forms as library
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, _build_apps_from_settings
from allauth.socialaccount.models import SocialApp, SocialLogin
from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from accounts.entrance import ByInvitation, OurManner


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

    def get_requests_session(self) -> Any:
        """Return what speaks with the provider. It is loaded where there is one: it takes 5 MB of each process."""
        return import_string("accounts.conversation.Conversation")(self.request)

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
