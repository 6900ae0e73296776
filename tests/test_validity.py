"""Every page, what htmx swaps in, and every style sheet are valid: the Nu checker of the W3C finds nothing."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from forum.assets import styles
from tests.permissions.places import Places
from tests.permissions.table import Browser, path_of, read_table
from tests.test_assets import project_files
from tests.world import World

CHECKER = settings.BASE_DIR / "build/npm/validator/node_modules/vnu-jar/build/dist/vnu.jar"
FRAME = '<!doctype html><html lang="{language}"><head><title>A fragment</title></head><body>{body}</body></html>'
ENGLISH = ("home", "cities", "city", "board", "thread", "thread_focus", "post_history", "post_recommenders", "digest")
ENGLISH += ("search", "account_signup", "account_login", "preferences", "post_print", "offline", "log_of_site")
# The style page shows the same parts many times over, with their ids; it is never on a site in production.
APART = {"style"}
# What the checker does not know yet though the standards do, or what is meant so; each as narrow as can be.
MEANT = [
    # A table that becomes a list on a phone keeps its roles where `display` would take them.
    r"^The “role” attribute must not be used on a “(tr|th|td)” element which has a “table” ancestor",
    # Where a browser has no field for months it shows one for text, and these count.
    r'^Attribute “(placeholder|pattern)” is only allowed when the input type is .* <input type="month"',
    # CSS that is newer than the checker's: rules, properties, units, colours.
    r"^CSS: Unrecognized at-rule “@(container|starting-style|property|view-transition)”",
    r"^CSS: “(container|container-type|container-name|field-sizing|line-clamp|text-autospace|text-spacing-trim)"
    r"”: Property .* doesn't exist",
    r"^CSS: “(overflow-wrap|writing-mode)”: Property .* doesn't exist in “CSS Level .*” but exists in",  # inside @page
    r"^CSS: “[\w-]+”: Parse Error\. .*\d(cqi|lh|rlh|dvh)\b",
    r"^CSS: “background”: Too many values or values are not recognized\. .*--hue",
    r"^CSS: “mask”: Too many values or values are not recognized\. .*black",
    r"^CSS: “text-decoration”: “var\(--link-ink\)” is not a",
]
FORGIVEN = re.compile("|".join(MEANT), re.DOTALL)


def pages(world: World) -> Iterator[tuple[str, str, str]]:
    """Give name, language and HTML of all that can be opened: in Chinese by whoever may, the best known in English."""
    places = Places(world)
    mayor, moderator, visitor = Browser(world.mei), Browser(world.ada), Browser(None)
    for name in dict.fromkeys(row.address for rows in read_table().values() for row in rows if row.verb == "GET"):
        if name in APART:
            continue
        path = path_of(name, places)
        answers = [(browser, browser.get(path, headers={"Accept-Language": "zh-TW"})) for browser in (mayor, moderator)]
        browser, answer = next((one for one in answers if one[1].status_code == 200), answers[0])
        yield name, "zh-Hant", html_of(answer)
        fragment = html_of(browser.get(path, headers={"Accept-Language": "zh-TW", "HX-Request": "true"}))
        if not is_page(fragment):
            yield f"{name}-part", "zh-Hant", fragment
        if name in ENGLISH:
            yield f"{name}-en", "en", html_of(visitor.get(path, headers={"Accept-Language": "en"}))


def html_of(answer: object) -> str:
    """Return the HTML of an answer; nothing when it is something else."""
    headers, content = getattr(answer, "headers", {}), getattr(answer, "content", b"")
    return content.decode() if headers.get("Content-Type", "").startswith("text/html") else ""


def is_page(html: str) -> bool:
    """Tell a page from a fragment."""
    return html.lstrip().lower().startswith("<!doctype")


def written(folder: Path, world: World) -> int:
    """Write what is to be checked into the folder; return how many pages and fragments there are."""
    count = 0
    for name, language, html in pages(world):
        if html.strip():
            count += 1
            whole = html if is_page(html) else FRAME.format(language=language, body=html)
            (folder / f"{name}.html").write_text(whole)
    paths = project_files()
    for name, text in {**styles.bundles(paths), "css/admin.css": styles.bundle("css/admin.css", paths)}.items():
        # One rule a line, so that what is said about it can be read.
        (folder / Path(name).name).write_text(text.replace("}", "}\n"))
    return count


@pytest.mark.browser
def test_all_pages_fragments_and_sheets_are_valid(world: World, tmp_path: Path) -> None:
    assert written(tmp_path, world) > 150
    command = ["java", "-Xmx1g", "-Xss8m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar", str(CHECKER)]
    command += [
        "--format",
        "json",
        "--stdout",
        "--exit-zero-always",
        "--errors-only",
        "--also-check-css",
        str(tmp_path),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = {}
    for message in json.loads(done.stdout)["messages"]:
        extract = " ".join(message.get("extract", "").split())
        if not FORGIVEN.search(f"{message['message']} {extract}"):
            found.setdefault(message["message"], f"{Path(message['url']).name}: {extract}")
    assert not found, "\n".join(f"{words}\n    {where}" for words, where in found.items())
