"""What is altered, removed, added or moved outside the program is found, and its first row is named."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from forum import events
from forum.actions.erasing import erase_event_content, erase_revision
from forum.actions.moderation import hide_post, lock_thread, restore_post
from forum.actions.posts import add_reply, edit_post
from forum.events.chain import ballot_hash, event_content_hash, event_hash, seal_revision
from forum.events.verifying import verify_city
from forum.models import Ballot, Chain, City, Event, Option, Poll, Post, Revision
from tests.world import World


def sql(statement: str, *values: object) -> None:
    """Change the database past the program."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def _remove(event: Event) -> None:
    sql("DELETE FROM forum_delivery WHERE event_id = %s", event.pk)
    sql("DELETE FROM forum_event WHERE id = %s", event.pk)


def cast(poll: Poll, *choices: int) -> Ballot:
    """Add a ballot to the chain of its poll, and anchor it."""
    poll.refresh_from_db()
    number = poll.ballots_count + 1
    ballot = Ballot(poll=poll, number=number, receipt=f"R{number}", choices=list(choices))
    ballot.chain_hash = ballot_hash(poll.chain_head, ballot)
    ballot.save()
    Poll.objects.filter(pk=poll.pk).update(ballots_count=number, chain_head=ballot.chain_hash)
    events.record("poll.ballot_cast", by=None, city=poll.city, anchor=ballot.chain_hash)
    return ballot


class Place:
    """A city in which a little of everything happened: acts, edits, a secret poll."""

    def __init__(self, world: World) -> None:
        self.world, self.city = world, world.stoneferry
        self.reply = edit_post(world.reply, by=world.coco, base=1, body="I crossed it twice.", reason="counted")
        self.reply = edit_post(self.reply, by=world.coco, base=2, body="I crossed it thrice.")
        add_reply(world.thread, by=world.cai, body="A third post.")
        hide_post(world.reply, by=world.mei, reason="Rude")
        restore_post(world.reply, by=world.mei)
        self.poll = Poll.objects.create(city=self.city, question="A second bridge?", is_secret=True)
        for position, text in enumerate(("Yes", "No"), 1):
            Option.objects.create(poll=self.poll, position=position, text=text)
        for choice in (1, 2, 1):
            cast(self.poll, choice)
        lock_thread(world.thread, by=world.mei, reason="Enough said")

    @property
    def length(self) -> int:
        """How many links the chain has."""
        return Chain.objects.get(city=self.city).length

    def event(self, position: int) -> Event:
        """Return the event at a place of the chain."""
        return Event.objects.get(city=self.city, position=position)

    def faults(self) -> list[tuple[str, str, int | None]]:
        """Verify, and return what, where and the id of each fault."""
        return [(fault.what, fault.place, fault.pk) for fault in verify_city(self.city).faults]


@pytest.fixture
def place(world: World) -> Place:
    """The city, whole."""
    made = Place(world)
    found = verify_city(made.city)
    assert (found.faults, found.events, found.ballots) == ((), made.length, 3)
    assert found.head == Chain.objects.get(city=made.city).head
    assert found.revisions == Revision.objects.count()
    return made


