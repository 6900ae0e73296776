"""People who do different things to one thread at the same moment; PostgreSQL must not find itself in a knot."""

import pytest

from forum.actions.moderation import hide_post, restore_post
from forum.actions.posts import add_reply, edit_post
from forum.actions.problems import Conflict
from forum.actions.recommendations import recommend_post, withdraw_recommendation
from forum.models import Post, Thread
from tests.races import together
from tests.world import World


def _edit(world: World, number: int) -> None:
    post = Post.objects.get(pk=world.opener.pk)
    try:
        edit_post(post, by=world.cai, base=post.revision_number, title=f"Bridge {number}", body=f"Planks: {number}")
    except Conflict:
        return  # the other window was faster, and this one is told so


@pytest.mark.django_db(transaction=True)
def test_opener_is_edited_while_others_reply_to_it_and_recommend_it(transactional_db: None, world: World) -> None:
    acts = [
        act
        for number in range(3)
        for act in (
            lambda number=number: _edit(world, number),
            lambda: add_reply(world.thread, by=world.coco, body="To you.", to=1),
            lambda: recommend_post(world.opener, by=world.dan),
            lambda: withdraw_recommendation(world.opener, by=world.dan),
        )
    ]
    for _ in range(2):
        together(acts)
    thread = Thread.objects.get(pk=world.thread.pk)
    assert thread.posts_count == thread.last_number == 2 + 2 * 3


@pytest.mark.django_db(transaction=True)
def test_reply_is_hidden_and_restored_while_others_answer_it(transactional_db: None, world: World) -> None:
    acts = [
        lambda: hide_post(world.reply, by=world.mei, reason="Off topic"),
        lambda: restore_post(world.reply, by=world.mei),
        lambda: add_reply(world.thread, by=world.cai, body="To you.", to=2),
        lambda: recommend_post(world.opener, by=world.dan),
    ]
    together(acts * 3)
    assert Thread.objects.get(pk=world.thread.pk).posts_count == 2 + 3
