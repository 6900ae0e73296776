"""The web server: started as a process of its own, which says when the first answer can be had."""

import argparse
import subprocess
import sys

from granian import Granian
from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

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
        # More threads than one only take the interpreter's lock from each other.
        blocking_threads=1,
        websockets=False,
        log_level=LogLevels.warning,
        http1_settings=HTTP1Settings(header_read_timeout=10_000),
        respawn_failed_workers=True,
        workers_kill_timeout=10,
    )
    # A process and no thread: the server forks, and what it forks would inherit whatever lock a thread holds.
    greet = [sys.executable, "-m", "forum.management.greeting", options.host, str(options.port), options.greeting]
    server.on_startup(lambda: subprocess.Popen(greet))
    server.serve()


if __name__ == "__main__":
    main()
