"""What tests do with a site that they serve: wait for it, ask it, stop it."""

import http.client
import os
import signal
import subprocess
from collections.abc import Callable

Serve = Callable[..., subprocess.Popen[str]]


def said_until_ready(process: subprocess.Popen[str]) -> list[str]:
    """Return what the site says up to the line that ends its greeting."""
    assert process.stdout
    lines = []
    for line in process.stdout:
        lines.append(line.strip())
        if "Ctrl-C" in line:
            return lines
    raise AssertionError(f"It never got ready: {lines} {process.stderr.read() if process.stderr else ''}")


def stop(process: subprocess.Popen[str]) -> int:
    os.killpg(process.pid, signal.SIGINT)
    return process.wait(timeout=8)


def status_of(port: int, path: str) -> int:
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    asked.request("GET", path)
    return asked.getresponse().status
