"""Addresses by which the authors of an archive claim their accounts."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from forum.models import ArchivedAuthor
from forum.queries.claims import known_address
from forum.transfer.claiming import NoList, note_addresses, read_addresses
from tests.transfer.archive import a_post, a_topic
from tests.transfer.conftest import Move
from tests.world import World

LIST = (
    "\ufeffid,name,username,email\n1,H,Grey.Heron,Heron@Example.org\n2,,nobody,no@example.org\n3,,owl,not an address\n"
)


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    """A list as the owner of the old forum exports it."""
    file = tmp_path / "users.csv"
    file.write_text(LIST, encoding="utf-8")
    return file


def test_addresses_are_noted_for_those_who_wrote(move: Move, listed: Path) -> None:
    move(a_topic(5, a_post(1, "grey.heron"), a_post(2, "owl")))
    archive = ArchivedAuthor.objects.first().archive  # type: ignore[union-attr]
    assert note_addresses(archive, read_addresses(listed)) == 1
    assert note_addresses(archive, read_addresses(listed)) == 0
    assert known_address(User.objects.get(username="grey.heron"), "heron@example.org")
    assert not ArchivedAuthor.objects.exclude(email="").exclude(email="heron@example.org").exists()


def test_a_claimed_account_keeps_what_it_has(move: Move, listed: Path) -> None:
    move(a_topic(5, a_post(1, "grey.heron")))
    User.objects.filter(username="grey.heron").update(is_claimable=False)
    archive = ArchivedAuthor.objects.first().archive  # type: ignore[union-attr]
    assert note_addresses(archive, read_addresses(listed)) == 0


@pytest.mark.parametrize("text", ["", "name,address\nx,y\n", "\x00\x80"])
def test_another_file_is_refused_before_anything_comes_in(world: World, tmp_path: Path, text: str) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(text.encode("latin-1"))
    with pytest.raises(NoList):
        read_addresses(file)
    with pytest.raises(CommandError):
        call_command("import_discourse", tmp_path, city="stoneferry", addresses=file)
    assert not ArchivedAuthor.objects.exists()
