"""Adds up what the test runs said, in one line for people and one for machines."""

import sys
import xml.etree.ElementTree as ET
from pathlib import Path


def counts(path: Path) -> tuple[int, int, int]:
    """Return passed, failed and skipped tests of a run; one that left no result, or ran no test, has failed."""
    try:
        suites = list(ET.parse(path).getroot().iter("testsuite"))
    except (OSError, ET.ParseError):
        return 0, 1, 0
    total, failed, skipped = (
        sum(int(suite.get(name, 0)) for suite in suites for name in names)
        for names in (["tests"], ["failures", "errors"], ["skipped"])
    )
    return (total - failed - skipped, failed, skipped) if total else (0, 1, 0)


def main(paths: list[str]) -> int:
    """Print the summary; return 0 when every test ran and passed."""
    results = {Path(path).stem: counts(Path(path)) for path in paths}
    passed, failed, skipped = (sum(column) for column in zip(*results.values(), strict=True))
    parts = ", ".join(f"{name} {good}" for name, (good, _bad, _left) in results.items())
    if skipped:
        # A test that does not run proves nothing, so it counts as one that failed.
        print(f"{skipped} tests were skipped, which counts as failed")
        failed += skipped
    print(f"tests: {passed} passed, {failed} failed ({parts})")
    print(f"{passed} passed, {failed} failed")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
