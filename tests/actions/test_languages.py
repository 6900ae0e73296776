"""The language of a text as its writer chose it, and the second title of a thread."""

import pytest
from django.core.exceptions import ValidationError

from forum.actions.posts import add_reply, edit_post
from forum.actions.rerendering import rerender_posts
from forum.actions.rules import change_rules
from forum.actions.threads import create_thread
from forum.models import Event, Post, Revision, Thread
from tests.world import World

WORDS = {"title": "三塊板的橋", "body": "漢字だけ。"}


def test_a_chosen_language_is_kept_and_another_guessed(world: World) -> None:
    assert add_reply(world.thread, by=world.coco, body="三塊板的橋。", language="ja").language == "ja"
    assert add_reply(world.thread, by=world.coco, body="三塊板的橋。").language == "zh-Hant"
    assert add_reply(world.thread, by=world.coco, body="三塊板的橋。", language="xx").language == "zh-Hant"
    thread = create_thread(world.general, by=world.cai, language="ja", **WORDS)
    assert (thread.language, thread.posts.get().language) == ("ja", "ja")


def test_a_chosen_language_outlives_edits_and_a_new_renderer(world: World) -> None:
    post = add_reply(world.thread, by=world.coco, body="三塊板的橋。", language="ja")
    post = edit_post(post, by=world.coco, base=1, body="四塊板的橋。")
    assert post.language == "ja"
    Post.objects.filter(pk=post.pk).update(renderer_version=0, html="")
    assert list(rerender_posts())
    post.refresh_from_db()
    assert (post.language, post.html) == ("ja", "<p>四塊板的橋。</p>\n")
    post = edit_post(post, by=world.coco, base=2, body="四塊板的橋。", language="")
    assert (post.language, post.revision_number) == ("zh-Hant", 3)
    assert edit_post(post, by=world.coco, base=3, body="四塊板的橋。", language="").revision_number == 3


def test_a_guessed_language_follows_the_text(world: World) -> None:
    post = edit_post(world.reply, by=world.coco, base=1, body="It is the bridge of three planks.")
    assert post.language == "en"


def test_a_second_title_is_kept_told_and_edited(world: World) -> None:
    thread = create_thread(world.general, by=world.cai, title="三塊板的橋", body="橋。", alias=" The bridge of planks ")
    assert Thread.objects.get(pk=thread.pk).alias == "The bridge of planks"
    assert Event.objects.get(kind="thread.created", thread=thread).data["alias"] == "The bridge of planks"
    post = edit_post(thread.posts.get(), by=world.cai, base=1, title="三塊板的橋", body="橋。", alias="Three planks")
    assert post.thread.alias == "Three planks"
    assert Event.objects.get(kind="post.edited", post=post).data["alias"] == "Three planks"
    assert edit_post(post, by=world.cai, base=2, title="三塊板的橋", body="木橋。").thread.alias == "Three planks"
    assert Revision.objects.filter(post=post).count() == 3


def test_a_second_title_is_weighed_like_other_words(world: World) -> None:
    change_rules(world.stoneferry, by=world.mei, held_words="casino")
    waiting = create_thread(world.general, by=world.cai, title="橋", body="橋。", alias="The casino")
    assert waiting.is_held
    thread = create_thread(world.general, by=world.cai, title="橋", body="橋。")
    with pytest.raises(ValidationError, match="casino"):
        edit_post(thread.posts.get(), by=world.cai, base=1, title="橋", body="橋。", alias="The casino")
