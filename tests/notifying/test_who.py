"""Who hears of what, and why."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import User
from forum.actions.applications import apply_to_city, decide_application, withdraw_application
from forum.actions.memberships import dismiss_deputy, leave_city, name_deputy
from forum.actions.moderation import feature_thread, hide_post, hide_thread, lock_thread, move_thread, restore_post
from forum.actions.posts import add_reply, edit_post
from forum.actions.recommendations import recommend_post, withdraw_recommendation
from forum.actions.threads import create_thread
from forum.actions.watches import unwatch_place, watch_place
from forum.events.listeners import LISTENERS
from forum.models import City, Event, Watch
from forum.notifying import deliver
from forum.notifying.concerned import CONCERNED
from tests.notifying.news import forget, heard_by, hearers, tell_all
from tests.world import World


@pytest.fixture(autouse=True)
def _quiet_world(world: World) -> None:
    """Cai started the thread and Coco replied in it; both watch it, and all of that is known."""
    forget()


def test_a_reply_is_heard_by_who_is_addressed_by_the_author_and_by_who_watches(world: World) -> None:
    watch_place(world.thread, by=world.mei)
    add_reply(world.thread, by=world.dan, body="Me too.", to=2)
    tell_all()
    assert hearers() == {"coco": "addressed", "cai": "reply", "mei": "watched"}


def test_the_strongest_reason_wins_and_nobody_hears_twice(world: World) -> None:
    watch_place(world.stoneferry, by=world.cai)
    watch_place(world.general, by=world.cai)
    add_reply(world.thread, by=world.dan, body="Me too.", to=1)
    tell_all()
    tell_all()
    assert heard_by(world.cai) == ["addressed"]


def test_nobody_hears_of_what_they_did_themselves(world: World) -> None:
    add_reply(world.thread, by=world.cai, body="I forgot something.", to=1)
    tell_all()
    assert hearers() == {"coco": "watched"}


def test_who_has_replied_hears_of_later_replies_but_not_of_earlier_ones(world: World) -> None:
    now = timezone.now()
    add_reply(world.thread, by=world.mei, body="First.", at=now + timedelta(minutes=1))
    add_reply(world.thread, by=world.dan, body="Second.", at=now + timedelta(minutes=2))
    tell_all()
    assert heard_by(world.mei) == ["watched"]
    assert heard_by(world.dan) == []


def test_a_new_thread_is_heard_by_who_watches_its_board_or_city(world: World) -> None:
    watch_place(world.general, by=world.rita, level=Watch.Level.THREADS)
    watch_place(world.stoneferry, by=world.stan)
    watch_place(world.letters, by=world.dan)
    create_thread(world.general, by=world.mei, title="The ferry", body="It runs.")
    tell_all()
    assert hearers() == {"rita": "thread", "stan": "thread"}


def test_who_wants_new_threads_only_does_not_hear_of_replies(world: World) -> None:
    watch_place(world.general, by=world.rita, level=Watch.Level.THREADS)
    watch_place(world.stoneferry, by=world.stan)
    add_reply(world.thread, by=world.dan, body="Me too.")
    tell_all()
    assert (heard_by(world.rita), heard_by(world.stan)) == ([], ["watched"])


def test_of_a_thread_its_board_and_its_city_the_nearest_counts(world: World) -> None:
    watch_place(world.stoneferry, by=world.rita)
    watch_place(world.general, by=world.rita, level=Watch.Level.MUTED)
    watch_place(world.stoneferry, by=world.stan, level=Watch.Level.MUTED)
    watch_place(world.thread, by=world.stan)
    add_reply(world.thread, by=world.dan, body="Me too.")
    create_thread(world.letters, by=world.dan, title="A letter", body="Dear all.")
    tell_all()
    assert (heard_by(world.rita), heard_by(world.stan)) == (["thread"], ["watched"])


def test_a_muted_thread_is_silent_even_for_its_author(world: World) -> None:
    watch_place(world.thread, by=world.cai, level=Watch.Level.MUTED)
    add_reply(world.thread, by=world.dan, body="Me too.", to=1)
    recommend_post(world.opener, by=world.dan)
    tell_all()
    assert heard_by(world.cai) == []


def test_what_officers_did_to_ones_own_is_heard_in_silence_too(world: World) -> None:
    watch_place(world.thread, by=world.cai, level=Watch.Level.MUTED)
    hide_thread(world.thread, by=world.mei, reason="Twice the same.")
    tell_all()
    assert heard_by(world.cai) == ["thread_hidden"]


def test_what_a_person_writes_is_heard_by_who_watches_them(world: World) -> None:
    watch_place(world.dan, by=world.rita)
    watch_place(world.dan, by=world.stan, level=Watch.Level.THREADS)
    watch_place(world.thread, by=world.coco)
    watch_place(world.dan, by=world.coco)
    add_reply(world.thread, by=world.dan, body="Me too.")
    create_thread(world.letters, by=world.dan, title="A letter", body="Dear all.")
    tell_all()
    assert hearers() == {
        "cai": "reply",
        "coco": "person_wrote person_started",
        "rita": "person_wrote person_started",
        "stan": "person_started",
    }


def test_muting_a_person_or_a_place_silences_what_the_other_would_tell(world: World) -> None:
    watch_place(world.dan, by=world.rita)
    watch_place(world.general, by=world.rita, level=Watch.Level.MUTED)
    watch_place(world.stoneferry, by=world.stan)
    watch_place(world.dan, by=world.stan, level=Watch.Level.MUTED)
    add_reply(world.thread, by=world.dan, body="Me too.")
    tell_all()
    assert hearers() == {"cai": "reply", "coco": "watched"}


def test_who_shows_nobody_what_they_write_is_not_followed(world: World) -> None:
    watch_place(world.dan, by=world.rita)
    User.objects.filter(pk=world.dan.pk).update(posts_shown_to=User.Audience.MYSELF)
    add_reply(world.thread, by=world.dan, body="Me too.")
    tell_all()
    assert heard_by(world.rita) == []


def test_who_leaves_off_watching_hears_no_more(world: World) -> None:
    unwatch_place(world.thread, by=world.coco)
    add_reply(world.thread, by=world.dan, body="Me too.")
    tell_all()
    assert heard_by(world.coco) == []


def test_a_recommendation_is_heard_by_the_author_of_the_post(world: World) -> None:
    recommend_post(world.reply, by=world.dan)
    tell_all()
    assert hearers() == {"coco": "recommended"}


def test_a_withdrawn_recommendation_takes_its_news_back(world: World) -> None:
    for person in (world.dan, world.mei):
        recommend_post(world.reply, by=person)
    recommend_post(world.opener, by=world.dan)
    withdraw_recommendation(world.reply, by=world.dan)
    tell_all()
    assert hearers() == {"coco": "recommended", "cai": "recommended"}


def test_authors_hear_what_officers_did_to_their_posts_and_threads(world: World) -> None:
    hide_post(world.reply, by=world.mei, reason="Rude.")
    restore_post(world.reply, by=world.mei)
    feature_thread(world.thread, by=world.dan)
    move_thread(world.thread, by=world.dan, board=world.letters)
    lock_thread(world.thread, by=world.dan)
    tell_all()
    assert heard_by(world.coco) == ["post_hidden", "post_restored"]
    assert heard_by(world.cai) == ["thread_featured", "thread_moved", "thread_locked"]


def test_officers_hear_of_applications_and_applicants_of_the_decision(world: World) -> None:
    decide_application(apply_to_city(world.hilltop, by=world.rita, statement="Please."), by=world.stan, accept=True)
    decide_application(apply_to_city(world.hilltop, by=world.coco, statement="Please."), by=world.stan, accept=False)
    tell_all()
    assert hearers() == {"stan": "applied applied", "rita": "accepted", "coco": "refused"}


def test_a_refused_application_is_heard_by_who_sent_it_only(world: World) -> None:
    first = apply_to_city(world.hilltop, by=world.coco, statement="Please.")
    apply_to_city(world.hilltop, by=world.rita, statement="Please.")
    decide_application(first, by=world.stan, accept=False)
    tell_all()
    assert (heard_by(world.coco), heard_by(world.rita)) == (["refused"], [])


def test_a_withdrawn_application_takes_its_news_back(world: World) -> None:
    apply_to_city(world.hilltop, by=world.rita, statement="Please.")
    withdraw_application(world.hilltop, by=world.rita)
    tell_all()
    assert hearers() == {}


def test_a_deputy_hears_of_the_office_and_of_its_end(world: World) -> None:
    name_deputy(world.stoneferry, by=world.mei, person=world.coco)
    dismiss_deputy(world.stoneferry, by=world.mei, person=world.coco)
    tell_all()
    assert hearers() == {"coco": "named dismissed"}


def test_what_is_written_in_a_closed_city_is_heard_by_its_citizens_only(world: World) -> None:
    for person in (world.rita, world.dan, world.ada):
        watch_place(world.stoneferry, by=person)
    leave_city(world.stoneferry, by=world.coco)
    City.objects.filter(pk=world.stoneferry.pk).update(visibility=City.Visibility.CITIZENS)
    add_reply(world.thread, by=world.mei, body="Among us.", to=2)
    tell_all()
    assert hearers() == {"cai": "reply", "dan": "watched", "ada": "watched"}


def test_what_is_hidden_when_it_is_told_is_heard_by_who_may_see_it(world: World) -> None:
    for person in (world.rita, world.mei):
        watch_place(world.thread, by=person)
    post = add_reply(world.thread, by=world.dan, body="Buy planks!")
    event = Event.objects.get(kind="post.created", post=post)
    hide_post(post, by=world.mei, reason="Advertising.")
    deliver([event])
    assert hearers() == {"mei": "watched"}


def test_an_edit_is_no_news(world: World) -> None:
    edit_post(world.reply, by=world.coco, base=1, body="I crossed it twice.")
    tell_all()
    assert hearers() == {}


def test_who_is_told_costs_few_queries_however_many_listen(world: World, django_assert_num_queries: object) -> None:
    for person in (world.rita, world.stan, world.ada, world.mei):
        watch_place(world.stoneferry, by=person)
    event = Event.objects.get(post=add_reply(world.thread, by=world.dan, body="Me too.", to=2))
    # The event, mentions, watches, blocks; off the books and one INSERT: one statement on PostgreSQL, on SQLite two in
    # a transaction (two more within one).
    with django_assert_num_queries(5 if connection.vendor == "postgresql" else 8):  # type: ignore[operator]
        deliver([event])
    assert len(hearers()) == 6


def test_every_kind_that_concerns_somebody_is_listened_for() -> None:
    told = {kind for kind, listeners in LISTENERS.items() if deliver in listeners}
    assert told == set(CONCERNED)
