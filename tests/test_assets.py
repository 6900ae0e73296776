"""The static files of a production site: one stylesheet, hashed names, everything found."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import get_finders
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from django.test import override_settings

from forum.assets import STYLES, BundledStaticFilesStorage, Paths, bundle


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
        storage = BundledStaticFilesStorage(location=root)
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


def test_every_sheet_of_the_project_is_in_the_bundle(collected: Path) -> None:
    app = next(collected.glob("css/app.*.css")).read_text()
    assert "@import" not in app
    source = project_files()
    names = {name for name in source if name.endswith(".css")} - {STYLES, "css/admin.css"}
    imported = {
        f"css/{path}" for path in re.findall(r'url\("([^"]+)"\)', source[STYLES][0].open(STYLES).read().decode())
    }
    assert imported == names


def test_modules_import_each_other_by_hashed_name(collected: Path) -> None:
    app = next(collected.glob("js/app.*.js")).read_text()
    imports = re.findall(r'from "\./([^"]+)"', app)
    assert imports
    for path in imports:
        assert re.search(r"\.[0-9a-f]{12}\.js$", path), path
        assert (collected / "js" / path).exists()


def test_first_load_of_styles_and_scripts_stays_small(collected: Path) -> None:
    def size(*paths: Path) -> int:
        return sum(len(gzip.compress(path.read_bytes(), 9)) for path in paths)

    hashed = "*.[0-9a-f][0-9a-f][0-9a-f][0-9a-f]*"
    assert size(*collected.glob(f"css/app{hashed}.css")) < 17_500
    scripts = loaded_at_once(next(collected.glob(f"js/app{hashed}.js")))
    assert len(scripts) <= 15
    assert size(*scripts) < 11_500
    assert size(*collected.glob(f"vendor/htmx/{hashed}.js")) < 14_000


def loaded_at_once(module: Path) -> set[Path]:
    """Return the module and all that it imports at the top; what it fetches later is not among them."""
    found, waiting = set(), {module}
    while waiting:
        found.add(path := waiting.pop())
        imported = re.findall(r'from "(\.[^"]+)"', path.read_text())
        waiting |= {(path.parent / name).resolve() for name in imported} - found
    return found
