"""The archive of somebody who did everything holds a part of every table that the registry of personal data names."""

import json
import tracemalloc
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from pytest_django import Settings

from forum.actions.closing.registry import REGISTRY
from forum.actions.posts import add_reply
from forum.models import Attachment, Post, Revision
from forum.transfer.export import export_of
from forum.transfer.export.posts import beside_pictures
from forum.transfer.export.rest import FILES
from tests.everything import EMAIL, NAME, WORDS, somebody_who_did_everything
from tests.world import World

PICTURE = b"\x89PNG what was uploaded"


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def address(path: str) -> str:
    return f"https://example.org{path}"


def test_every_table_that_is_exported_stands_in_the_archive(world: World) -> None:
    zoltan = somebody_who_did_everything(world)
    picture = Attachment.objects.get(owner=zoltan)
    default_storage.save(picture.path, ContentFile(PICTURE))
    with ZipFile(export_of(zoltan, address=address)) as archive:
        names = set(archive.namelist())
        for label, noun in REGISTRY.items():
            assert not noun.export or any(name.startswith(noun.export) for name in names), label
        for name, sources in FILES.items():
            kinds = {row["kind"] for row in json.loads(archive.read(name))}
            # Zoltan has not cast an open ballot, nor been brought an account.
            assert kinds >= {source.kind for source in sources} - {"open ballot"}, name
        assert archive.read(f"images/{picture.name}") == PICTURE
        assert archive.read("images/avatar.png") == WORDS.encode()
        profile = json.loads(archive.read("profile.json"))
        everything = "".join(archive.read(name).decode("utf-8", "replace") for name in names)
    assert (profile["display_name"], profile["email"]) == (NAME, zoltan.email)
    assert EMAIL in everything
    assert "Come and see my zeppelin." in everything
    assert zoltan.password not in everything
    assert '"secret"' not in everything


def test_pictures_in_texts_lead_to_the_folder_of_pictures() -> None:
    name = f"{'0' * 32}-30x20.png"
    assert beside_pictures(f"![A bridge](/media/images/{name})") == f"![A bridge](../images/{name})"
    assert beside_pictures("[Images](/media/images/)") == "[Images](/media/images/)"


def test_memory_does_not_grow_with_what_somebody_wrote(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("forum.queries.exports", "forum.transfer.export.index", "forum.queries.conversations"):
        monkeypatch.setattr(f"{module}.CHUNK", 5)
    for number in range(40):
        add_reply(world.thread, by=world.coco, body=f"{number} " + "一座橋 " * 100)
    few = _peak(world)
    replies = Post.objects.filter(author=world.coco, number__gt=2)
    longer = "一座橋 " * 10_000
    replies.update(body=longer)
    Revision.objects.filter(post__in=replies).update(body=longer)
    in_all = sum(len(body.encode()) for body in replies.values_list("body", flat=True))
    assert _peak(world) < few + in_all / 2  # a few rows, though the archive holds each text three times


def _peak(world: World) -> int:
    tracemalloc.start()
    export_of(world.coco, address=address).close()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak
