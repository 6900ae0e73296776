"""The press: sets what lies in one folder, in a process of its own that can be stopped and cannot take too much.

`python -m forum.publishing.typeset.press FOLDER` reads `job.json`, `main.typ` and what they name, writes `book.pdf`,
or `problem.txt` with what the typesetter says.
"""

import json
import resource
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import typst

from forum.publishing.typeset.upright import lay_down

MEMORY = 4 << 30  # bytes of addresses: 500 posts take a fifth of it
SECONDS = 240  # of work, on all cores together


def give_way() -> None:
    """Take no more than the limits; where memory runs out, have the system end this process before any other."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    with suppress(OSError):  # only Linux has it
        Path("/proc/self/oom_score_adj").write_text("1000")


def main(folder: Path) -> int:
    """Set the book in `folder`; return 0 when it was, 1 when the typesetter found a problem with it."""
    give_way()
    job = json.loads((folder / "job.json").read_text())
    for lying in job["upright"]:
        lay_down(
            Path(lying["path"]), lying["index"], lying["characters"], style=lying["style"], folder=folder / "fonts"
        )
    faces = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(folder / "fonts")])
    # Both refuse a character without a shape. The second is for what the first finds wrong in the tags of a text.
    for standard in ("ua-1", "a-2u"):
        try:
            typst.compile(
                str(folder / "main.typ"),
                output=str(folder / "book.pdf"),
                root=str(folder),
                font_paths=faces,
                format="pdf",
                pdf_standards=[standard],
                timestamp=datetime.fromtimestamp(job["made_at"], UTC),
                package_path=str(folder / "none"),
                package_cache_path=str(folder / "none"),
            )
        except typst.TypstError as problem:
            said = f"{standard}: {problem}\n{getattr(problem, 'diagnostic', '')}"
            (folder / "problem.txt").write_text(said)
        else:
            return 0
    return 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
