"""What a reply costs where very many watch its thread: `make bench PART=watchers`.

Lets 100,000 people watch a thread (some of them its board, its city or the author as well), writes replies, and prints
how long `add_reply` takes of its own, with what follows at once on commit, by the clock and of the processor; then how
long the courier works until everybody is told, and how long its longest transaction is.
"""

from statistics import median
from time import perf_counter, process_time

from django.core.management import call_command
from django.db import connection

from accounts.models import User
from forum.actions.posts import add_reply
from forum.models import Delivery, Notification, Thread, Watch
from forum.notifying.delivering import tell_waiting

WATCHERS = 100_000
ROUNDS = 20


def run() -> None:
    """Build the demo world, let it watch, and print the figures."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    if not Thread.objects.exists():
        call_command("seed", verbosity=0)
    thread = Thread.objects.filter(is_locked=False, is_hidden=False, city__state="open").order_by("-posts_count")[0]
    writer = User.objects.get(pk=thread.author_id)
    for _ in tell_waiting():
        pass
    print(f"{connection.vendor}: add_reply with what follows on commit, medians of {ROUNDS}")
    _replies("the demo world", thread, writer)
    _let_watch(thread, writer)
    _replies(f"{WATCHERS:,} watchers", thread, writer)
    _tell(thread, writer)


def _replies(name: str, thread: Thread, writer: User) -> None:
    """Print how many milliseconds a reply takes; the first ones, which fill caches, do not count."""
    clock, processor = [], []
    for number in range(ROUNDS + 3):
        start, worked = perf_counter(), process_time()
        add_reply(thread, by=writer, body=f"Number {number}: a few words about the bridge. 幾句話。")
        if number >= 3:
            clock.append((perf_counter() - start) * 1000)
            processor.append((process_time() - worked) * 1000)
    print(f"  {name:18} {median(clock):7.1f} ms, {median(processor):5.1f} ms of the processor")


def _let_watch(thread: Thread, writer: User) -> None:
    people = User.objects.bulk_create((User(username=f"watcher{number}") for number in range(WATCHERS)), 5000)
    Watch.objects.bulk_create((Watch(user=one, thread=thread) for one in people), 5000)
    Watch.objects.bulk_create((Watch(user=one, board_id=thread.board_id) for one in people[::10]), 5000)
    Watch.objects.bulk_create((Watch(user=one, city_id=thread.city_id, level="threads") for one in people[::7]), 5000)
    Watch.objects.bulk_create((Watch(user=one, person=writer) for one in people[::20]), 5000)


def _tell(thread: Thread, writer: User) -> None:
    """Tell of one reply, and print how long that takes."""
    Delivery.objects.all().delete()
    post = add_reply(thread, by=writer, body="One more.")
    windows, told, last = [], 0, perf_counter()
    for count in tell_waiting():
        now = perf_counter()
        windows.append((now - last) * 1000)
        told, last = told + count, now
    heard = Notification.objects.filter(event__post=post).count()
    print(f"  told {told:,} ({heard:,} rows) in {sum(windows) / 1000:.1f} s: {len(windows)} windows of", end=" ")
    print(f"{median(windows):.0f} ms, the longest {max(windows):.0f} ms")
