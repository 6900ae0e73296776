"""A site that is put on a server with nothing but its key and its name is safe, or does not start."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.files import ROOT

KEY = "a-key-for-this-test-only-with-more-than-fifty-different-characters-0123456789"
ASK = """
import json, django
from django.conf import settings
django.setup()
names = [name for name in dir(settings) if name.isupper()]
print(json.dumps({name: getattr(settings, name) for name in names}, default=str))
"""


def run(tmp_path: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a fresh environment that knows only what is given."""
    base = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "forum.settings"}
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=base | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_deployed_site_passes_the_check(tmp_path: Path) -> None:
    command = ("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    done = run(tmp_path, *command, SECRET_KEY=KEY, ALLOWED_HOSTS="cities.example")
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_without_a_key_no_site_starts(tmp_path: Path) -> None:
    done = run(tmp_path, "manage.py", "check")
    assert done.returncode != 0
    assert "SECRET_KEY" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def deployed(tmp_path: Path) -> dict[str, object]:
    """The settings of a site that was given nothing but a key and a name; DEBUG without DEVELOPMENT is a mistake."""
    done = run(tmp_path, "-c", ASK, SECRET_KEY=KEY, ALLOWED_HOSTS="cities.example", DEBUG="1")
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def test_a_deployed_site_is_safe_when_nothing_is_said(deployed: dict[str, object]) -> None:
    wanted = {
        "DEBUG": False,
        "DEVELOPMENT": False,
        "ALLOWED_HOSTS": ["cities.example"],
        "SESSION_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "CSRF_COOKIE_SECURE": True,
        "CSRF_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_SAMESITE": "Lax",
        "LANGUAGE_COOKIE_SECURE": True,
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31_536_000,
        "SECURE_PROXY_SSL_HEADER": None,
        "BEHIND_PROXY": False,
    }
    assert {name: deployed[name] for name in wanted} == wanted


def test_passwords_are_kept_by_argon2(deployed: dict[str, object]) -> None:
    hashers = deployed["PASSWORD_HASHERS"]
    assert isinstance(hashers, list)
    assert hashers[0].endswith("Argon2PasswordHasher")


def test_a_development_site_keeps_its_own_key_from_others(tmp_path: Path) -> None:
    done = run(tmp_path, "manage.py", "check", DEVELOPMENT="1")
    assert done.returncode == 0, done.stderr
    key = tmp_path / "secret_key"
    assert key.stat().st_mode & 0o077 == 0
    assert len(key.read_text()) > 50
