"""Two servers of the site on one database: what is written by way of one is on the next page of the other."""

import re
from collections.abc import Iterator

import pytest

from forum.actions.moderation import hide_post
from forum.models import Post, Thread
from tests.clients import browser
from tests.servers import Server
from tests.world import World, build_world

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@pytest.fixture
def servers(transactional_db: None) -> Iterator[list[Server]]:
    both = [Server(), Server()]
    try:
        for server in both:
            server.wait()
        yield both
    finally:
        for server in both:
            server.end()


@pytest.fixture
def world(transactional_db: None) -> World:
    return build_world()


def test_what_is_written_at_one_is_read_at_the_other_at_once(world: World, servers: list[Server]) -> None:
    path, board = f"/t/{world.thread.pk}/", "/c/stoneferry/b/general/"
    pages = (path, board, "/c/stoneferry/", "/")
    session = f"sessionid={browser(world.coco).cookies['sessionid'].value}"
    for turn in range(4):
        here, there = servers[turn % 2], servers[1 - turn % 2]
        for server in servers:  # both have every page at hand
            assert {server.ask(page)[0].status for page in pages} == {200}
        marks = {server: server.ask(board)[0].headers["ETag"] for server in servers}
        answer, form = here.ask(path, session)
        token = TOKEN.search(form)
        assert token
        cookie = re.search(r"csrftoken=\w+", answer.headers["Set-Cookie"])
        assert cookie
        words = f"Plank number {turn}."
        fields = {"csrfmiddlewaretoken": token[1], "body": words}
        written, _page = here.ask(f"{path}replies/", f"{session}; {cookie[0]}", fields)
        assert written.status == 302
        for server in (there, here):
            assert words in server.ask(path)[1]
            assert server.ask(board)[0].headers["ETag"] != marks[server]
    hide_post(Post.objects.get(thread=world.thread, number=3), by=world.mei, reason="a test")  # by neither of them
    for server in servers:
        assert "Plank number 0." not in server.ask(path)[1]
    for server in servers:  # what visitors read is counted when a process ends, at the latest
        server.stop()
    assert Thread.objects.get(pk=world.thread.pk).views_count >= 2
