"""The web server: started as a process of its own, which says when the first answer can be had."""

import argparse

# Looking up a host imports this. Were it the thread that greets, while the server forks its processes, they would
# inherit the lock of that import, which nobody opens: they would wait for it for good.
import encodings.idna  # noqa: F401
import http.client
import threading
import time

from granian import Granian
from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

APPLICATION = "forum.management.worker:application"
PATIENCE = 60.0  # seconds until we stop waiting for the first answer


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
    greet = threading.Thread(target=_greet, args=(options.host, options.port, options.greeting), daemon=True)
    server.on_startup(greet.start)
    server.serve()


def _greet(host: str, port: int, greeting: str) -> None:
    """Print the greeting once the site answers, whatever it answers."""
    # An address such as 0.0.0.0 is one to listen on, not one to call.
    target = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        connection = http.client.HTTPConnection(target, port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            connection.getresponse()
        except OSError:
            time.sleep(0.1)
        else:
            print(greeting, flush=True)  # noqa: T201
            return
        finally:
            connection.close()


if __name__ == "__main__":
    main()
