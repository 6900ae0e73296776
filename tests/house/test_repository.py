"""The repository holds what belongs in it, and nothing of the machines it was written on."""

import re
import subprocess
from pathlib import Path

from tests.house.files import ROOT, files, name, tracked_files

# Written so that this file does not hold what it looks for.
FOREIGN = re.compile(
    r"pytho[n]hosted|pyp[i]\.org|npm[j]s\.(?:org|com)|de[b]\.debian|/wor[k]/|/far[m]/|/roo[t]/|/hom[e]/[a-z]|/User[s]/[a-z]"
)
UNFINISHED = re.compile(r"\b(?:TOD[O]|FIXM[E]|XX[X])\b")
SKIPPED = re.compile(r"mark\.(?:ski[p]|skipi[f]|xfai[l])|pytest\.(?:ski[p]|xfai[l]|importorski[p])\(|unittest\.ski[p]")
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)(?:\[[^\]]*\])?==(\S+)([^\\\n]*)", re.M)


def texts() -> dict[str, str]:
    """Return the text files of the repository by name."""
    found = {}
    for path in tracked_files():
        data = path.read_bytes()
        if b"\0" not in data[:8000]:
            found[name(path)] = data.decode()
    return found


def test_no_file_names_a_registry_or_a_machine() -> None:
    assert [f"{path}: {found[0]}" for path, text in texts().items() if (found := FOREIGN.findall(text))] == []


def test_nothing_is_left_for_later_in_the_code() -> None:
    code = {path: text for path, text in texts().items() if Path(path).suffix in {".py", ".html", ".js", ".css", ".sh"}}
    assert [path for path, text in code.items() if UNFINISHED.search(text)] == []


def test_every_test_runs() -> None:
    assert [name(path) for path in files("tests/**/*.py") if SKIPPED.search(path.read_text())] == []


def test_the_tools_are_pinned_like_the_site() -> None:
    base, dev = (PIN.findall((ROOT / "requirements" / f"{kind}.txt").read_text()) for kind in ("base", "dev"))
    assert base
    assert set(base) <= set(dev)


def test_every_pin_has_a_hash() -> None:
    for kind in ("base", "dev"):
        text = (ROOT / "requirements" / f"{kind}.txt").read_text()
        blocks = re.split(r"\n(?=[a-z0-9])", text.strip())
        assert [block.split()[0] for block in blocks if PIN.match(block) and "--hash=sha256:" not in block] == []


def test_what_is_asked_for_is_what_is_pinned() -> None:
    for kind in ("base", "dev"):
        asked = PIN.findall((ROOT / "requirements" / f"{kind}.in").read_text())
        pinned = {
            package: version for package, version, _ in PIN.findall((ROOT / f"requirements/{kind}.txt").read_text())
        }
        assert {package: version for package, version, _ in asked if pinned.get(package) != version} == {}


def test_the_scripts_are_well_formed() -> None:
    for script in [*files("scripts/*.sh"), ROOT / ".ci" / "run"]:
        done = subprocess.run(["bash", "-n", str(script)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


def test_every_make_target_has_its_script() -> None:
    makefile = (ROOT / "Makefile").read_text()
    assert [script for script in re.findall(r"scripts/\w+\.sh", makefile) if not (ROOT / script).exists()] == []


def test_the_settings_page_lists_every_variable() -> None:
    modules = (ROOT / "forum" / "settings.py", ROOT / "accounts" / "configuration.py")
    asked = {name for one in modules for name in re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', one.read_text())}
    asked |= set(
        re.findall(r'environ\.get\("([A-Z_]+)"', "".join(p.read_text() for p in files("forum/management/**/*.py")))
    )
    listed = set(re.findall(r"`([A-Z_]+)`", (ROOT / "docs" / "operating.md").read_text()))
    assert asked - listed == set()
