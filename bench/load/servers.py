"""Starting and stopping the servers, and what they cost: time of the processor and memory."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from statistics import mean

_TICK = os.sysconf("SC_CLK_TCK")


def production(var_dir: str, database: str, workers: int = 2) -> dict[str, str]:
    """Return the environment of a production site that speaks plain HTTP to its proxy, on the loopback.

    A member may do as much in a second as otherwise in ten minutes: what counts is counted all the same.
    """
    limits = {
        "LIMIT_POSTING": "20/1s",
        "LIMIT_ACTING": "120/1s",
        "LIMIT_SEARCHING": "3000/1s",
        "LIMIT_READING": "3000/1s",
    }
    chosen = {
        "DEVELOPMENT": "0",
        "SECURE": "0",
        "ALLOWED_HOSTS": "127.0.0.1",
        "WORKERS": str(workers),
        "BEHIND_PROXY": "1",
        "VAR_DIR": var_dir,
    }
    chosen |= {"SECRET_KEY": "a key that only the bench uses, and long enough to please everybody"}
    kept = {name: value for name, value in os.environ.items() if name not in ("DEBUG", "REDIS_URL", "DATABASE_URL")}
    if redis := os.environ.get("BENCH_REDIS_URL"):
        chosen["REDIS_URL"] = redis
    return kept | chosen | limits | ({"DATABASE_URL": database} if database else {}) | {"PYTHONPATH": os.getcwd()}


@dataclass(slots=True)
class Server:
    """A server of its own, until `stop`."""

    command: list[str]
    environment: dict[str, str]
    port: int
    address: str  # of what costs little
    process: subprocess.Popen[bytes] = field(init=False)
    seconds: float = 0.0  # from the start to the first answer

    def start(self) -> "Server":
        """Start it and wait for the first answer. Raises RuntimeError when none comes."""
        begun = time.perf_counter()
        self.process = subprocess.Popen(
            self.command,
            env=self.environment | {"PORT": str(self.port)},
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        while time.perf_counter() - begun < 120 and self.process.poll() is None:
            try:
                self._ask(self.address)
            except OSError:
                time.sleep(0.02)
            else:
                self.seconds = time.perf_counter() - begun
                return self
        raise RuntimeError(f"No answer from {self.command}")

    def _ask(self, address: str) -> None:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", address)
        connection.getresponse().read()
        connection.close()

    def stop(self) -> None:
        """Stop it and all it started."""
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    @property
    def workers(self) -> list[int]:
        """The processes that answer."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(one) for one in children.split() if _answers(int(one))]

    def processor(self) -> float:
        """Return how many seconds of the processor the server has taken."""
        return sum(_ticks(pid) for pid in (self.process.pid, *self.workers)) / _TICK

    def settle(self) -> None:
        """Wait until it works no more: what was asked by those who have gone is answered all the same."""
        for _connection in range(8):  # an answer comes after all that its process has been asked before
            self._ask(self.address)
        before, until = self.processor(), time.monotonic() + 10
        while time.monotonic() < until:
            time.sleep(0.1)
            now = self.processor()
            if now - before <= 0.01:
                return
            before = now

    def memory(self) -> tuple[float, float, float]:
        """Return MB: all that a worker holds (the mean), its part where it shares with others, and all processes."""
        workers = self.workers
        held, part = (mean(values) for values in zip(*map(memory_of, workers), strict=True))
        return held, part, part * len(workers) + memory_of(self.process.pid)[1]


def _answers(pid: int) -> bool:
    """Return whether a process is one of those that answer: not the one that greets, nor one that has ended."""
    try:
        return b"forum.management.greeting" not in (
            Path(f"/proc/{pid}/cmdline").read_bytes() or b"forum.management.greeting"
        )
    except OSError:
        return False


def _ticks(pid: int) -> int:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:  # it has ended
        return 0
    return int(fields[11]) + int(fields[12])


def memory_of(pid: int) -> tuple[float, float]:
    """Return how many MB a process holds, and its part of them where it shares with others."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    sizes = {name: int(rest.split()[0]) / 1024 for name, _colon, rest in (one.partition(":") for one in lines[1:])}
    return sizes["Rss"], sizes["Pss"]


def site(environment: dict[str, str], port: int) -> Server:
    """Start the site as `make run` does, in production."""
    return Server(["bash", "scripts/run.sh"], environment, port, "/healthz").start()


def yardstick(environment: dict[str, str], port: int) -> Server:
    """Start the server of the yardsticks."""
    command = [sys.executable, "-m", "bench.load.yardstick_server", "--host", "127.0.0.1", "--workers", "2"]
    return Server([*command, "--port", str(port)], environment, port, "/y1/").start()
