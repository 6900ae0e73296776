"""The load of the bench, on a generated site: `make bench` with VAR_DIR (and DATABASE_URL) of one."""

import argparse
import os
from datetime import UTC, datetime
from statistics import median

import django

from bench.load import servers


def main() -> None:
    """Measure the site that VAR_DIR and DATABASE_URL name, and write the table into build/bench/."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--seconds", type=float, default=3, help="of each load of a page; the others take twice as long"
    )
    parser.add_argument("--port", type=int, default=8160, help="and the next one, for the yardsticks")
    options = parser.parse_args()
    environment = servers.production(os.environ["VAR_DIR"], os.environ.get("DATABASE_URL", ""))
    starts = []
    for _start in range(3):  # the first one may have to collect the static files
        site = servers.site(environment, options.port)
        starts.append(site.seconds)
        site.stop()
    os.environ.update(environment | {"DJANGO_SETTINGS_MODULE": "forum.settings"})
    django.setup()
    measure(environment, options, starts)


def measure(environment: dict[str, str], options: argparse.Namespace, starts: list[float]) -> None:
    """Run the rounds against servers of both, and write down what came out."""
    from bench.load import table, yardsticks  # noqa: PLC0415 - they know models, which have to be loaded first
    from bench.load.measuring import Bench  # noqa: PLC0415

    yardsticks.fill()
    site = servers.site(environment, options.port)
    compared = servers.yardstick(environment, options.port + 1)
    try:
        bench = Bench(site, compared, seconds=options.seconds, say=_say)
        before = site.memory()
        for number in range(options.rounds):
            _say(f"round {number + 1} of {options.rounds}")
            bench.round()
        after = site.memory()
    finally:
        site.stop()
        compared.stop()
    facts = table.facts()
    facts["load"] = (
        f"2 workers; {options.rounds} rounds of {options.seconds:g} s, 16 connections where nothing else is said; "
        "medians and spread"
    )
    facts["start"] = f"{median(starts):.1f} s from `make run` to the first answer (target 3 s)"
    facts["memory"] = (
        f"{before[0]:.0f} MB a worker after one answer to each page, {after[0]:.0f} MB after the load (target 120 MB), "
        f"of which {after[1]:.0f} MB where what it shares counts in part; all processes {after[2]:.0f} MB"
    )
    table.write(bench, facts)


def _say(line: str) -> None:
    print(f"{datetime.now(UTC):%H:%M:%S}  {line}", flush=True)


if __name__ == "__main__":
    main()
