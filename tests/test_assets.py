"""The static files of a production site: few files, hashed names, everything found."""

import re
import subprocess
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles.finders import get_finders
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from django.test import Client, override_settings

from forum.actions.posts import add_reply
from forum.assets import BundledStaticFilesStorage, scripts
from forum.assets.files import Paths, read
from forum.assets.styles import bundle
from forum.management.commands.collectstatic import smaller
from tests.world import World

STYLES = "css/app.css"
BUNDLES = ("css/app.css", "css/work.css", "css/focus.css")


def sheets(**contents: str) -> Paths:
    storage = InMemoryStorage()
    for name, content in contents.items():
        storage.save(f"css/{name}.css", ContentFile(content.encode()))
    return {f"css/{name}.css": (storage, f"css/{name}.css") for name in contents}


def project_files() -> Paths:
    found: Paths = {}
    for finder in get_finders():
        for path, storage in finder.list([]):
            found.setdefault(path, (storage, path))
    return {name: place for name, place in found.items() if name.startswith(("css/", "js/", "img/", "vendor/"))}


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("static")
    with override_settings(DEBUG=False):
        storage = BundledStaticFilesStorage(location=root, minify=smaller)
        for name, (source, path) in project_files().items():
            storage.save(name, source.open(path))
        for _name, _hashed, processed in storage.post_process(project_files()):
            assert not isinstance(processed, Exception), processed
        storage.save_manifest()
    return root


def test_bundle_puts_each_sheet_into_its_layer() -> None:
    paths = sheets(app='@layer a, b;\n@import url("one.css") layer(a);', one="/* why */\np {\n  color: red;\n}\n")
    assert bundle(STYLES, paths) == "@layer a, b; @layer a {p { color: red; }}"


def test_bundle_refuses_a_sheet_that_is_missing() -> None:
    with pytest.raises(ValueError, match=r"css/gone\.css, which does not exist"):
        bundle(STYLES, sheets(app='@import url("gone.css") layer(a);'))


def test_bundle_refuses_imports_it_would_not_carry() -> None:
    with pytest.raises(ValueError, match="imports are written as"):
        bundle(STYLES, sheets(app='@import "one.css";', one=""))
    with pytest.raises(ValueError, match="belong into"):
        bundle(STYLES, sheets(app='@import url("one.css") layer(a);', one="p { background: url(x.png) }"))


def test_every_sheet_of_the_project_is_in_one_of_those_that_pages_load(collected: Path) -> None:
    source = project_files()
    imported: list[str] = []
    for bundled in BUNDLES:
        assert "@import" not in hashed(collected, bundled.replace(".css", ".*.css")).read_text()
        imported += [f"css/{path}" for path in re.findall(r'url\("([^"]+)"\)', read(bundled, source))]
    names = {name for name in source if name.endswith(".css")} - {*BUNDLES, "css/admin.css"}
    assert sorted(imported) == sorted(names)


def test_all_sheets_agree_on_the_order_of_the_layers() -> None:
    sources = [read(bundled, project_files()) for bundled in BUNDLES]
    orders = {re.findall(r"^@layer [^;]+;", source, re.MULTILINE)[0] for source in sources}
    assert len(orders) == 1


def modules(**contents: str) -> Paths:
    storage = InMemoryStorage()
    for name, content in contents.items():
        storage.save(f"js/{name}.js", ContentFile(content.encode()))
    return {f"js/{name}.js": (storage, f"js/{name}.js") for name in contents}


def run(script: str) -> str:
    """Return what the module says through `console.log`."""
    node = ["node", "--input-type=module", "--eval", script]
    return subprocess.run(node, capture_output=True, text=True, check=True).stdout.strip()


def test_a_module_carries_what_it_imports_once_and_runs_as_it_did() -> None:
    found, parts = scripts.bundles(
        modules(
            app='import { twice as double } from "./two.js";\nimport { one } from "./one.js";\n'
            "const word = double(one);\nconsole.log(word);\n",
            two='import { one } from "./one.js";\nexport function twice(x) {\n  return x + one;\n}\nconst word = 1;\n',
            one='// export nothing else\nexport const one = "ha";\n',
        )
    )
    assert list(found) == ["js/app.js"]
    assert parts == {"js/app.js", "js/two.js", "js/one.js"}
    assert found["js/app.js"].count('"ha"') == 1
    assert "import" not in found["js/app.js"]
    assert run(found["js/app.js"]) == run(smaller(found["js/app.js"])) == "haha"


