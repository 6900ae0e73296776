"""`manage.py verify_city` prints the end of the chain or the first row that is wrong, and exits accordingly."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from forum.models import Chain, Event
from tests.world import World


def _run(*arguments: str) -> tuple[int, str, str]:
    out, err = StringIO(), StringIO()
    try:
        call_command("verify_city", *arguments, stdout=out, stderr=err)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def _tamper(world: World) -> int:
    event = Event.objects.get(city=world.stoneferry, position=3)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE forum_event SET reason = 'Another' WHERE id = %s", [event.pk])
    return event.pk


def test_whole_city_shows_its_latest_hash(world: World) -> None:
    end = Chain.objects.get(city=world.stoneferry)
    code, out, err = _run("stoneferry")
    assert (code, err) == (0, "")
    assert f"Whole: {end.length} events, 2 versions of posts, 0 ballots." in out
    assert f"Latest hash: {end.head}" in out


def test_altered_row_is_named_in_words(world: World) -> None:
    pk = _tamper(world)
    code, out, err = _run("stoneferry")
    assert (code, out) == (1, "")
    assert f"Broken: event no. 3 (id {pk}): its reason or its data were altered." in err
    assert _run("hilltop")[0] == 0


def test_same_as_json(world: World) -> None:
    pk = _tamper(world)
    code, out, _err = _run("stoneferry", "--json")
    found = json.loads(out)
    assert (code, found["city"], found["whole"]) == (1, "stoneferry", False)
    assert found["faults"] == [
        {"what": "event", "place": "no. 3", "pk": pk, "words": "its reason or its data were altered"}
    ]


def test_hash_that_was_noted_is_looked_for(world: World) -> None:
    noted = Event.objects.get(city=world.stoneferry, position=4).chain_hash
    assert "that of event no. 4" in _run("stoneferry", "--noted", noted)[1]
    code, _out, err = _run("stoneferry", "--noted", "f" * 64)
    assert code == 1
    assert "does not stand in the chain" in err


def test_unknown_city_is_said(world: World) -> None:
    with pytest.raises(CommandError, match="no city"):
        call_command("verify_city", "atlantis")
