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
print(*[name for name in ("typst", "pikepdf", "lxml.etree", "fontTools.ttLib") if name in sys.modules])
import threading
print(threading.active_count())
"""


def test_the_server_loads_the_site_before_it_divides_itself_and_nothing_of_the_press(tmp_path):
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "forum.settings", "DEVELOPMENT": "1", "DEBUG": "0"}
    environment |= {"VAR_DIR": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path / 'none.sqlite3'}"}
    done = subprocess.run(
        [sys.executable, "-c", SEEN], cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=True
    )
    shared, press, threads = done.stdout.splitlines()
    assert shared == "True True"
    assert not press.strip()
    assert threads == "1", "what another thread holds at a fork is locked in the children for ever"
