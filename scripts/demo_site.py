"""A demo site to look at: one of its own, in a folder that goes away with it, or the running one that SITE names."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM_NAMES = ["chromium", "chromium-browser", "google-chrome"]
SANDBOX = ["--no-sandbox"] if os.geteuid() == 0 else []
QUIET = [*SANDBOX, "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-dev-shm-usage"]
NO_LIMITS = {f"LIMIT_{kind}": "100000/1m" for kind in ("SEARCHING", "READING", "SUGGESTING", "PREFERENCES")}


def chromium() -> str:
    """Return the path of Chromium; leave with a word where there is none."""
    return next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None) or sys.exit("Chromium is missing.")


@contextmanager
def demo_site() -> Iterator[str]:
    """Start a demo site as production serves it, all files collected; give its address."""
    if running := os.environ.get("SITE"):
        yield running.rstrip("/")
        return
    with socket.socket() as probe, tempfile.TemporaryDirectory(prefix="cityboards-demo-") as folder:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
        probe.close()
        environment = {**os.environ, **NO_LIMITS, "DEVELOPMENT": "1", "DEBUG": "0"}
        environment |= {"VAR_DIR": folder, "PORT": port, "HOST": "127.0.0.1"}
        environment.pop("DATABASE_URL", None)
        command = [sys.executable, "manage.py", "serve"]
        site = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
        try:
            assert site.stdout
            if not any("Ctrl-C" in line for line in site.stdout):
                sys.exit("The demo site did not start.")
            yield f"http://127.0.0.1:{port}"
        finally:
            site.send_signal(signal.SIGINT)
            site.wait(timeout=20)
