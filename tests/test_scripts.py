"""The scripts behind `make`: finding a Python that runs, and adding up what the tests said."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
RUN = (
    '<testsuites><testsuite tests="{tests}" failures="{failures}" errors="{errors}" skipped="{skipped}"/></testsuites>'
)


def summary(*files: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "scripts" / "summary.py"), *map(str, files)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def result(folder: Path, name: str, tests: int, failures: int = 0, errors: int = 0, skipped: int = 0) -> Path:
    path = folder / f"{name}.xml"
    path.write_text(RUN.format(tests=tests, failures=failures, errors=errors, skipped=skipped))
    return path


def test_runs_are_added_up_in_one_last_line(tmp_path: Path) -> None:
    done = summary(result(tmp_path, "sqlite", 400), result(tmp_path, "browser", 12))
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "tests: 412 passed, 0 failed (sqlite 400, browser 12)",
        "412 passed, 0 failed",
    ]


@pytest.mark.parametrize("trouble", ["failures", "errors", "skipped"])
def test_whatever_did_not_pass_has_failed(tmp_path: Path, trouble: str) -> None:
    done = summary(result(tmp_path, "sqlite", 10, **{trouble: 2}))
    assert done.returncode == 1
    assert done.stdout.splitlines()[-1] == "8 passed, 2 failed"


def test_a_run_that_left_nothing_has_failed(tmp_path: Path) -> None:
    done = summary(result(tmp_path, "sqlite", 10), tmp_path / "browser.xml")
    assert done.returncode == 1
    assert done.stdout.splitlines()[-1] == "10 passed, 1 failed"


def test_a_run_without_a_test_has_failed(tmp_path: Path) -> None:
    assert summary(result(tmp_path, "browser", 0)).returncode == 1


def in_shell(command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    script = f"source scripts/lib.sh; {command}"
    return subprocess.run(
        ["bash", "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def make_python(path: Path, body: str) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return str(path)


def test_a_shim_that_refuses_is_passed_over(tmp_path: Path) -> None:
    make_python(tmp_path / "bin" / "python3.14", "exit 127")
    good = make_python(tmp_path / "bin" / "python3.12", "exit 0")
    path = f"{tmp_path / 'bin'}:{os.defpath}"
    assert in_shell("find_python", PATH=path, HOME=str(tmp_path)).stdout.strip() == good


def test_a_python_that_only_pyenv_has_is_found(tmp_path: Path) -> None:
    for name in ("python3.14", "python3.13", "python3.12", "python3", "python"):
        make_python(tmp_path / "bin" / name, "exit 1")
    make_python(tmp_path / "versions" / "3.9.1" / "bin" / "python", "exit 1")
    make_python(tmp_path / "versions" / "3.12.9" / "bin" / "python", "exit 0")
    newer = make_python(tmp_path / "versions" / "3.13.2" / "bin" / "python", "exit 0")
    path = f"{tmp_path / 'bin'}:{os.defpath}"
    found = in_shell("find_python", PATH=path, HOME=str(tmp_path), PYENV_ROOT=str(tmp_path)).stdout.strip()
    assert found == newer


def test_without_any_python_nothing_is_found(tmp_path: Path) -> None:
    for name in ("python3.14", "python3.13", "python3.12", "python3", "python"):
        make_python(tmp_path / "bin" / name, "exit 1")
    done = in_shell("find_python", PATH=f"{tmp_path / 'bin'}:{os.defpath}", HOME=str(tmp_path))
    assert (done.returncode, done.stdout) == (1, "")
