"""All settings of the site, read from the environment; docs/operating.md lists them."""

import secrets
from pathlib import Path
from typing import Any

import environ
from django.conf import global_settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from accounts.configuration import *  # noqa: F403
from accounts.configuration import OIDC_APP, OIDC_ORIGIN
from accounts.outages import require_alive
from forum import mail_settings

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.str("VAR_DIR", str(BASE_DIR / "var"))).resolve()

# Development is chosen, never assumed: everything below is safe when nothing is said.
DEVELOPMENT: bool = env.bool("DEVELOPMENT", False)
DEBUG: bool = DEVELOPMENT and env.bool("DEBUG", False)


def _development_key() -> str:
    """Return the secret key of a development site, made once and kept in VAR_DIR."""
    path = VAR_DIR / "secret_key"
    if not path.exists():
        VAR_DIR.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)  # before there is anything to read in it
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text().strip()


SECRET_KEY: str = env.str("SECRET_KEY", "") or (_development_key() if DEVELOPMENT else "")
if not SECRET_KEY:
    raise ImproperlyConfigured("Set SECRET_KEY, or DEVELOPMENT=1 for a site on your own machine.")
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", default=[])

# Behind a proxy of ours its X-Forwarded-* headers are believed, otherwise nobody's.
BEHIND_PROXY: bool = env.bool("BEHIND_PROXY", False)
# A proxy hands on what people send when it has it whole; without one, threads of ours wait for slow senders. They take
# the interpreter from each other, which makes kept pages dearer: docs/operating.md.
SERVER_THREADS: int = 1 if BEHIND_PROXY else 4
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=["*"] if DEVELOPMENT else [])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "accounts",
    "forum",
    "django.contrib.admin.apps.SimpleAdminConfig",  # with a site of our own: forum/admin/
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    *([OIDC_APP] if OIDC_ORIGIN else []),
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "forum.middleware.Compression",  # with a random length against BREACH; tokens are masked as well
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "forum.middleware.headers",
    "forum.caching.ahead.ahead",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "forum.middleware.outages",
    "django.middleware.common.CommonMiddleware",
    "accounts.tokens.TokenMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.preferences",
    "accounts.middleware.language_of_address",
    "accounts.middleware.presence",
    "django.contrib.messages.middleware.MessageMiddleware",
    "forum.middleware.leaving",
    "forum.middleware.coming_back",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "forum.middleware.addresses_of_text",
    "forum.middleware.pages_for_refused_methods",
]

ROOT_URLCONF = "forum.urls"
WSGI_APPLICATION = "forum.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "forum.context_processors.site",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "forum.templatetags.cityboards",
                "forum.templatetags.dates",
                "forum.templatetags.extending",
                "forum.templatetags.kept",
                "forum.templatetags.languages",
                "forum.templatetags.rows",
                "forum.templatetags.tokens",
            ],
        },
    }
]


def _database() -> dict[str, Any]:
    """Return the database settings: SQLite in VAR_DIR, or what DATABASE_URL names."""
    if DEVELOPMENT:
        VAR_DIR.mkdir(parents=True, exist_ok=True)  # commands that only look at the database need the folder, too
    address = env.str("DATABASE_URL", "") or f"sqlite:///{VAR_DIR / 'cityboards.sqlite3'}"
    config: dict[str, Any] = env.db_url_config(address)
    if config["ENGINE"].endswith("sqlite3"):
        config["ENGINE"] = "accounts.sqlite3"
        config["CONN_MAX_AGE"] = None  # opening the file anew for each request takes longer than most pages
        config["OPTIONS"] = {
            # A writer takes its lock at the start, so two writers queue instead of failing half-way.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # The system keeps the file in memory for all processes. Keeping more of it in each, or mapping it
            # (mmap_size), made neither pages nor searches faster: docs/operating.md.
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;"
            "PRAGMA cache_size=-4000;PRAGMA temp_store=MEMORY;"
            # A served site puts them back beside the requests (management/checkpoints.py); this is for commands.
            "PRAGMA wal_autocheckpoint=20000;",
        }
    elif config["ENGINE"].endswith("postgresql"):
        config["CONN_MAX_AGE"] = 0  # the pool keeps connections; both at once would hold them twice
        config["OPTIONS"] = {
            **config.get("OPTIONS", {}),
            "pool": {
                "min_size": 1,
                "max_size": env.int("DATABASE_POOL_SIZE", 8),
                "check": require_alive,
                "timeout": 2,  # seconds to wait for a server that is away; then accounts/outages.py says so
                "reconnect_timeout": 1,  # who comes next tries anew, however long it has been away
            },
        }
    return config


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL: str = env.str("REDIS_URL", "")
STEADY = "forum.caching.steady.SteadyRedisCache"
CACHES: dict[str, Any] = {
    # Shared by all processes, because rate limits are counted in it; each counts for itself while Redis is away.
    "default": {"BACKEND": STEADY, "LOCATION": REDIS_URL, "OPTIONS": {"instead": "local"}}
    if REDIS_URL
    else {
        "BACKEND": "accounts.slots.SlotCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},  # above it what has expired is thrown out, then anything
    },
    # Of one process only, for marks that may be lost (who has just viewed which thread).
    "local": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "local",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    },
    # Visitors' pages that one process made, for the others.
    **({"pages": {"BACKEND": STEADY, "LOCATION": REDIS_URL, "KEY_PREFIX": "pages"}} if REDIS_URL else {}),
    # The pictures of shared links, some 20 KB each: drawn again when thrown out.
    "cards": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR_DIR / "cards",
        "TIMEOUT": 60 * 60 * 24 * 30,
        "OPTIONS": {"MAX_ENTRIES": 2_000},
    },
}

