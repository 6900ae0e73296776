"""Filling an empty database with a site of any size: `make benchsite POSTS=1000000`; stopped, it goes on from there."""

import argparse
import json
import sys
import time
from datetime import datetime

from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from bench.site import corpus, finishing, founding, stores
from bench.site.plan import Plan
from bench.site.telling import Batch, Ids
from bench.site.writing import Writer
from forum.models import Board, Chain, City

STEPS = ("aside", "founded", "written", "back", "read", "tidy")


class Site:
    """A site while it is generated."""

    def __init__(self, posts: int, *, search: bool = False, quiet: bool = False) -> None:
        """Take up what has been begun in this database, or begin. Raises CommandError for a site of somebody else."""
        self.search, self.quiet, self.started = search, quiet, time.monotonic()
        stores.prepare()
        if not (noted := stores.remembered("plan")):
            call_command("migrate", verbosity=0)
            call_command("createcachetable", verbosity=0)
            if City.objects.exists():
                raise CommandError("There are cities already: a generated site needs a database of its own.")
            noted = json.dumps([posts, timezone.now().replace(microsecond=0).isoformat()])
            stores.remember("plan", noted)
        count, now = json.loads(noted)
        if count != posts:
            raise CommandError(f"Here a site of {count:,} posts was begun, not one of {posts:,}.")
        self.plan = Plan(count, datetime.fromisoformat(now))

    def build(self) -> None:
        """Do what is left to do."""
        for step in (*STEPS, "indexed") if self.search else STEPS:
            if not stores.remembered(step):
                getattr(self, f"_{step}")()
                stores.remember(step, "done")
        self.say("ready")

    def _founded(self) -> None:
        with transaction.atomic():
            if not City.objects.exists():
                founding.found(self.plan)
                stores.remember("next", json.dumps([0, founding.next_ids()]))
        self.say(f"{self.plan.people:,} people in {self.plan.cities} cities")

    def _aside(self) -> None:
        stores.set_aside()

    def _written(self) -> None:
        """Write the threads in batches, each with how far it comes in one transaction."""
        start, ids = json.loads(stores.remembered("next"))
        places = founding.places()
        writer = Writer(self.plan, corpus.read(), places, founding.boards(), Ids(ids))
        for threads in self.plan.batches(start):
            batch = writer.write(threads)
            with transaction.atomic():
                self._store(batch)
                for place in places:
                    Chain.objects.filter(pk=place.pk).update(length=place.length, head=place.head)
                stores.remember("next", json.dumps([threads.stop, writer.ids.next]))
            self.say(f"{writer.ids.next['post'] - 1:,} of {self.plan.posts:,} posts", passing=True)
        self.say(f"{writer.ids.next['post'] - 1:,} posts")

    def _store(self, batch: Batch) -> None:
        for model, rows in batch.rows.items():
            stores.insert(model, rows)
        cities = dict(Board.objects.values_list("pk", "city"))
        for board, threads in batch.threads.items():
            added = {
                "threads_count": F("threads_count") + threads,
                "posts_count": F("posts_count") + batch.posts[board],
            }
            Board.objects.filter(pk=board).update(**added)
            City.objects.filter(pk=cities[board]).update(**added)

    def _back(self) -> None:
        stores.bring_back(lambda line: self.say(line, passing=True))
        self.say("indexes and keys")

    def _read(self) -> None:
        with transaction.atomic():
            finishing.mark_read(self.plan, founding.next_ids()["readmark"])
            finishing.count_writers(self.plan)
            stores.remember("read", "done")

    def _tidy(self) -> None:
        stores.tidy()
        self.say("statistics")

    def _indexed(self) -> None:
        for done in finishing.index():
            self.say(f"{done:,} posts in the search", passing=True)

    def say(self, line: str, *, passing: bool = False) -> None:
        """Say how far it is; what is `passing` only where somebody looks."""
        if self.quiet or (passing and not sys.stdout.isatty()):
            return
        print(f"\r{time.monotonic() - self.started:7.1f} s  {line:40}", end="" if passing else "\n", flush=True)


def run() -> None:
    """Build the site that the arguments ask for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--posts", type=int, required=True)
    parser.add_argument("--search", action="store_true", help="fill the search index, which takes longer than the rest")
    options = parser.parse_args()
    print(f"{options.posts:,} posts on {connection.vendor}")
    Site(options.posts, search=options.search).build()
