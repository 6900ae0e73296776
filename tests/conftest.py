"""What every test stands on."""

import gc
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from shutil import copyfile

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.db.models.signals import post_migrate
from django.utils import translation
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker

from accounts import slots
from forum.caching import pieces
from forum.caching.visits import visits
from forum.management.translations import compile_catalogues
from tests.settings import TEMPLATE
from tests.standing import GOES_ON, Standing, wants_standing
from tests.world import World

# Asked for by `--hypothesis-profile thorough`: for as long as one likes to wait, new examples every time.
hypothesis_settings.register_profile("thorough", max_examples=400, stateful_step_count=40, print_blob=True)


# What has nothing to do with a database, unless a fixture or a mark says otherwise.
WITHOUT_DATABASE = ("house", "publishing", "search", "text", "voting")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a run leave out what another run, on another database, has already tried."""
    parser.addoption("--database-only", action="store_true", help="leave out tests that no database can change")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out tests of text, typesetting, votes and the house that touch no database, where that is asked for.

    Within a module, tests that share a standing world follow each other.
    """
    items[:] = [item for _path, same in groupby(items, key=lambda one: one.path) for item in sorted(same, key=_turn)]
    if not config.getoption("--database-only"):
        return
    rooms = {Path(__file__).parent / name for name in WITHOUT_DATABASE}
    left_out = [item for item in items if rooms & set(item.path.parents) and not _needs_database(item)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in set(left_out)]


def _turn(item: pytest.Item) -> int:
    """Keep the order of pytest-django: tests that empty the tables come last."""
    if wants_standing(item):
        return 1
    return 2 if {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ())) else 0


def _needs_database(item: pytest.Item) -> bool:
    asked = set(getattr(item, "fixturenames", ()))
    return bool({"db", "transactional_db", "live_server"} & asked) or item.get_closest_marker("django_db") is not None


def pytest_configure() -> None:
    """Compile the translations when the catalogue is newer, as `make run` does."""
    compile_catalogues([Path(__file__).parent.parent / "forum" / "locale"])
    # What happens by chance happens in no test but its own, which counts no statements.
    slots.SWEPT = 2**62


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
    visits.forget()
    pieces.shelf.clear()
    translation.deactivate()  # a request leaves its language behind for the next to change


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """Note whether the world may stand for the next test."""
    item.stash[GOES_ON] = nextitem is not None and nextitem.path == item.path and wants_standing(nextitem)


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb: bool, django_db_modify_db_settings: None) -> bool:
    """Begin with a copy of the database that `make test` has prepared; PostgreSQL makes its copy itself."""
    if TEMPLATE and connection.vendor == "sqlite":
        copyfile(TEMPLATE, connection.settings_dict["TEST"]["NAME"])
        return True
    return django_db_keepdb


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """Make no rows of Django's permissions, which nobody here asks for, each time the tables have been emptied."""
    post_migrate.disconnect(dispatch_uid="django.contrib.auth.management.create_permissions")


@pytest.fixture(scope="session")
def _standing() -> Standing:
    return Standing()


@pytest.fixture
def _ground(
    request: pytest.FixtureRequest, _standing: Standing, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    if not wants_standing(request.node):
        yield
        return
    with django_db_blocker.unblock():
        _standing.begin()
    yield
    if not request.node.stash[GOES_ON]:
        with django_db_blocker.unblock():
            _standing.end()


@pytest.fixture
def _django_db_helper(_ground: None, _django_db_helper: None) -> None:
    """Have each test's transaction begin after the world's, and end before."""


@pytest.fixture
def world(db: None, _standing: Standing) -> World:
    """The named world, as it is when just built."""
    return _standing.world()


@pytest.fixture
def as_in_production(transactional_db: None) -> Iterator[None]:
    """PostgreSQL waits for the disk, which the server of the tests otherwise does not."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = on")
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET synchronous_commit")