@pytest.mark.parametrize("which", ["first", "middle", "last"])
@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("reason = 'Another'", "reason or its data"),
        ("data = '{{}}', salt = 'x'", "reason or its data"),
        ("kind = 'thread.featured'", "was altered"),
        ("actor_id = {stan}", "was altered"),
        ("in_log = NOT in_log", "was altered"),
        ("is_party = NOT is_party", "was altered"),
        ("created_at = '2001-02-03 04:05:06+00:00'", "was altered"),
        ("salt = '', reason = ''", "no act says who erased it"),
    ],
)
def test_altered_event_is_named(place: Place, which: str, change: str, words: str) -> None:
    position = {"first": 1, "middle": place.length // 2, "last": place.length}[which]
    event = place.event(position)
    sql(f"UPDATE forum_event SET {change.format(stan=place.world.stan.pk)} WHERE id = %s", event.pk)
    fault = verify_city(place.city).faults[0]
    assert (fault.what, fault.place, fault.pk) == ("event", f"no. {position}", event.pk)
    assert words in fault.words


@pytest.mark.parametrize("which", ["first", "middle", "last"])
def test_removed_event_is_named(place: Place, which: str) -> None:
    position = {"first": 1, "middle": place.length // 2, "last": place.length}[which]
    _remove(place.event(position))
    assert place.faults()[0] == ("event", f"no. {position}", None)


def test_event_removed_with_the_end_moved_back_does_not_bear_the_noted_hash(place: Place) -> None:
    noted = Chain.objects.get(city=place.city).head
    assert verify_city(place.city, noted=noted).noted_at == place.length
    before = place.event(place.length - 1)
    _remove(place.event(place.length))
    sql("UPDATE forum_chain SET length = length - 1, head = %s WHERE city_id = %s", before.chain_hash, place.city.pk)
    found = verify_city(place.city, noted=noted)
    assert (found.faults, found.noted_at) == ((), None)


def test_event_added_past_the_program_is_named(place: Place) -> None:
    stray = Event.objects.create(kind="thread.pinned", city=place.city, actor=place.world.mei, in_log=True)
    assert place.faults() == [("event", "without a place in the chain", stray.pk)]
    sql("UPDATE forum_event SET position = %s WHERE id = %s", place.length + 1, stray.pk)
    assert place.faults() == [("event", f"no. {place.length + 1}", stray.pk)]


def test_event_squeezed_in_and_linked_is_named_by_the_next_one(place: Place) -> None:
    third = place.event(3)
    sql("UPDATE forum_event SET position = position + 1000 WHERE position >= 3 AND city_id = %s", place.city.pk)
    sql("UPDATE forum_event SET position = position - 999 WHERE position >= 1003 AND city_id = %s", place.city.pk)
    forged = Event(kind="thread.pinned", city=place.city, position=3, salt="s", created_at=timezone.now())
    forged.content_hash = event_content_hash(forged)
    forged.chain_hash = event_hash(place.event(2).chain_hash, forged)
    forged.save()
    assert place.faults()[0] == ("event", "no. 4", third.pk)


def test_events_that_changed_places_are_named(place: Place) -> None:
    one, other = place.event(4), place.event(5)
    sql("UPDATE forum_event SET position = NULL WHERE id = %s", one.pk)
    sql("UPDATE forum_event SET position = 4 WHERE id = %s", other.pk)
    sql("UPDATE forum_event SET position = 5 WHERE id = %s", one.pk)
    assert place.faults()[0] == ("event", "no. 4", other.pk)


def test_end_of_the_chain_that_was_altered_or_removed_is_named(place: Place) -> None:
    sql("UPDATE forum_chain SET head = 'x' WHERE city_id = %s", place.city.pk)
    assert place.faults()[0][0] == "chain"
    sql("DELETE FROM forum_chain WHERE city_id = %s", place.city.pk)
    assert place.faults()[0][:2] == ("event", "no. 1")


@pytest.mark.parametrize("number", [1, 2, 3])
@pytest.mark.parametrize("change", ["body = 'Never'", "title = 'T'", "reason = 'R'", "author_id = author_id + 1"])
def test_altered_version_is_named(place: Place, number: int, change: str) -> None:
    revision = Revision.objects.get(post=place.reply, number=number)
    sql(f"UPDATE forum_revision SET {change} WHERE id = %s", revision.pk)
    assert place.faults() == [("revision", f"{number} of post {place.reply.pk}", revision.pk)]


@pytest.mark.parametrize("number", [1, 2, 3])
def test_removed_version_is_named(place: Place, number: int) -> None:
    sql("DELETE FROM forum_revision WHERE post_id = %s AND number = %s", place.reply.pk, number)
    assert ("revision", f"{number} of post {place.reply.pk}", None) in place.faults()


def test_last_version_removed_with_the_post_put_back_is_missed_by_its_event(place: Place) -> None:
    sql("DELETE FROM forum_revision WHERE post_id = %s AND number = 3", place.reply.pk)
    sql("UPDATE forum_post SET revision_number = 2, body = 'I crossed it twice.' WHERE id = %s", place.reply.pk)
    event = Event.objects.filter(post=place.reply, kind="post.edited").latest("position")
    assert place.faults() == [("event", f"no. {event.position}", event.pk)]


def test_version_added_past_the_program_is_named_however_well_it_is_linked(place: Place) -> None:
    last = Revision.objects.get(post=place.reply, number=3)
    forged = Revision(
        post=place.reply, number=4, author=last.author, body="I never said it.", created_at=timezone.now()
    )
    seal_revision(forged, last.chain_hash).save()
    sql("UPDATE forum_post SET revision_number = 4, body = 'I never said it.' WHERE id = %s", place.reply.pk)
    assert place.faults() == [("revision", f"4 of post {place.reply.pk}", forged.pk)]


def test_text_of_a_post_altered_beside_its_versions_is_named(place: Place) -> None:
    sql("UPDATE forum_post SET body = 'Something else' WHERE id = %s", place.reply.pk)
    assert place.faults() == [("post", str(place.reply.pk), place.reply.pk)]


def test_post_without_any_version_is_named(place: Place) -> None:
    post = Post.objects.create(
        thread=place.world.thread, number=9, author=place.world.cai, body="x", html="x", renderer_version=1
    )
    assert place.faults() == [("revision", f"1 of post {post.pk}", None)]


@pytest.mark.parametrize("number", [1, 2, 3])
@pytest.mark.parametrize("change", ["choices = '[2, 1]'", "receipt = 'X'", "voter_id = {mei}"])
def test_altered_ballot_is_named(place: Place, number: int, change: str) -> None:
    ballot = place.poll.ballots.get(number=number)
    sql(f"UPDATE forum_ballot SET {change.format(mei=place.world.mei.pk)} WHERE id = %s", ballot.pk)
    assert place.faults() == [("ballot", f"{number} of poll {place.poll.pk}", ballot.pk)]


@pytest.mark.parametrize("number", [1, 2, 3])
def test_removed_ballot_is_named(place: Place, number: int) -> None:
    sql("DELETE FROM forum_ballot WHERE poll_id = %s AND number = %s", place.poll.pk, number)
    assert ("ballot", f"{number} of poll {place.poll.pk}", None) in place.faults()


def test_ballot_stuffed_in_with_everything_made_to_fit_is_named(place: Place) -> None:
    poll = Poll.objects.get(pk=place.poll.pk)
    forged = Ballot(poll=poll, number=4, receipt="F", choices=[1])
    forged.chain_hash = ballot_hash(poll.chain_head, forged)
    forged.save()
    assert place.faults() == [("ballot", f"4 of poll {poll.pk}", forged.pk)]
    sql("UPDATE forum_poll SET ballots_count = 4, chain_head = %s WHERE id = %s", forged.chain_hash, poll.pk)
    assert place.faults() == [("ballot", f"4 of poll {poll.pk}", forged.pk)]


def test_last_ballot_taken_out_with_everything_made_to_fit_is_missed_by_its_event(place: Place) -> None:
    second = place.poll.ballots.get(number=2)
    sql("DELETE FROM forum_ballot WHERE poll_id = %s AND number = 3", place.poll.pk)
    sql("UPDATE forum_poll SET ballots_count = 2, chain_head = %s WHERE id = %s", second.chain_hash, place.poll.pk)
    assert place.faults()[0][0] == "event"
    assert "ballot" in verify_city(place.city).faults[0].words


def test_erasing_through_the_program_keeps_it_whole_and_past_it_does_not(place: Place) -> None:
    erase_event_content(Event.objects.get(kind="post.hidden"), by=place.world.ada, reason="A name")
    erase_revision(Revision.objects.get(post=place.reply, number=1), by=place.world.ada, reason="A name")
    assert place.faults() == []
    event = Event.objects.get(kind="post.hidden")
    sql("UPDATE forum_event SET reason = 'Made up' WHERE id = %s", event.pk)
    assert place.faults() == [("event", f"no. {event.position}", event.pk)]
    sql("UPDATE forum_event SET reason = '' WHERE id = %s", event.pk)
    second = Revision.objects.get(post=place.reply, number=2)
    sql("UPDATE forum_revision SET body = '', reason = '', salt = '' WHERE id = %s", second.pk)
    assert place.faults() == [("revision", f"2 of post {place.reply.pk}", second.pk)]


def test_other_cities_are_left_alone(place: Place) -> None:
    sql("UPDATE forum_event SET reason = 'Another' WHERE id = %s", place.event(2).pk)
    assert verify_city(City.objects.get(slug="hilltop")).is_whole


def test_acts_of_long_ago_do_not_need_to_be_in_order_of_time(place: Place) -> None:
    lock_thread(place.world.thread, by=place.world.mei)
    hide_post(place.reply, by=place.world.mei, reason="Late", at=timezone.now() - timedelta(days=900))
    assert place.faults() == []


def test_memory_does_not_grow_with_the_record(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("events", "revisions", "imports", "ballots"):
        monkeypatch.setattr(f"forum.events.verifying.{module}.CHUNK", 2)
    assert place.faults() == []
    _remove(place.event(place.length))
    assert place.faults()[0] == ("event", f"no. {place.length}", None)
