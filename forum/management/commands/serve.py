"""`manage.py serve`: prepare everything a site needs, then hand over to the web server."""

import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connections

from accounts.models import User
from forum.management import preparing
from forum.management.seeding import PASSWORD, SIGN_INS
from forum.management.translations import compile_catalogues
from forum.models import City

# How the C library keeps memory: one store for all threads of a process, of which one works at a time; what is large
# apart from it, so that it leaves no holes; and of what is free at the end so much that pages are made out of that.
THRIFTY = {"MALLOC_ARENA_MAX": "1", "MALLOC_MMAP_THRESHOLD_": str(2**20), "MALLOC_TRIM_THRESHOLD_": str(2**22)}


class Command(BaseCommand):
    """Serve the site."""

    help = "Prepare the database, translations and static files, then serve the site."
    requires_system_checks: list[str] = []  # `make test` runs them; here they would only slow the start

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take address and port from the arguments, else from the environment."""
        parser.add_argument("--host", default=os.environ.get("HOST") or "127.0.0.1")
        parser.add_argument("--port", type=int, default=os.environ.get("PORT") or "8000")
        parser.add_argument("--workers", type=int, default=os.environ.get("WORKERS") or "2")

    def handle(self, *, host: str, port: int, workers: int, **options: Any) -> None:
        """Prepare and serve; does not return. Exit codes: 4 port, 5 database, 6 folder."""
        preparing.require_free_port(host, port)
        preparing.require_folder(Path(settings.VAR_DIR))
        preparing.require_database()
        self.prepare()
        greeting = self.greeting(host, port)
        connections.close_all()
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        arguments = ["--host", host, "--port", str(port), "--workers", str(workers), "--greeting", greeting]
        os.chdir(settings.BASE_DIR)
        os.execve(sys.executable, [sys.executable, "-m", "forum.management.server", *arguments], THRIFTY | os.environ)

    def prepare(self) -> None:
        """Do what has not been done yet, and say what takes time."""
        if count := preparing.migrate_when_needed():
            self.say(f"Database brought up to date ({count} migrations).")
        if compile_catalogues(map(Path, settings.LOCALE_PATHS)):
            self.say("Translations compiled.")
        if not settings.DEBUG and preparing.collect_when_changed():
            self.say("Static files collected.")
        if settings.DEVELOPMENT and not City.objects.exists():
            self.say("First start: building the demo cities …")
            call_command("seed", verbosity=0, stdout=self.stdout)

    def greeting(self, host: str, port: int) -> str:
        """Return what to say when the site can be visited: where, and as whom."""
        address = f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
        lines = ["", f"Cityboards is at {address}"]
        if settings.DEVELOPMENT:
            found = set(User.objects.filter(username__in=SIGN_INS).values_list("username", flat=True))
            names = ", ".join(name for name in SIGN_INS if name in found)
            lines += [f"Sign in as {names}; the password of each is {PASSWORD}."] if names else []
        return "\n".join([*lines, "Stop with Ctrl-C.", ""])

    def say(self, line: str) -> None:
        """Print a line now, also when the output is a pipe."""
        self.stdout.write(line)
        self.stdout.flush()
