"""The table of a run, with all that one has to know of it, in Markdown and as JSON."""

import json
import os
import platform
import re
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import connection

from forum.models import City, Post, Thread

if TYPE_CHECKING:
    from bench.load.measuring import Bench

FOLDER = Path("build/bench")
HEAD = (
    "scenario",
    "who",
    "requests/s",
    "ratio (least–most)",
    "p50 ms",
    "p99 ms",
    "CPU ms",
    "ratio by CPU",
    "SQL",
    "bytes",
    "target",
    "met",
)


def facts() -> dict[str, str]:
    """Return what there is to know of site, machine, versions and settings."""
    posts, threads, cities = Post.objects.count(), Thread.objects.count(), City.objects.count()
    with connection.cursor() as cursor:
        cursor.execute("SELECT version()" if connection.vendor == "postgresql" else "SELECT sqlite_version()")
        database = cursor.fetchone()[0].split(" on ")[0]
    names = ("django", "granian", "whitenoise", "brotli", "psycopg")
    commit = subprocess.run(["git", "log", "-1", "--format=%h"], capture_output=True, text=True, check=False).stdout
    wrk = subprocess.run(["wrk", "-v"], capture_output=True, text=True, check=False).stdout.split("[")[0]
    return {
        "site": f"{posts:,} posts in {threads:,} threads of {cities} cities",
        "database": f"{connection.vendor} ({database}), {_size()}",
        "machine": _machine(),
        "versions": ", ".join([f"Python {platform.python_version()}", *(f"{one} {version(one)}" for one in names)]),
        "program": f"commit {commit.strip()}, {wrk.strip()}",
        "settings": "production, workers of 1 thread, caches in "
        + ("Redis" if os.environ.get("REDIS_URL") else "the processes and the database"),
        "other work": f"load average {os.getloadavg()[2]:.1f} in the last 15 minutes; the bench's own is about 3",
    }


def _size() -> str:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_size_pretty(pg_database_size(current_database()))")
            return str(cursor.fetchone()[0])
    return f"{os.path.getsize(connection.settings_dict['NAME']) / 2**20:,.0f} MB"


def _machine() -> str:
    processors = Path("/proc/cpuinfo").read_text()
    name = re.search(r"model name\s*:\s*(.*)", processors)
    memory = re.search(r"MemTotal:\s*(\d+)", Path("/proc/meminfo").read_text())
    size = f"{int(memory[1]) / 2**20:.0f} GB" if memory else "?"
    return f"{os.cpu_count()} cores ({name[1] if name else platform.machine()}), {size} of memory, {platform.system()}"


def markdown(bench: "Bench", known: dict[str, str]) -> str:
    """Return the whole table."""
    rows = [HEAD, ["---"] * len(HEAD), *(line.cells() for line in bench.lines)]
    said = [f"- {name}: {words}" for name, words in known.items()]
    return "\n".join([*said, "", *(f"| {' | '.join(row)} |" for row in rows), ""])


def write(bench: "Bench", known: dict[str, str]) -> None:
    """Write the table into build/bench/ and print it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    posts = re.sub(r"\D", "", known["site"].partition(" ")[0])
    name = f"{connection.vendor}-{posts}-{datetime.now(UTC):%Y%m%d-%H%M%S}"
    text = markdown(bench, known)
    lines = [line.plain() for line in bench.lines]
    (FOLDER / f"{name}.md").write_text(text)
    (FOLDER / f"{name}.json").write_text(json.dumps({"facts": known, "lines": lines}, ensure_ascii=False, indent=1))
    print(f"\n{text}\n{FOLDER / name}.md")
