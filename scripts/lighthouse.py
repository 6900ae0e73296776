"""Asks Lighthouse about home, board and the longest thread of a demo site; see build/lighthouse/."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from demo_site import QUIET, ROOT, chromium, demo_site

PROGRAM = ROOT / "build" / "npm" / "lighthouse" / "node_modules" / "lighthouse" / "cli" / "index.js"
OUT = ROOT / "build" / "lighthouse"
CATEGORIES = ["performance", "accessibility", "best-practices", "seo"]
ATTEMPTS = 3
BOUNDS = {"LCP ms": 1200, "CLS": 0, "bytes": 45_000, "requests": 8}  # a page may have these and no more


def pages(site: str) -> dict[str, str]:
    """Return the addresses of home, of a board and of a thread with twenty posts on its first page."""
    home = _text(site)
    city = re.findall(r'href="(/c/[^/"]+/)"', home)[0]
    board = re.findall(rf'href="({city}b/[^/"]+/)"', _text(site + city))[0]
    threads = dict.fromkeys(re.findall(r'href="(/t/\d+/)', _text(f"{site}{board}") + home))
    longest = max(threads, key=lambda path: len(_text(site + path)))
    return {"home": f"{site}/", "board": site + board, "thread": site + longest}


def _text(address: str) -> str:
    with urlopen(address) as answer:  # an address of the demo site
        return str(answer.read().decode())


def asked(name: str, address: str, number: int) -> dict[str, Any]:
    """Visit the page once with Lighthouse; return its report. Raises CalledProcessError when it fails."""
    path = OUT / f"{name}-{number}"
    command = ["node", str(PROGRAM), address, f"--chrome-path={chromium()}", "--quiet"]
    command += [f"--chrome-flags={' '.join(['--headless=new', *QUIET])}", f"--only-categories={','.join(CATEGORIES)}"]
    command += ["--output=json", "--output=html", f"--output-path={path}"]
    for attempt in range(ATTEMPTS):  # on a busy machine Chromium may miss the beginning of its own trace
        last = attempt == ATTEMPTS - 1
        if not subprocess.run(command, check=last, env={**os.environ, "LC_ALL": "C.UTF-8"}).returncode:
            break
    report: dict[str, Any] = json.loads(Path(f"{path}.report.json").read_text())
    return report


def figures(report: dict[str, Any]) -> dict[str, float]:
    """Return the numbers of a report that have a bound, and some that have none."""
    audits = report["audits"]
    tasks = (
        [task["duration"] for task in audits["long-tasks"]["details"]["items"]]
        if "details" in audits["long-tasks"]
        else []
    )
    return {
        **{name: round(100 * (report["categories"][name]["score"] or 0)) for name in CATEGORIES},
        "LCP ms": round(audits["largest-contentful-paint"]["numericValue"]),
        "CLS": round(audits["cumulative-layout-shift"]["numericValue"], 3),
        "blocked ms": round(audits["total-blocking-time"]["numericValue"]),
        "longest task ms": round(max(tasks, default=0)),
        "bytes": round(audits["total-byte-weight"]["numericValue"]),
        "requests": sum(not one["url"].startswith("data:") for one in audits["network-requests"]["details"]["items"]),
    }


def main() -> None:
    """Ask about each page, and say which numbers are beyond their bounds."""
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    failed = False
    with demo_site() as site:
        for name, address in pages(site).items():
            _text(address)
            reports = [asked(name, address, number) for number in range(int(os.environ.get("RUNS", "3")))]
            found = sorted(map(figures, reports), key=lambda one: (-one["performance"], one["LCP ms"]))
            middle = found[len(found) // 2]
            beyond = [key for key in CATEGORIES if middle[key] < 100] + [
                key for key in BOUNDS if middle[key] > BOUNDS[key]
            ]
            print(f"{name}: {', '.join(f'{key} {value}' for key, value in middle.items())}")
            if beyond:
                failed = True
                print(f"FAIL {name}: {', '.join(beyond)}; see build/lighthouse/{name}-*.report.html")
    sys.exit(failed)


if __name__ == "__main__":
    main()
