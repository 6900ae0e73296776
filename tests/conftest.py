"""What every test stands on."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import caches
from django.utils import translation
from hypothesis import settings as hypothesis_settings

from forum.management.translations import compile_catalogues
from tests.world import World, build_world

# Asked for by `--hypothesis-profile thorough`: for as long as one likes to wait, new examples every time.
hypothesis_settings.register_profile("thorough", max_examples=400, stateful_step_count=40, print_blob=True)


# What has nothing to do with a database, unless a fixture or a mark says otherwise.
WITHOUT_DATABASE = ("house", "publishing", "search", "text", "voting")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a run leave out what another run, on another database, has already tried."""
    parser.addoption("--database-only", action="store_true", help="leave out tests that no database can change")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out tests of text, typesetting, votes and the house that touch no database, where that is asked for."""
    if not config.getoption("--database-only"):
        return
    rooms = {Path(__file__).parent / name for name in WITHOUT_DATABASE}
    left_out = [item for item in items if rooms & set(item.path.parents) and not _needs_database(item)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in set(left_out)]


def _needs_database(item: pytest.Item) -> bool:
    asked = set(getattr(item, "fixturenames", ()))
    return bool({"db", "transactional_db", "live_server"} & asked) or item.get_closest_marker("django_db") is not None


def pytest_configure() -> None:
    """Compile the translations when the catalogue is newer, as `make run` does."""
    compile_catalogues([Path(__file__).parent.parent / "forum" / "locale"])


def pytest_collection_finish() -> None:
    """Have the collector of garbage look no more at what stays to the end: the tests, the libraries, the site."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure() -> None:
    """Take away what the tests wrote; a process of pytest-xdist ends without doing so by itself."""
    settings.TEST_FOLDER.cleanup()


@pytest.fixture(autouse=True)
def _fresh_memory() -> Iterator[None]:
    """Forget what one process remembers; what the database remembers is rolled back anyway."""
    yield
    caches["local"].clear()
    translation.deactivate()  # a request leaves its language behind for the next to change


@pytest.fixture
def world(db: None) -> World:
    """The named world, built anew for each test."""
    return build_world()
