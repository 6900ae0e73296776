"""Posts that wait for approval."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from forum.actions.holds import approve_post, refuse_post, show_refused_post
from forum.actions.moderation import hide_post, hide_thread, restore_post
from forum.actions.posts import add_reply, edit_post
from forum.actions.recounting import recount_activity
from forum.actions.rules import change_rules
from forum.actions.threads import create_thread
from forum.actions.undoing import undo_event
from forum.models import Board, City, Event, Hold, Membership, Post, Thread
from forum.permissions.verdicts import Forbidden
from tests.world import World

PAST = timezone.now() - timedelta(days=2)


def _rules(world: World, **rules: Any) -> None:
    change_rules(world.stoneferry, by=world.mei, **rules)


def _held_reply(world: World, at: Any = None) -> Post:
    _rules(world, probation_posts=9)
    return add_reply(world.thread, by=world.coco, body="Is it safe at night?", to=1, at=at)


def _kinds(post: Post) -> list[str]:
    return list(Event.objects.filter(post=post).order_by("pk").values_list("kind", flat=True))


def test_the_first_posts_of_a_newcomer_wait(world: World) -> None:
    _rules(world, probation_posts=2, decision_hours=24)
    post = add_reply(world.thread, by=world.coco, body="The second.")
    assert (post.is_held, post.is_hidden, post.hold.why) == (True, True, Hold.Why.PROBATION)
    assert post.hold.due_at == post.created_at + timedelta(hours=24)
    approve_post(post.hold, by=world.mei)
    assert not add_reply(world.thread, by=world.coco, body="The third.").is_held


def test_the_posts_of_the_first_days_wait(world: World) -> None:
    _rules(world, probation_days=3)
    assert add_reply(world.thread, by=world.coco, body="On the first day.").is_held
    Membership.objects.filter(user=world.coco).update(joined_at=timezone.now() - timedelta(days=3))
    assert not add_reply(world.thread, by=world.coco, body="On the fourth.").is_held


def test_a_word_or_a_pattern_holds_a_post_wherever_it_stands(world: World) -> None:
    _rules(world, held_words="casino", held_patterns=r"09\d{8}")
    for fields in ({"body": "My CAS*IN*O"}, {"title": "Casino", "body": "x"}, {"body": "x", "source": "casino"}):
        hold = add_reply(world.thread, by=world.coco, **fields).hold
        assert (hold.why, hold.found) == (Hold.Why.WORD, "casino")
    assert add_reply(world.thread, by=world.coco, body="0912345678").hold.why == Hold.Why.PATTERN
    assert not add_reply(world.thread, by=world.coco, body="A ferry").is_held


def test_the_words_of_a_poll_hold_its_thread(world: World) -> None:
    _rules(world, held_words="casino")
    poll = {"question": "Where to?", "options": ["The casino", "The ferry"]}
    thread = create_thread(world.general, by=world.coco, title="An outing", body="Choose.", poll=poll)
    assert (thread.is_held, thread.poll.question) == (True, "Where to?")


def test_what_officers_write_never_waits(world: World) -> None:
    _rules(world, held_words="casino", probation_posts=99)
    for officer in (world.mei, world.dan):
        assert not add_reply(world.thread, by=officer, body="No casino here.").is_held


def test_a_held_reply_takes_a_number_and_counts_nowhere(world: World) -> None:
    before = Thread.objects.get(pk=world.thread.pk)
    post = _held_reply(world)
    after = Thread.objects.get(pk=world.thread.pk)
    assert (post.number, after.last_number) == (3, 3)
    for name in ("posts_count", "replies_count", "last_post_at", "last_author"):
        assert getattr(after, name) == getattr(before, name), name
    assert _kinds(post) == ["post.held"]


def test_an_approved_reply_is_shown_as_if_written_now(world: World) -> None:
    post = _held_reply(world, at=PAST)
    now = timezone.now()
    approve_post(post.hold, by=world.dan, answer="Welcome.", at=now)
    post, thread = Post.objects.get(pk=post.pk), Thread.objects.get(pk=world.thread.pk)
    assert (post.is_held, post.is_hidden, post.created_at, post.number) == (False, False, now, 3)
    assert (thread.replies_count, thread.posts_count, thread.last_post_at) == (2, 3, now)
    assert thread.last_author == world.coco
    assert City.objects.get(pk=world.stoneferry.pk).last_activity_at == now
    assert _kinds(post) == ["post.held", "post.created", "post.approved"]
    assert post.revisions.get().created_at == PAST  # the history says when it was written


def test_a_held_thread_is_seen_by_nobody_else_until_it_is_approved(world: World) -> None:
    _rules(world, probation_posts=9)
    boards = Board.objects.get(pk=world.general.pk)
    thread = create_thread(world.general, by=world.coco, title="Night ferries", body="Are there any?", at=PAST)
    assert (thread.is_held, thread.is_hidden, thread.posts_count) == (True, True, 0)
    assert Board.objects.get(pk=world.general.pk).threads_count == boards.threads_count
    with pytest.raises(Forbidden, match="waits for approval"):
        add_reply(thread, by=world.mei, body="Yes.")
    now = timezone.now()
    approve_post(thread.posts.get().hold, by=world.mei, at=now)
    thread = Thread.objects.get(pk=thread.pk)
    assert (thread.is_held, thread.is_hidden, thread.posts_count) == (False, False, 1)
    assert (thread.created_at, thread.last_post_at) == (now, now)
    assert Board.objects.get(pk=world.general.pk).threads_count == boards.threads_count + 1


def test_the_activity_of_a_city_counts_no_held_thread(world: World) -> None:
    _rules(world, probation_posts=9)
    later = timezone.now() + timedelta(days=1)
    create_thread(world.general, by=world.coco, title="Night ferries", body="Are there any?", at=later)
    recount_activity()
    assert City.objects.get(pk=world.stoneferry.pk).last_activity_at < later


def test_a_reply_approved_in_a_hidden_thread_counts_in_the_thread_alone(world: World) -> None:
    post = _held_reply(world)
    hide_thread(world.thread, by=world.mei, reason="Spam")
    approve_post(post.hold, by=world.mei)
    assert Thread.objects.get(pk=world.thread.pk).replies_count == 2


def test_a_refused_post_stays_its_authors_with_the_reason(world: World) -> None:
    post = _held_reply(world)
    hold = refuse_post(post.hold, by=world.dan, answer=" Please ask the ferryman. ")
    post.refresh_from_db()
    assert (hold.state, hold.answer, post.is_hidden) == (Hold.State.REFUSED, "Please ask the ferryman.", True)
    event = Event.objects.get(kind="post.refused")
    assert (event.person, event.is_private, event.reason) == (world.coco, True, "")


def test_a_refusal_says_why(world: World) -> None:
    post = _held_reply(world)
    with pytest.raises(ValidationError, match="Say why"):
        refuse_post(post.hold, by=world.dan, answer=" ")


def test_of_two_officers_the_first_decides(world: World) -> None:
    hold = _held_reply(world).hold
    refuse_post(hold, by=world.dan, answer="No.")
    again = approve_post(hold, by=world.mei)
    assert (again.state, again.decided_by) == (Hold.State.REFUSED, world.dan)
    assert refuse_post(hold, by=world.mei, answer="Another reason").answer == "No."
    assert Event.objects.filter(kind__in=("post.refused", "post.approved")).count() == 1


def test_a_refusal_can_be_taken_back(world: World) -> None:
    post = _held_reply(world)
    hold = refuse_post(post.hold, by=world.dan, answer="No.")
    for _twice in range(2):
        show_refused_post(hold, by=world.mei, reason="It was harmless.")
    post.refresh_from_db()
    assert not post.is_hidden
    assert _kinds(post) == ["post.held", "post.refused", "post.created", "post.approved"]


def test_a_refusal_is_taken_back_from_the_log(world: World) -> None:
    post = _held_reply(world)
    refuse_post(post.hold, by=world.dan, answer="No.")
    undone = undo_event(Event.objects.get(kind="post.refused"), by=world.mei, reason="It was harmless.")
    post.refresh_from_db()
    assert (post.is_hidden, undone.kind) == (False, "post.approved")


def test_who_may_not_approve_is_told_so(world: World) -> None:
    hold = _held_reply(world).hold
    world.dan.memberships.get().grants.filter(ability="approve").delete()
    for person in (world.dan, world.coco, world.cai, world.stan, world.rita):
        with pytest.raises(Forbidden):
            approve_post(hold, by=person)


def test_nobody_approves_their_own_post(world: World) -> None:
    hold = _held_reply(world).hold
    Membership.objects.filter(user=world.mei).update(role="citizen")
    Membership.objects.filter(user=world.coco).update(role="mayor")
    with pytest.raises(Forbidden, match="Somebody else"):
        approve_post(hold, by=world.coco)


def test_a_held_post_is_neither_hidden_nor_restored_nor_edited_nor_answered(world: World) -> None:
    post = _held_reply(world)
    for act in (hide_post, restore_post):
        with pytest.raises(ValidationError, match="waits for approval"):
            act(post, by=world.mei, reason="Because")
    with pytest.raises(Forbidden, match="waits for approval"):
        edit_post(post, by=world.coco, base=1, body="Other words.")
    with pytest.raises(ValidationError, match="There is no post 3"):
        add_reply(world.thread, by=world.dan, body="Yes.", to=3)


def test_an_edit_cannot_bring_in_what_would_have_to_wait(world: World) -> None:
    _rules(world, held_words="casino", held_patterns=r"09\d{8}")
    for body, words in (("A casino.", "wait for approval here"), ("Call 0912345678", "matches a pattern")):
        with pytest.raises(ValidationError, match=words):
            edit_post(world.reply, by=world.coco, base=1, body=body)
    world.reply.refresh_from_db()
    assert not world.reply.is_held


def test_an_edit_may_keep_what_stood_there_before(world: World) -> None:
    post = add_reply(world.thread, by=world.coco, body="No casino here, plaese.")
    _rules(world, held_words="casino")
    assert edit_post(post, by=world.coco, base=1, body="No casino here, please.").revision_number == 2


def test_whose_posts_wait_cannot_get_round_it_by_editing(world: World) -> None:
    _rules(world, probation_posts=9)
    with pytest.raises(ValidationError, match="still wait for approval"):
        edit_post(world.reply, by=world.coco, base=1, body="Buy my planks.")


def test_what_waited_counts_for_the_day_on_which_it_was_written(world: World) -> None:
    post = _held_reply(world, at=PAST)
    approve_post(post.hold, by=world.mei)
    _rules(world, probation_posts=0, posts_per_day=2)
    assert add_reply(world.thread, by=world.coco, body="The second of this day.")
    with pytest.raises(Forbidden, match="2 posts"):
        add_reply(world.thread, by=world.coco, body="The third.")