def test_what_is_fetched_later_stays_a_file_of_its_own() -> None:
    found, _parts = scripts.bundles(
        modules(
            app='export const go = () => import("./more/later.js");\n',
            **{"more/later": 'import { part } from "../part.js";\nexport const later = part;\n'},
            part='export const part = () => import("./more/later.js");\n',
            worker="self.x = 1;\n",
        )
    )
    assert set(found) == {"js/app.js", "js/more/later.js"}
    assert 'import("./later.js")' in found["js/more/later.js"]


@pytest.mark.parametrize(
    ("shape", "words"),
    [
        ('import one from "./one.js";', "cannot be put together"),
        ('import "./one.js";', "cannot be put together"),
        ('import * as one from "./one.js";', "cannot be put together"),
        ("export default 1;", "cannot be put together"),
        ("const a = 1;\nexport { a };", "cannot be put together"),
        ("export let a = 1;", "cannot be put together"),
        ("console.log(import.meta.url);", "cannot be put together"),
        ("const where = './one.js';\nimport(where);", "cannot be put together"),
        ("await 1;", "cannot be put together"),
        ('import { gone } from "./gone.js";', "which does not exist"),
        ('import { app } from "./app.js";', "in a circle: js/app.js → js/app.js"),
        ('import { one } from "./one.js";\nimport("./other.js");', "has a state"),
    ],
)
def test_a_module_of_another_shape_is_refused(shape: str, words: str) -> None:
    paths = modules(
        app=f"{shape}\n", one="let count = 0;\nexport const one = 1;\n", other='import { one } from "./one.js";\n'
    )
    with pytest.raises(ValueError, match=words):
        scripts.bundles(paths)


def size(*paths: Path) -> int:
    return sum(len(brotli.compress(path.read_bytes())) for path in paths)


def hashed(collected: Path, pattern: str) -> Path:
    return next(path for path in collected.glob(pattern) if re.search(r"\.[0-9a-f]{12}\.", path.name))


def test_modules_fetch_each_other_by_hashed_name(collected: Path) -> None:
    app = hashed(collected, "js/app.*.js").read_text()
    fetched = re.findall(r'import\("\./([^"]+)"\)', app)
    assert len(fetched) > 5
    assert "from" not in re.findall(r"^import .*", app)
    for path in fetched:
        assert re.search(r"\.[0-9a-f]{12}\.js$", path), path
        assert (collected / "js" / path).exists()


def test_first_load_of_styles_and_scripts_stays_small(collected: Path) -> None:
    assert size(hashed(collected, "css/app.*.css")) < 12_000
    assert size(hashed(collected, "css/work.*.css")) < 9_000
    assert size(hashed(collected, "js/app.*.js")) < 5_000
    assert size(hashed(collected, "vendor/htmx/*.js")) < 12_300


def test_all_scripts_of_the_fullest_page_stay_small(collected: Path) -> None:
    names = ["js/app", "vendor/htmx/htmx.min", "js/editor/editor"]
    names += [f"js/behaviors/{name}" for name in ("quote", "reading", "news")]
    assert size(*(hashed(collected, f"{name}.*.js") for name in names)) < 25_000


def test_all_scripts_together_stay_small(collected: Path) -> None:
    files = [path for path in collected.glob("**/*.js") if re.search(r"\.[0-9a-f]{12}\.js$", path.name)]
    assert size(*files) < 32_000


def test_a_first_visit_of_a_thread_is_light(world: World, collected: Path) -> None:
    for number in range(18):
        words = f"{number} 從市集廣場走到碼頭，要過三塊木板；第 {number * 7} 塊在春天換過。"
        add_reply(world.thread, by=(world.cai, world.coco)[number % 2], body=f"{words}\n\n{words[::-1]}" * 4)
    answer = Client().get(f"/t/{world.thread.pk}/", headers={"Accept-Encoding": "br", "Accept-Language": "zh-TW"})
    page = brotli.decompress(answer.content).decode()
    head = page.partition("</head>")[0]
    names = re.findall(r'(?:rel="(?:icon|stylesheet)"[^>]* href|href|src)="/static/([^"]+\.(?:css|js|svg))"', head)
    files = [hashed(collected, re.sub(r"(\.\w+)$", r".*\1", name)) for name in dict.fromkeys(names)]
    assert sorted(path.name.split(".")[0] for path in files) == ["app", "app", "favicon", "htmx"]
    # Besides, browsers that can install the site fetch what says how, and one icon for it: about 4,000 bytes.
    manifest = 4_000
    headers = 450 * (len(files) + 1)
    assert len(answer.content) + size(*files) + headers + manifest < 45_000
