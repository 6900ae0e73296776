"""How long the server works on the main pages, against an answer without a page: `make bench PART=pages`.

On a demo world in a folder of its own: asks each page in this process through the whole middleware, and prints
the median in milliseconds, how many times a plain answer (robots.txt) that is, the SQL queries, and the bytes
that travel. Figures of one machine at one moment: compare them within one run only.
"""

from statistics import median
from time import perf_counter

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from forum.models import Board, Thread

ROUNDS = 40
YARDSTICK = "/robots.txt"


def run() -> None:
    """Build the demo world and print a line for each page and reader."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    start = perf_counter()
    call_command("seed", verbosity=0)
    print(f"seed: {perf_counter() - start:.1f} s on {connection.vendor}\n")
    thread = Thread.objects.order_by("-posts_count").select_related("city", "board")[0]
    board = Board.objects.select_related("city").order_by("-threads_count")[0]
    pages = {
        "home": "/",
        "city": f"/c/{board.city.slug}/",
        "board": f"/c/{board.city.slug}/b/{board.slug}/",
        "thread": f"/t/{thread.pk}/",
        "log": f"/c/{board.city.slug}/log/",
    }
    print(f"{'page':8} {'reader':8} {'ms':>7} {'x plain':>8} {'queries':>8} {'bytes':>7}")
    for reader, client in {"visitor": Client(), "member": _member()}.items():
        plain = _milliseconds(client, YARDSTICK)
        for name, address in pages.items():
            _line(name, reader, client, address, plain)


def _member() -> Client:
    client = Client()
    client.force_login(User.objects.get(username="citizen"))
    return client


def _line(name: str, reader: str, client: Client, address: str, plain: float) -> None:
    spent = _milliseconds(client, address)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address, headers={"Accept-Encoding": "gzip"})
    print(f"{name:8} {reader:8} {spent:7.1f} {spent / plain:8.1f} {len(queries):8} {len(answer.content):7}")


def _milliseconds(client: Client, address: str) -> float:
    """Return the median time of one answer; the first ones, which fill caches, do not count."""
    spent = []
    for number in range(ROUNDS + 3):
        start = perf_counter()
        answer = client.get(address, headers={"Accept-Encoding": "gzip"})
        if number >= 3:
            spent.append((perf_counter() - start) * 1000)
        assert answer.status_code == 200, (address, answer.status_code)
    return median(spent)
