"""The index is kept with what is written, and can be made anew while people search and write."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from forum.actions.posts import add_reply, edit_post
from forum.actions.threads import create_thread
from forum.models import Post
from forum.permissions.roles import Viewer
from forum.search import blocks, gathering, postgres
from forum.search.documents import document_of
from forum.search.find import find
from forum.search.index import index_outdated_posts, indexed_together, posts_to_index
from forum.search.parsing import parse
from tests.search.corpus import found, write_posts
from tests.world import World


def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def forget_everything() -> None:
    """Leave the index as a site has it that was never indexed."""
    sql("DELETE FROM search_document")
    sql(
        "DELETE FROM search_terms"
        if connection.vendor == "postgresql"
        else "INSERT INTO search_terms (search_terms) VALUES ('delete-all')"
    )


def test_every_written_post_is_indexed(world: World) -> None:
    assert posts_to_index() == 0
    assert posts_to_index(everything=True) == Post.objects.count() == 2


def test_reindex_indexes_what_is_missing(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    forget_everything()
    assert posts_to_index() == 2
    assert found(None, "bridge") == set()
    call_command("reindex")
    assert "2 of 2 posts" in capsys.readouterr().out
    assert found(None, "bridge") == {world.opener.pk}
    call_command("reindex")
    assert capsys.readouterr().out.strip() == "Indexed 0 posts."


def test_reindex_indexes_what_an_older_tokeniser_left(world: World) -> None:
    sql("UPDATE search_document SET version = 0, words = ''")
    assert found(None, "bridge") == set()
    assert sum(index_outdated_posts()) == 2
    assert found(None, "bridge") == {world.opener.pk}


def test_reindex_of_everything_changes_nothing(world: World) -> None:
    before = found(None, "-nothing")
    assert sum(index_outdated_posts(everything=True)) == 2
    assert found(None, "-nothing") == before == {world.opener.pk, world.reply.pk}


def test_a_stopped_reindex_goes_on_where_it_was(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("forum.search.index.BATCH", 10)
    posts = write_posts(world.general, world.cai, [f"sand {number}" for number in range(35)])
    forget_everything()
    running = index_outdated_posts()
    assert next(running) + next(running) == 20
    running.close()
    assert posts_to_index() == 17
    assert sum(index_outdated_posts()) == 17
    assert found(None, "sand") == {post.pk for post in posts}


def test_what_is_written_during_a_reindex_is_right(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("forum.search.index.BATCH", 1)
    running = index_outdated_posts(everything=True)
    next(running)
    reply = add_reply(world.thread, by=world.coco, body="Written in between 胡桃")
    assert found(None, "胡桃") == {reply.pk}
    list(running)
    assert found(None, "胡桃") == {reply.pk}
    assert len(found(None, "bridge OR crossed")) == 2


def test_a_search_across_blocks_finds_all_in_order(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    # Only PostgreSQL has blocks; there they are cut anew by the reindex, and SQLite shows what must be found.
    monkeypatch.setattr(blocks, "POSTS", 10)
    # Else a block begins by itself when a post's number comes to that, and what is left is full enough.
    monkeypatch.setattr(blocks, "_LOOKED_AT", 2**40)
    monkeypatch.setattr(postgres, "DELAY", 0)
    posts = [
        create_thread(
            world.general, by=world.cai, title=f"Number {number}", body=f"sand {'shell' * (number % 20 == 0)}"
        )
        for number in range(50)
    ]
    call_command("reindex")
    if connection.vendor == "postgresql":
        assert len(blocks.read_blocks()) >= 5
        assert len({block.generation for block in blocks.read_blocks()}) == 1
    later = create_thread(world.general, by=world.cai, title="Later", body="sand again")
    openers = set(Post.objects.filter(thread__in=[*posts, later]).values_list("pk", flat=True))
    assert found(None, "sand") == openers
    assert len(found(None, "shell")) == 3
    assert len(found(None, "sand -shell")) == 48
    assert found(None, "sand OR planks") == openers | {world.opener.pk}


def test_a_document_has_all_that_a_post_says_and_points_to(world: World) -> None:
    body = "[the *map*](https://example.org/%E6%A9%8B), [here](/t/7/chestnut) and ![a photo](https://example.org/p.jpg)\n\n```python\nx\n```"
    post = add_reply(world.thread, by=world.coco, body=body)
    document = document_of(post)
    for asked in (
        '"the map"',
        "example.org/橋",
        "photo",
        "p.jpg",
        "chestnut",
        "python",
        "has:image",
        "has:link",
        "has:code",
    ):
        assert found(None, f"{asked} author:coco after:2001") == {post.pk}, asked
    assert document.title == ""
    assert {"@has image", "@has link", "@has code", f"@author {world.coco.pk}"} <= set(document.terms)


def test_what_is_indexed_together_is_there_at_the_end(world: World) -> None:
    with indexed_together():
        reply = add_reply(world.thread, by=world.coco, body="The walnut tree 胡桃")
        edit_post(reply, by=world.coco, base=1, body="The chestnut tree 栗子")
        assert found(None, "胡桃 OR 栗子") == set()
    assert found(None, "胡桃 OR 栗子") == {reply.pk}
    assert found(None, "胡桃") == set()


def test_an_old_post_with_the_word_in_its_title_is_ranked(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "POSTS", 10)
    # Else a block begins by itself when a post's number comes to that, and what is left is full enough.
    monkeypatch.setattr(blocks, "_LOOKED_AT", 2**40)
    monkeypatch.setattr(postgres, "DELAY", 0)
    monkeypatch.setattr(gathering, "RANKED", 20)
    old = create_thread(
        world.general, by=world.cai, title="A ferry", body="It is old.", at=timezone.now() - timedelta(days=900)
    )
    write_posts(world.general, world.cai, [f"The ferry {number}" for number in range(60)])
    call_command("reindex")
    results = find(Viewer(), parse("ferry"))
    assert results.is_cut
    assert results.groups[0].thread == old
