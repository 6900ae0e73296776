"""`manage.py serve` from an empty folder to an answer, and to a clean end."""

import socket

from tests.management.serving import Serve, said_until_ready, status_of, stop


def test_a_site_starts_answers_stops_and_starts_faster(serve: Serve, port: int) -> None:
    first = serve()
    said = said_until_ready(first)
    assert f"Cityboards is at http://127.0.0.1:{port}/" in said
    assert any("Database brought up to date" in line for line in said)
    assert not any("Sign in as" in line for line in said)  # a site for others has no demo people
    assert status_of(port, "/healthz") == 200
    assert stop(first) == 0
    # Nothing is left to prepare, so nothing is said about it.
    assert said_until_ready(serve())[:2] == ["", f"Cityboards is at http://127.0.0.1:{port}/"]


def test_a_taken_port_ends_the_command_with_its_own_code(serve: Serve, port: int) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", port))
        listener.listen()
        process = serve()
        _said, complaint = process.communicate(timeout=20)
    assert process.returncode == 4
    assert f"Port {port} of 127.0.0.1 is taken" in complaint


def test_a_database_that_is_away_ends_the_command_with_its_own_code(serve: Serve) -> None:
    process = serve(DATABASE_URL="postgres://nobody@127.0.0.1:9/nothing")
    _said, complaint = process.communicate(timeout=20)
    assert process.returncode == 5
    assert "The database cannot be reached" in complaint
