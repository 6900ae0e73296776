"""The web server: started as a process of its own, which says when the first answer can be had."""

import argparse
import gc
import subprocess
import sys

from django.conf import settings
from django.db import connections
from django.template.loader import get_template
from django.urls import get_resolver
from granian import Granian
from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

# Here already, so that the processes which come of this one share the memory that it takes.
from forum.wsgi import application

APPLICATION = "forum.management.worker:application"


def main() -> None:
    """Serve until told to stop; the arguments are those that `manage.py serve` passes on."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--workers", type=int, required=True)
    parser.add_argument("--greeting", default="")
    options = parser.parse_args()
    server = Granian(
        APPLICATION,
        address=options.host,
        port=options.port,
        interface=Interfaces.WSGI,
        workers=options.workers,
        blocking_threads=settings.SERVER_THREADS,
        websockets=False,
        log_level=LogLevels.warning,
        http1_settings=HTTP1Settings(header_read_timeout=10_000),
        respawn_failed_workers=True,
        workers_kill_timeout=10,
    )
    prepare()
    # A process and no thread: the server forks, and what it forks would inherit whatever lock a thread holds.
    greet = [sys.executable, "-m", "forum.management.greeting", options.host, str(options.port), options.greeting]
    server.on_startup(lambda: subprocess.Popen(greet))
    server.serve()


def prepare() -> None:
    """Load what every process will need, and put it where collecting garbage does not touch it.

    Memory that nobody writes to is shared after a fork; the collector writes to each object that it looks at.
    """
    assert application
    _addresses = get_resolver().url_patterns
    get_template("threads/show.html")
    connections.close_all()
    gc.collect()
    gc.freeze()


if __name__ == "__main__":
    main()
