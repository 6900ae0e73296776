"""`manage.py import_discourse` on small archives."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from forum.models import City
from forum.transfer.report import Bar, Report
from tests.transfer.archive import a_topic, pack, write_folder
from tests.world import World


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "archive", {"a.json": a_topic(5), "b.json": a_topic(6)})


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("import_discourse", *arguments, stdout=out)
    return out.getvalue()


def test_command_founds_the_city_and_says_what_came(world: World, folder: Path) -> None:
    said = run(
        str(pack(folder, "zst")), "--city=river", "--name=River", "--mayor=rita", "--board=7=Floods", "--board=9=None"
    )
    city = City.objects.get(slug="river")
    assert (city.name, city.threads_count, city.posts_count) == ("River", 2, 4)
    assert city.boards.get(slug="category-7").name == "Floods"
    assert "2 threads" in said
    assert "4 posts" in said
    assert "2 authors" in said


def test_running_it_again_says_that_all_was_here(world: World, folder: Path) -> None:
    run(str(folder), "--city=stoneferry")
    assert "Was here before: 2 threads." in run(str(folder), "--city=stoneferry")


def test_what_could_not_come_in_has_a_line_and_an_exit_code(world: World, folder: Path) -> None:
    (folder / "c.json").write_text("{")
    with pytest.raises(CommandError, match="1 thing could not come in") as error:
        run(str(folder), "--city=stoneferry")
    assert error.value.returncode == 3
    assert City.objects.get(slug="stoneferry").threads.filter(source_id__isnull=False).count() == 2


def test_wrong_archive_and_wrong_city_are_refused(world: World, folder: Path, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is nothing at"):
        run(str(tmp_path / "nowhere"), "--city=stoneferry")
    with pytest.raises(CommandError, match="give it a --name and a --mayor"):
        run(str(folder), "--city=river")


@pytest.mark.parametrize("name", ["7", "seven=Floods", "7="])
def test_name_of_a_board_has_to_name_its_category(world: World, folder: Path, name: str) -> None:
    with pytest.raises(CommandError, match="ID=NAME"):
        run(str(folder), "--city=stoneferry", f"--board={name}")


class Terminal(io.StringIO):
    """A terminal, as far as the bar asks."""

    def isatty(self) -> bool:
        return True


def test_bar_stays_on_its_line_in_a_terminal_and_is_sparing_in_a_file() -> None:
    terminal, file = Terminal(), io.StringIO()
    for out in (terminal, file):
        bar = Bar(out, pause=0)
        for done in range(1, 101):
            bar.show("Reading", done / 100, Report())
        bar.close()
    assert (terminal.getvalue().count("\r"), terminal.getvalue().count("\n")) == (101, 1)
    assert "[###############...............]  Reading  50%" in terminal.getvalue().replace("\r", "").replace(
        "] ", "]  "
    )
    assert (file.getvalue().count("\n"), "\r" in file.getvalue()) == (10, False)
