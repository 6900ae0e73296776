"""A city to move into; afterwards every stored number equals its recount."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from forum.actions import recounting
from forum.models import City
from forum.transfer.report import Report
from tests.actions.conftest import _stored
from tests.transfer.archive import bring, write_folder
from tests.world import World

Move = Callable[..., Report]


@pytest.fixture
def city(world: World) -> Iterator[City]:
    """Stoneferry, whose numbers are counted anew at the end."""
    yield world.stoneferry
    before = _stored()
    recounting.recount_everything()
    assert _stored() == before


@pytest.fixture
def move(city: City, tmp_path: Path) -> Move:
    """Bring topics, or files by name, into the city."""

    def run(*topics: Any, files: dict[str, Any] | None = None, **options: Any) -> Report:
        named = files or {f"topic.{index}.json": topic for index, topic in enumerate(topics)}
        return bring(write_folder(tmp_path / "archive", named), city, **options)

    return run
