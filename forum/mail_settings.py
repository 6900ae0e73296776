"""What settings.py says about mail: by which server it goes, and how links in it begin."""

from typing import Any

import environ

TIMEOUT = 30  # seconds that a mail server may take for one answer


def mailers(env: environ.Env, *, development: bool) -> dict[str, Any]:
    """Return Django's MAILERS for the server that EMAIL_URL names; a development site prints its mail."""
    given = env.email_url("EMAIL_URL", "consolemail://" if development else "smtp://localhost:25")
    options: dict[str, Any] = {}
    if "smtp" in given["EMAIL_BACKEND"]:
        options = {
            "host": given["EMAIL_HOST"],
            "port": given["EMAIL_PORT"],
            "username": given["EMAIL_HOST_USER"] or "",
            "password": given["EMAIL_HOST_PASSWORD"] or "",
            "use_tls": bool(given.get("EMAIL_USE_TLS", False)),
            "use_ssl": bool(given.get("EMAIL_USE_SSL", False)),
            "timeout": TIMEOUT,
        }
    elif "filebased" in given["EMAIL_BACKEND"]:
        options = {"file_path": given["EMAIL_FILE_PATH"]}
    return {"default": {"BACKEND": given["EMAIL_BACKEND"], "OPTIONS": options}}


def site_address(env: environ.Env, *, hosts: list[str], secure: bool) -> str:
    """Return how links in mail begin, without a slash at the end: SITE_ADDRESS, else by the first name of the site."""
    if given := env.str("SITE_ADDRESS", ""):
        return given.rstrip("/")
    names = [host.removeprefix(".") for host in hosts if host != "*"]
    if names:
        return f"{'https' if secure else 'http'}://{names[0]}"
    return f"http://{env.str('HOST', '') or '127.0.0.1'}:{env.str('PORT', '') or '8000'}"