PAGE_CACHE_MB: int = env.int("PAGE_CACHE_MB", 8)  # pages for visitors that each process keeps; 0 keeps none
PIECE_CACHE_MB: int = env.int("PIECE_CACHE_MB", 12)  # parts of pages that each process keeps; 0 keeps none

SILENCED_SYSTEM_CHECKS = [
    "auth.W004",  # sign-in names are unique in any case, by a constraint it does not know
    "security.W003",  # forms are guarded by accounts.tokens.TokenMiddleware, which is Django's and a little more
]

LANGUAGE_CODE = "zh-hant"
LANGUAGES = [("zh-hant", _("Traditional Chinese")), ("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "forum" / "locale"]
TIME_ZONE = env.str("TIME_ZONE", "Asia/Taipei")
USE_I18N = True
USE_TZ = True
LANGUAGE_COOKIE_SAMESITE = "Lax"

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_MIMETYPES = {".speculation": "application/speculationrules+json"}
MEDIA_ROOT = VAR_DIR / "media"  # what people upload
MEDIA_URL = "/media/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "books": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": VAR_DIR / "books"}},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "forum.assets.BundledStaticFilesStorage"
    },
}

# Mail: a server by EMAIL_URL (smtp+tls://user:password@host:587); a development site prints its mail.
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "Cityboards <noreply@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
BOUNCE_ADDRESS: str = env.str("BOUNCE_ADDRESS", "")  # to which what cannot be delivered comes back
MAILERS: dict[str, Any] = mail_settings.mailers(env, development=DEVELOPMENT)
SITE_ADDRESS: str = mail_settings.site_address(
    env, hosts=ALLOWED_HOSTS, secure=env.bool("SECURE", not DEVELOPMENT)
)  # how links in mail begin

# Safety: strict from the start. A development site speaks plain HTTP on the loopback.
SECURE: bool = env.bool("SECURE", not DEVELOPMENT)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 60
CSRF_FAILURE_VIEW = "forum.views.errors.csrf_failure"
TOO_MANY_VIEW = "forum.views.errors.too_many_requests"
NOT_ALLOWED_VIEW = "forum.views.errors.not_allowed"
SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = ["^healthz$"]  # asked from inside, over plain HTTP
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", 31_536_000 if SECURE else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "https:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF, *OIDC_ORIGIN],  # a form may lead on to where people sign in
    "frame-ancestors": [CSP.NONE],
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000  # bytes; a post has at most 40,000 characters
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
FILE_UPLOAD_HANDLERS = ["accounts.uploads.SizeGuard", *global_settings.FILE_UPLOAD_HANDLERS]
IMAGE_QUOTA: int = env.int("IMAGE_QUOTA_MB", 200) * 2**20  # bytes that the pictures of one person may take
BOOKS_AT_ONCE: int = env.int("BOOKS_AT_ONCE", 3)  # of one person, waiting or being made
BOOKS_A_DAY: int = env.int("BOOKS_A_DAY", 20)  # of one person
BOOKS_WAITING: int = env.int("BOOKS_WAITING", 100)  # of everybody together

MESSAGES: bool = env.bool("MESSAGES", True)  # private messages between members

CARD_FONT: str = env.str("CARD_FONT", "")  # the typeface of the pictures of shared links; looked for when not said
REFUSED_ROBOTS: list[str] = env.list("REFUSED_ROBOTS", default=[])  # robots.txt; "training" names those known
OFFLINE_READING: bool = env.bool("OFFLINE_READING", True)  # keeping threads in the browser; 0 takes it away for good

# How often one person (or one address) may do a thing: accounts/limits.py reads "number/period".
RATE_LIMITS = {
    "posting": env.str("LIMIT_POSTING", "20/10m"),
    "founding": env.str("LIMIT_FOUNDING", "5/1d"),
    "acting": env.str("LIMIT_ACTING", "120/10m"),
    "expensive": env.str("LIMIT_EXPENSIVE", "60/10m"),
    "books": env.str("LIMIT_BOOKS", "30/1h"),
    "preferences": env.str("LIMIT_PREFERENCES", "120/10m"),
    "searching": env.str("LIMIT_SEARCHING", "30/1m"),
    "reading": env.str("LIMIT_READING", "120/1m"),
    "suggesting": env.str("LIMIT_SUGGESTING", "120/1m"),
    "unproven": env.str("LIMIT_UNPROVEN", "5/1h"),
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "WARNING")},
}
