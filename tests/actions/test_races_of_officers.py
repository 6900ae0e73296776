"""Officers who decide and rearrange at the same moment as others decide and write: once, and nothing is lost."""

import pytest

from forum.actions.holds import approve_post, refuse_post
from forum.actions.merging import merge_threads
from forum.actions.posts import add_reply
from forum.actions.rules import change_rules
from forum.actions.splitting import split_thread
from forum.actions.threads import create_thread
from forum.events.verifying import verify_city
from forum.models import Event, FormerNumber, Hold, Post, Thread
from forum.permissions.verdicts import Forbidden
from tests.races import together
from tests.world import World


@pytest.mark.django_db(transaction=True)
def test_two_officers_decide_about_one_held_post_once(transactional_db: None, world: World) -> None:
    change_rules(world.stoneferry, by=world.mei, held_words="boat")
    hold = add_reply(world.thread, by=world.cai, body="By boat?").hold
    other = create_thread(world.letters, by=world.coco, title="The ferry", body="It rests.")
    acts = [
        lambda: approve_post(hold, by=world.mei),
        lambda: refuse_post(hold, by=world.dan, answer="Off the topic."),
        lambda: merge_threads(other, by=world.ada, into=world.thread),
    ]
    together(acts * 2)
    hold = Hold.objects.select_related("post").get()
    decided = Event.objects.filter(kind__in=("post.approved", "post.refused"))
    assert (decided.count(), decided.get().actor) == (1, hold.decided_by)
    assert hold.post.is_held == (hold.state == Hold.State.REFUSED)


@pytest.mark.django_db(transaction=True)
def test_threads_are_merged_and_split_while_people_reply(transactional_db: None, world: World) -> None:
    ferry = create_thread(world.letters, by=world.coco, title="The ferry", body="It rests.")
    told: list[Exception] = []

    def reply(thread: Thread, number: int) -> None:
        try:
            add_reply(thread, by=world.cai, body=f"Reply {number}.")
        except Forbidden as refusal:
            told.append(refusal)

    def split() -> None:
        split_thread(world.thread, by=world.mei, numbers=[2], board=world.letters, title="Crossing")

    together(
        [
            *(lambda number=number: reply(ferry, number) for number in range(4)),
            *(lambda number=number: reply(world.thread, number) for number in range(4, 6)),
            lambda: merge_threads(ferry, by=world.dan, into=world.thread),
            split,
        ]
    )
    posts = Post.objects.filter(thread__city=world.stoneferry)
    assert posts.count() == 3 + 6 - len(told)
    assert not posts.filter(thread=ferry).exists()
    for thread in Thread.objects.filter(city=world.stoneferry):
        here = [*posts.filter(thread=thread).values_list("number", flat=True)]
        gone = [*FormerNumber.objects.filter(thread=thread).values_list("number", flat=True)]
        assert sorted(here + gone) == list(range(1, thread.last_number + 1))
    assert verify_city(world.stoneferry).is_whole
