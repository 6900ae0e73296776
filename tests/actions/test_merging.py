"""Merging a thread into another, and taking it out again: posts keep their meaning, numbers theirs."""

import pytest
from django.core.exceptions import ValidationError

from forum.actions.digests import keep_in_new_digest
from forum.actions.drafts import save_draft
from forum.actions.merging import merge_threads
from forum.actions.moderation import hide_post, hide_thread
from forum.actions.posts import add_reply
from forum.actions.recommendations import recommend_post
from forum.actions.threads import create_thread
from forum.actions.undoing import undo_event
from forum.actions.watches import unwatch_place, watch_place
from forum.models import Board, Draft, Event, FormerNumber, Poll, Post, Thread, Watch
from forum.permissions.verdicts import Forbidden
from tests.world import World


@pytest.fixture
def ferry(world: World) -> Thread:
    """Another thread, on another board: opened by Coco, answered by Cai."""
    thread = create_thread(world.letters, by=world.coco, title="The ferry 渡船", body="It rests on Mondays.")
    add_reply(thread, by=world.cai, body="And on Tuesdays.", to=1)
    return Thread.objects.get(pk=thread.pk)


def numbers(thread: Thread) -> list[tuple[int, str]]:
    """Return number and first word of every post of the thread."""
    return [(post.number, post.body.split()[0]) for post in Post.objects.filter(thread=thread).order_by("number")]


def test_posts_go_to_the_end_in_order_under_new_numbers(world: World, ferry: Thread) -> None:
    into = merge_threads(ferry, by=world.mei, into=world.thread, reason="The same matter")
    assert numbers(into) == [(1, "三塊板的橋。Three"), (2, "I"), (3, "It"), (4, "And")]
    into.refresh_from_db()
    assert (into.posts_count, into.replies_count, into.last_number, into.last_author) == (4, 3, 4, world.cai)


def test_old_numbers_lead_to_the_same_posts_for_ever(world: World, ferry: Thread) -> None:
    posts = list(ferry.posts.order_by("number"))
    merge_threads(ferry, by=world.mei, into=world.thread)
    rows = FormerNumber.objects.filter(thread=ferry).order_by("number")
    assert [(row.number, row.post) for row in rows] == [(1, posts[0]), (2, posts[1])]
    assert Post.objects.get(pk=posts[1].pk).addressed == posts[0]


def test_the_emptied_thread_is_hidden_and_says_where_it_went(world: World, ferry: Thread) -> None:
    for _twice in range(2):
        merge_threads(ferry, by=world.mei, into=world.thread)
    ferry.refresh_from_db()
    assert (ferry.is_hidden, ferry.merged_into, ferry.posts_count, ferry.former_count) == (True, world.thread, 0, 2)
    assert Event.objects.filter(kind="thread.merged").count() == 1


def test_boards_are_counted_rightly(world: World, ferry: Thread) -> None:
    hide_post(ferry.posts.get(number=2), by=world.mei, reason="Wrong")
    merge_threads(ferry, by=world.mei, into=world.thread)
    rows = Board.objects.filter(city=world.stoneferry).order_by("pk").values_list("threads_count", "posts_count")
    assert list(rows) == [(1, 3), (0, 0)]


def test_recommendations_and_digest_entries_stay_with_the_post(world: World, ferry: Thread) -> None:
    opener = ferry.posts.get(number=1)
    recommend_post(opener, by=world.dan)
    entry = keep_in_new_digest(opener, by=world.dan, title="Ferries")
    merge_threads(ferry, by=world.mei, into=world.thread)
    entry.refresh_from_db()
    assert (entry.post.thread, entry.post.number, entry.post.recommendations_count) == (world.thread, 3, 1)


def test_who_watched_or_muted_the_one_does_so_with_the_other(world: World, ferry: Thread) -> None:
    watch_place(ferry, by=world.rita, level="muted")
    watch_place(ferry, by=world.dan)
    watch_place(world.thread, by=world.dan, level="muted")
    merge_threads(ferry, by=world.mei, into=world.thread)
    levels = dict(Watch.objects.filter(thread=world.thread).values_list("user__username", "level"))
    assert levels == {"cai": "all", "coco": "all", "rita": "muted", "dan": "muted"}


