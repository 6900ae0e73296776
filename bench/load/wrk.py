"""Driving the load generator wrk, and what it says."""

import re
import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_SCRIPT = str(Path(__file__).with_name("wrk.lua"))
_RESULT = re.compile(r"^RESULT (\d+) (\d+) (\d+) (\d+) (\d+) (\d+) (\d+) (\d+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked; wrk sends many of them in turn."""

    path: str
    headers: tuple[tuple[str, str], ...] = ()
    method: str = "GET"
    body: str = ""

    def line(self) -> str:
        """Return the line that wrk.lua reads."""
        headers = "\2".join(f"{name}={value}" for name, value in self.headers)
        return "\1".join((self.method, self.path, headers, self.body))


@dataclass(frozen=True, slots=True)
class Answered:
    """What one run gave; times in milliseconds."""

    requests: int
    seconds: float
    bytes: int
    refused: int  # answers of 400 and more
    broken: int  # connections that failed, or waited too long
    p50: float
    p99: float
    wrong: int = 0  # of the refused those other than 403 and 404; only where the answers were looked at

    @property
    def rate(self) -> float:
        """Requests in a second."""
        return self.requests / self.seconds


def read_result(text: str) -> Answered:
    """Return what wrk said. Raises ValueError where it said nothing of the kind."""
    found = _RESULT.search(text)
    if not found:
        raise ValueError(text)
    requests, micros, size, refused, broken, p50, p99, wrong = map(int, found.groups())
    return Answered(requests, micros / 1e6, size, refused, broken, p50 / 1000, p99 / 1000, wrong)


def load(
    port: int, requests: Iterable[Request], *, seconds: float, connections: int, statuses: bool = False
) -> Answered:
    """Send the requests in turn over so many connections for so long; with `statuses` look at the answers."""
    threads = min(2, connections)
    with tempfile.NamedTemporaryFile("w", suffix=".requests") as file:
        file.write("".join(f"{one.line()}\n" for one in requests))
        file.flush()
        command = ["wrk", f"-t{threads}", f"-c{connections}", f"-d{max(1, round(seconds))}s", "--timeout", "20s"]
        command += ["-s", _SCRIPT, f"http://127.0.0.1:{port}", "--", file.name, *(["statuses"] if statuses else [])]
        run = subprocess.run(command, capture_output=True, text=True, check=True)
    return read_result(run.stdout)
