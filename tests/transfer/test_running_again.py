"""A run that is stopped, repeated or fed with a newer archive makes nothing twice and loses nothing."""

from pathlib import Path

import pytest

from forum.actions.merging import merge_threads
from forum.actions.posts import add_reply
from forum.actions.splitting import split_thread
from forum.models import City, Event, Post, Thread
from forum.transfer.moving_in import MovingIn, in_batches
from forum.transfer.places import Place
from forum.transfer.report import Report
from forum.transfer.sources import Source
from forum.transfer.topics import Topic
from tests.transfer.archive import a_post, a_topic, an_act, bring, write_folder
from tests.transfer.conftest import Move
from tests.world import World


def test_second_run_changes_nothing(move: Move) -> None:
    topics = [a_topic(5, a_post(1), an_act(2, "closed.enabled"), a_post(3)), a_topic(6)]
    move(*topics)
    before = (Post.objects.count(), Thread.objects.count(), Event.objects.count())
    report = move(*topics)
    assert (Post.objects.count(), Thread.objects.count(), Event.objects.count()) == before
    assert (report.known, report.counts["posts"], report.counts["authors"], report.problems) == (2, 0, 0, [])


def test_newer_archive_adds_only_what_is_new(move: Move) -> None:
    move(a_topic(5))
    report = move(
        a_topic(5, a_post(1), a_post(2), an_act(3, "closed.enabled"), a_post(4, "stork", reply_to_post_number=2))
    )
    thread = Thread.objects.get(source_id=5)
    assert (thread.posts_count, thread.replies_count, thread.last_number) == (3, 2, 4)
    assert thread.last_author.username == "stork"
    newest = thread.posts.get(number=4)
    assert newest.addressed and newest.addressed.number == 2
    assert (report.counts["threads"], report.counts["posts"], report.counts["acts"]) == (0, 1, 1)


def test_thread_moved_to_another_board_stays_there(move: Move, world: World) -> None:
    move(a_topic(5))
    Thread.objects.filter(source_id=5).update(board=world.letters)
    move(a_topic(5, a_post(1), a_post(2), a_post(3)))
    assert Thread.objects.get(source_id=5).board == world.letters
    # This test moved it behind the back of the counters.
    world.letters.threads_count, world.letters.posts_count = 1, 3
    world.letters.save()
    world.stoneferry.boards.filter(slug="category-7").update(threads_count=0, posts_count=0)


def test_number_taken_by_a_post_written_here_is_said(move: Move, world: World) -> None:
    move(a_topic(5))
    add_reply(Thread.objects.get(source_id=5), by=world.cai, body="Written here.")
    report = move(a_topic(5, a_post(1), a_post(2), a_post(3), a_post(4)))
    assert report.problems == ["topic.0.json: post 3: somebody has written a post of that number here"]
    assert [post.source_id for post in Post.objects.filter(thread__source_id=5).order_by("number")] == [
        1001,
        1002,
        None,
        1004,
    ]


def test_topic_that_comes_twice_comes_in_once(move: Move) -> None:
    report = move(a_topic(5), a_topic(5, a_post(1), a_post(2), a_post(3)))
    assert (report.counts["threads"], report.counts["posts"]) == (1, 3)


def test_another_forum_in_the_same_city_is_not_mixed_in(move: Move) -> None:
    move(a_topic(5))
    report = move(a_topic(5, a_post(1, id=77), a_post(2, id=78), a_post(3, id=79)))
    assert report.problems == ["topic.0.json: topic 5 of another forum came into this city before"]


def test_the_same_forum_may_come_into_two_cities(move: Move, world: World, tmp_path: Path) -> None:
    move(a_topic(5))
    report = bring(tmp_path / "archive", world.hilltop)
    assert (report.counts["threads"], Thread.objects.filter(source_id=5).count()) == (1, 2)


def test_stopping_leaves_whole_threads_and_the_next_run_brings_the_rest(
    city: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("forum.transfer.moving_in.BATCH_TOPICS", 2)
    folder = write_folder(tmp_path / "archive", {f"{number}.json": a_topic(number) for number in range(1, 6)})

    def stop(what: str, done: float, report: Report) -> None:
        if report.counts["threads"]:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        MovingIn(Source(folder, lambda file, why: None), Place(city, "discourse", {})).run(stop)
    assert Post.objects.filter(thread__source_id__isnull=False).count() == 4
    assert Event.objects.get(kind="city.imported").data == {"threads": 2, "posts": 4}
    assert bring(folder, city).counts["threads"] == 3


def test_batches_hold_each_topic_once() -> None:
    topics = [Topic(source_id=number, slug="", title="", category=None, file="") for number in (1, 2, 2, 3)]
    assert [[topic.source_id for topic in batch] for batch in in_batches(topics)] == [[1, 2], [2, 3]]


def test_posts_that_were_split_off_here_do_not_come_again(move: Move, world: World) -> None:
    topic = a_topic(5, a_post(1), a_post(2), a_post(3))
    move(topic)
    thread = Thread.objects.get(source_id=5)
    split_thread(thread, by=world.ada, numbers=[2], board=thread.board, title="Apart")
    report = move(topic)
    assert (report.known, report.problems) == (1, [])
    assert Post.objects.filter(source_id=1002).count() == 1


def test_thread_that_was_merged_here_takes_nothing_new(move: Move, world: World) -> None:
    move(a_topic(5), a_topic(6))
    merge_threads(Thread.objects.get(source_id=5), by=world.ada, into=Thread.objects.get(source_id=6))
    report = move(a_topic(5, a_post(1), a_post(2), a_post(3)), a_topic(6))
    assert report.problems == ["topic.0.json: topic 5 was merged into another thread here"]
