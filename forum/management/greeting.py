"""The greeting: printed by a small process of its own when a site that starts gives its first answer."""

import http.client
import os
import sys
import time

PATIENCE = 60.0  # seconds until we stop waiting for the first answer


def main(host: str, port: int, greeting: str) -> None:
    """Print the greeting once the site answers, whatever it answers; give up with the process that starts it."""
    # An address such as 0.0.0.0 is one to listen on, not one to call.
    target = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    starter, end = os.getppid(), time.monotonic() + PATIENCE
    while time.monotonic() < end and os.getppid() == starter:
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
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
