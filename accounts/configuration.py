"""The settings of accounts: how one signs up and in, and what guards it; the site's settings take them over."""

from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()
_DEVELOPMENT: bool = env.bool("DEVELOPMENT", False)


def _one_of(name: str, value: str, *choices: str) -> str:
    if value not in choices:
        raise ImproperlyConfigured(f"{name} is one of {', '.join(choices)}, not {value!r}.")
    return value


# Signing up
SIGNUP = _one_of("SIGNUP", env.str("SIGNUP", "open"), "open", "invitation", "closed")
INVITATIONS_A_MONTH: int = env.int("INVITATIONS_A_MONTH", 5)
INVITATION_DAYS = 30
# The sum that a browser does before it signs somebody up: 16 parts, each with so many bits that are zero.
PROOF_OF_WORK_BITS: int = env.int("PROOF_OF_WORK_BITS", 14)
REQUIRE_SECOND_FACTOR_FOR_OFFICERS: bool = env.bool("REQUIRE_SECOND_FACTOR_FOR_OFFICERS", False)
ACCOUNT_EMAIL_VERIFICATION = _one_of(
    "EMAIL_VERIFICATION",
    env.str("EMAIL_VERIFICATION", "optional" if _DEVELOPMENT else "mandatory"),
    "mandatory",
    "optional",
    "none",
)

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.Backend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "me"
LOGOUT_REDIRECT_URL = "home"

ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.forms.SignupForm"
ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD = "remarks"  # a name that no browser fills in by itself
ACCOUNT_FORMS = {
    "login": "accounts.entrance.LoginForm",
    "signup": "accounts.entrance.SignupForm",
    "reset_password": "accounts.entrance.ResetPasswordForm",
    "reset_password_from_key": "accounts.entrance.ResetPasswordKeyForm",
    "change_password": "accounts.entrance.ChangePasswordForm",
    "set_password": "accounts.entrance.SetPasswordForm",
    "add_email": "accounts.entrance.AddEmailForm",
    "reauthenticate": "accounts.entrance.ReauthenticateForm",
}
ACCOUNT_CHANGE_EMAIL = True  # one address a person, exchanged when the new one is proven
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # before the address of the account changes
ACCOUNT_USER_DISPLAY = "accounts.models.display_name"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_USERNAME_MIN_LENGTH = 2
ACCOUNT_USERNAME_VALIDATORS = "accounts.names.username_validators"
ACCOUNT_USERNAME_BLACKLIST = ["admin", "administrator", "root", "system", "moderator", "me", "new"]
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if env.bool("SECURE", not _DEVELOPMENT) else "http"  # of links in mails
ACCOUNT_EMAIL_NOTIFICATIONS = True  # of a changed password or address
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "signup": "20/m/ip",
    "reset_password": "20/m/ip,5/m/key",
    "change_password": "5/m/user",
}

MFA_ADAPTER = "accounts.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # half a minute either way, for clocks that go wrong
# Browsers make passkeys only on https, and on localhost.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = _DEVELOPMENT
MFA_FORMS = {
    "authenticate": "accounts.second_factor.AuthenticateForm",
    "reauthenticate": "accounts.second_factor.ReauthenticateForm",
    "activate_totp": "accounts.second_factor.ActivateTOTPForm",
    "add_webauthn": "accounts.second_factor.AddWebAuthnForm",
    "edit_webauthn": "accounts.second_factor.EditWebAuthnForm",
}

# Signing in with an account that people have elsewhere: one OpenID Connect provider, if there is one.
OIDC_URL: str = env.str("OIDC_URL", "")
OIDC_APP = "allauth.socialaccount.providers.openid_connect"  # takes 5 MB of each process, so only where it is used
OIDC_ORIGIN = [f"{urlsplit(OIDC_URL).scheme}://{urlsplit(OIDC_URL).netloc}"] if OIDC_URL else []
SOCIALACCOUNT_ADAPTER = "accounts.elsewhere.ElsewhereAdapter"
SOCIALACCOUNT_FORMS = {"signup": "accounts.elsewhere.SignupForm", "disconnect": "accounts.elsewhere.DisconnectForm"}
SOCIALACCOUNT_AUTO_SIGNUP = False  # one chooses one's name here
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX = "oidc"
SOCIALACCOUNT_PROVIDERS: dict[str, dict[str, Any]] = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "provider",
                "name": env.str("OIDC_NAME", "OpenID Connect"),
                "client_id": env.str("OIDC_CLIENT_ID", ""),
                "secret": env.str("OIDC_SECRET", ""),
                "settings": {"server_url": OIDC_URL},
            }
        ]
        if OIDC_URL
        else [],
    }
}
