"""Repairing stored numbers and stored HTML."""

from io import StringIO

import pytest
from django.core.management import call_command

from forum.actions.conversations import start_conversation
from forum.actions.digests import add_chapter, create_digest, write_foreword
from forum.actions.notices import post_notice
from forum.actions.posts import add_reply
from forum.actions.recounting import recount_writers
from forum.caching.generations import generation
from forum.caching.scopes import EVERYWHERE
from forum.models import City, Digest, DigestChapter, Message, Notice, Post, Revision, Thread
from forum.text.markdown import RENDERER_VERSION
from tests.world import World


def _say(command: str) -> str:
    out = StringIO()
    call_command(command, stdout=out)
    return out.getvalue()


def test_recount_says_which_numbers_were_wrong_and_rights_them(world: World) -> None:
    Thread.objects.filter(pk=world.thread.pk).update(replies_count=0)
    City.objects.update(citizens_count=40)
    said = _say("recount")
    assert "thread.replies_count: 1 corrected" in said
    assert "city.citizens_count: 2 corrected" in said
    assert Thread.objects.get(pk=world.thread.pk).replies_count == 1


def test_recount_is_content_with_numbers_that_are_right(world: World) -> None:
    recount_writers()
    before = generation((EVERYWHERE,))
    assert _say("recount").strip() == "All numbers are right."
    assert generation((EVERYWHERE,)) == before  # a row that is right is not written again


def test_recount_goes_through_long_tables_some_rows_at_a_time(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("forum.actions.recounting.WINDOW", 2)
    for number in range(5):
        add_reply(world.thread, by=world.cai, body=f"Plank number {number}.")
    Post.objects.update(recommendations_count=3)
    assert f"post.recommendations_count: {Post.objects.count()} corrected" in _say("recount")
    assert not Post.objects.filter(recommendations_count=3).exists()


def test_rerender_makes_old_html_anew_and_leaves_texts_alone(world: World) -> None:
    notice = post_notice(world.stoneferry, by=world.mei, title="Fair", body="*Sunday*")
    Post.objects.filter(pk=world.reply.pk).update(html="old", renderer_version=0)
    Notice.objects.update(html="old", renderer_version=0)
    start_conversation(by=world.cai, people=[world.coco], body="*Planks*")
    Message.objects.update(html="old", renderer_version=0)
    digest = write_foreword(create_digest(by=world.coco, title="Bridges"), by=world.coco, body="*Why*")
    add_chapter(digest, by=world.coco, title="Wood", introduction="*What*")
    Digest.objects.update(foreword_html="old", renderer_version=0)
    DigestChapter.objects.update(introduction_html="old", renderer_version=0)
    assert "Rendered 1 posts, 1 notices, 1 messages and 2 texts of digests." in _say("rerender")
    assert "<em>Why</em>" in Digest.objects.get().foreword_html
    assert "<em>What</em>" in DigestChapter.objects.get().introduction_html
    assert "<em>Planks</em>" in Message.objects.get().html
    post = Post.objects.get(pk=world.reply.pk)
    assert (post.html, post.body, post.renderer_version) == (world.reply.html, world.reply.body, RENDERER_VERSION)
    assert Revision.objects.filter(post=post).count() == 1
    notice.refresh_from_db()
    assert "<em>Sunday</em>" in notice.html
