"""The memory of the processes of the web server: what they can share once, and nothing that only others need."""

import os
import subprocess
import sys

from django.conf import settings

SEEN = """
import gc, sys
from forum.management import server
server.prepare()
print(gc.get_freeze_count() > 100_000, "forum.views.threads" in sys.modules)
print(*[name for name in ("typst", "pikepdf", "lxml.etree", "fontTools.ttLib", "requests") if name in sys.modules])
import threading
print(threading.active_count())
"""


def test_the_server_loads_the_site_before_it_divides_itself_and_nothing_that_few_need(tmp_path):
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "forum.settings", "DEVELOPMENT": "1", "DEBUG": "0"}
    environment |= {"VAR_DIR": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path / 'none.sqlite3'}"}
    done = subprocess.run(
        [sys.executable, "-c", SEEN], cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=True
    )
    shared, press, threads = done.stdout.splitlines()
    assert shared == "True True"
    assert not press.strip()
    assert threads == "1", "what another thread holds at a fork is locked in the children for ever"


TIDIED = """
import gc, time
from pathlib import Path
from forum.management.tidying import start_tidying
def held():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4
kept = [bytes(4_000) for _number in range(20_000)][::20]  # a little of each stretch of memory stays in use
before, end = held(), time.monotonic() + 10
stop = start_tidying(0.01)
while time.monotonic() < end and held() > before - 40_000:
    time.sleep(0.01)
stop.set()
print(before - held())
"""


def test_what_was_needed_for_a_moment_goes_back_to_the_system():
    done = subprocess.run(
        [sys.executable, "-c", TIDIED], cwd=settings.BASE_DIR, capture_output=True, text=True, check=True
    )
    assert int(done.stdout) > 40_000, "KB given back"