def test_an_unsent_reply_goes_along_and_keeps_whom_it_addresses(world: World, ferry: Thread) -> None:
    save_draft(ferry, by=world.dan, body="On Wednesdays?", to=2)
    merge_threads(ferry, by=world.mei, into=world.thread)
    draft = Draft.objects.get(user=world.dan)
    assert (draft.thread, draft.addressed_number) == (world.thread, 4)


def test_merging_needs_officers_and_two_threads_in_sight_of_one_city(world: World, ferry: Thread) -> None:
    stranger = create_thread(Board.objects.get(city=world.hilltop), by=world.stan, title="Hills", body="High ones.")
    with pytest.raises(Forbidden):
        merge_threads(ferry, by=world.cai, into=world.thread)
    for into in (ferry, stranger):
        with pytest.raises((ValidationError, Forbidden)):
            merge_threads(ferry, by=world.mei, into=into)
    hide_thread(world.thread, by=world.mei, reason="Spam")
    with pytest.raises(ValidationError):
        merge_threads(ferry, by=world.mei, into=world.thread)


def test_a_thread_with_a_poll_stays(world: World, ferry: Thread) -> None:
    Poll.objects.create(city=world.stoneferry, thread=ferry, question="Tuesdays?")
    with pytest.raises(ValidationError):
        merge_threads(ferry, by=world.mei, into=world.thread)


def test_undoing_gives_the_old_numbers_back_and_leaves_what_was_written_since(world: World, ferry: Thread) -> None:
    merge_threads(ferry, by=world.mei, into=world.thread)
    later = add_reply(world.thread, by=world.dan, body="Later.")
    undo_event(Event.objects.get(kind="thread.merged"), by=world.dan, reason="Two matters after all")
    assert numbers(ferry) == [(1, "It"), (2, "And")]
    assert numbers(world.thread) == [(1, "三塊板的橋。Three"), (2, "I"), (5, "Later.")]
    ferry.refresh_from_db()
    assert (ferry.is_hidden, ferry.merged_into, ferry.former_count, ferry.last_author) == (False, None, 0, world.cai)
    former = FormerNumber.objects.filter(thread=world.thread).values_list("number", "post__thread", "post__number")
    assert list(former) == [(3, ferry.pk, 1), (4, ferry.pk, 2)]
    assert add_reply(world.thread, by=world.coco, body="Next.").number == later.number + 1
    assert not Watch.objects.filter(thread=world.thread, user=world.rita).exists()


def test_undoing_takes_back_only_the_watches_it_made(world: World, ferry: Thread) -> None:
    unwatch_place(world.thread, by=world.coco)
    watch_place(ferry, by=world.rita)
    merge_threads(ferry, by=world.mei, into=world.thread)
    undo_event(Event.objects.get(kind="thread.merged"), by=world.mei)
    assert set(Watch.objects.filter(thread=ferry).values_list("user__username", flat=True)) == {"cai", "coco", "rita"}
    assert set(Watch.objects.filter(thread=world.thread).values_list("user__username", flat=True)) == {"cai"}


def test_merged_again_the_posts_get_new_numbers_and_the_old_ones_stay(world: World, ferry: Thread) -> None:
    for _twice in range(2):
        merge_threads(Thread.objects.get(pk=ferry.pk), by=world.mei, into=world.thread)
        undo_event(Event.objects.filter(kind="thread.merged").latest("pk"), by=world.mei)
    merge_threads(ferry, by=world.mei, into=world.thread)
    assert [number for number, _word in numbers(world.thread)] == [1, 2, 7, 8]
    former = FormerNumber.objects.filter(thread=world.thread).values_list("number", "post__number").order_by("number")
    assert list(former) == [(3, 7), (4, 8), (5, 7), (6, 8)]
