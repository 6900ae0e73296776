"""Several things done at the same moment, each on a connection of its own."""

from collections.abc import Callable, Sequence
from threading import Barrier, Thread

from django.db import connection


def together(acts: Sequence[Callable[[], object]]) -> None:
    """Do all `acts` at once, each in a thread; raise the first problem any of them met."""
    start, problems = Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        try:
            start.wait()
            act()
        except Exception as problem:
            problems.append(problem)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if problems:
        raise problems[0]
