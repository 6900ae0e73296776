"""The rules of a city: changing them, and what they ask of those who join and write."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import User
from forum.actions.applications import apply_to_city, decide_application
from forum.actions.memberships import join_city
from forum.actions.moderation import hide_post
from forum.actions.posts import add_reply, edit_post
from forum.actions.rules import change_rules
from forum.actions.threads import create_thread
from forum.models import Application, City, Event, Membership, Post, Rules
from forum.permissions.verdicts import Forbidden
from tests.world import World

DAY = timedelta(days=1)


def _rules(world: World, **rules: Any) -> Rules:
    return change_rules(world.stoneferry, by=world.mei, **rules)


def _aged(person: User, days: int) -> None:
    User.objects.filter(pk=person.pk).update(date_joined=timezone.now() - days * DAY)
    Membership.objects.filter(user=person).update(joined_at=timezone.now() - days * DAY)
    person.refresh_from_db()


def test_the_log_names_the_rules_that_were_changed(world: World) -> None:
    _rules(world, join_days=3, questions="Why?")
    event = Event.objects.get(kind="rules.changed")
    assert (event.actor, event.in_log, event.data["fields"]) == (world.mei, True, ["questions", "join_days"])


def test_changing_nothing_leaves_no_trace(world: World) -> None:
    _rules(world, join_days=0)
    assert not Rules.objects.exists()
    assert not Event.objects.filter(kind="rules.changed").exists()


def test_a_deputy_and_the_mayor_of_another_city_do_not_change_the_rules(world: World) -> None:
    for person in (world.dan, world.stan, world.coco):
        with pytest.raises(Forbidden):
            change_rules(world.stoneferry, by=person, join_days=3)


def test_the_rules_of_an_archived_city_stay(world: World) -> None:
    City.objects.filter(pk=world.stoneferry.pk).update(state=City.State.ARCHIVED)
    with pytest.raises(Forbidden, match="archived"):
        _rules(world, join_days=3)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("join_days", 100_000),
        ("vote_days", 2_000_000_000),
        ("term_months", 2_000_000_000),
        ("decision_hours", 0),
        ("petition_percent", 101),
        ("held_patterns", r"fine\n(a)\1"),
    ],
)
def test_a_rule_out_of_bounds_is_refused_at_its_field(world: World, name: str, value: object) -> None:
    with pytest.raises(ValidationError) as problem:
        _rules(world, **{name: value})
    assert list(problem.value.message_dict) == [name]
    assert not Rules.objects.exists()


def test_who_is_too_new_on_the_site_is_told_the_days_before_joining(world: World) -> None:
    _rules(world, join_days=7)
    _aged(world.rita, 2)
    with pytest.raises(Forbidden, match=r"member of this site for 2 days; this city asks for 7 before one joins"):
        join_city(world.stoneferry, by=world.rita)
    _aged(world.rita, 7)
    assert join_city(world.stoneferry, by=world.rita)


def test_who_has_written_too_little_is_told_the_posts_before_joining(world: World) -> None:
    change_rules(world.hilltop, by=world.stan, join_posts=2)
    with pytest.raises(Forbidden, match=r"written 1 post on this site; this city asks for 2"):
        apply_to_city(world.hilltop, by=world.coco, statement="Hello.")
    add_reply(world.thread, by=world.coco, body="Again.")
    assert apply_to_city(world.hilltop, by=world.coco, statement="Hello.")


def test_hidden_posts_are_not_counted_for_anybody(world: World) -> None:
    change_rules(world.hilltop, by=world.stan, join_posts=1)
    hide_post(world.reply, by=world.mei, reason="Rude")
    with pytest.raises(Forbidden, match="0 posts"):
        apply_to_city(world.hilltop, by=world.coco, statement="Hello.")


def test_a_statement_that_is_too_short_is_told_both_lengths(world: World) -> None:
    change_rules(world.hilltop, by=world.stan, statement_length=20)
    with pytest.raises(ValidationError) as problem:
        apply_to_city(world.hilltop, by=world.rita, statement="Hello.")
    assert problem.value.message_dict["statement"] == [
        "Your statement has 6 characters; this city asks for at least 20."
    ]


def test_answers_are_kept_with_the_words_of_their_questions(world: World) -> None:
    change_rules(world.hilltop, by=world.stan, questions="Why here?\n\n  What do you read? \nWhy here?")
    answers = {"Why here?": "The view. ", "What do you read?": "Maps.", "Not asked": "Anything"}
    application = apply_to_city(world.hilltop, by=world.rita, statement="Hello.", answers=answers)
    change_rules(world.hilltop, by=world.stan, questions="Something else?")
    application.refresh_from_db()
    assert application.answers == [["Why here?", "The view."], ["What do you read?", "Maps."]]


def test_a_question_left_out_is_named(world: World) -> None:
    change_rules(world.hilltop, by=world.stan, questions="Why here?")
    with pytest.raises(ValidationError, match=r"Why here\?"):
        apply_to_city(world.hilltop, by=world.rita, statement="Hello.", answers={"Why here?": "  "})


def test_who_was_refused_waits_as_long_as_the_city_asks(world: World) -> None:
    change_rules(world.hilltop, by=world.stan, refusal_days=10)
    now = timezone.now()
    application = apply_to_city(world.hilltop, by=world.rita, statement="Hello.", at=now - 9 * DAY)
    decide_application(application, by=world.stan, accept=False, at=now - 9 * DAY)
    with pytest.raises(Forbidden, match="wait for 10 days after a refusal"):
        apply_to_city(world.hilltop, by=world.rita, statement="Hello again.")
    Application.objects.filter(pk=application.pk).update(decided_at=now - 11 * DAY)
    assert apply_to_city(world.hilltop, by=world.rita, statement="Hello again.")


def test_who_is_too_new_does_not_write_but_officers_do(world: World) -> None:
    _rules(world, post_days=5, post_posts=2)
    with pytest.raises(Forbidden, match=r"for 0 days; this city asks for 5 before one writes"):
        add_reply(world.thread, by=world.coco, body="Hello")
    _aged(world.coco, 6)
    with pytest.raises(Forbidden, match=r"written 1 post on this site; this city asks for 2"):
        add_reply(world.thread, by=world.coco, body="Hello")
    assert add_reply(world.thread, by=world.dan, body="Officers keep the rules.")


def test_threads_may_ask_for_more_than_replies(world: World) -> None:
    _rules(world, thread_days=3, thread_posts=2)
    with pytest.raises(Forbidden, match=r"citizen for 0 days; this city asks for 3 before one starts threads"):
        create_thread(world.general, by=world.coco, title="Planks", body="Words.")
    _aged(world.coco, 4)
    with pytest.raises(Forbidden, match=r"written 1 post in this city; it asks for 2"):
        create_thread(world.general, by=world.coco, title="Planks", body="Words.")
    add_reply(world.thread, by=world.coco, body="The second one.")
    assert create_thread(world.general, by=world.coco, title="Planks", body="Words.")


def test_the_posts_of_a_day_are_counted_within_24_hours(world: World) -> None:
    _rules(world, posts_per_day=2)
    add_reply(world.thread, by=world.coco, body="The second today.")
    with pytest.raises(Forbidden, match=r"written 2 posts here within a day; this city allows 2"):
        add_reply(world.thread, by=world.coco, body="The third.")
    hide_post(world.reply, by=world.mei, reason="Rude")
    with pytest.raises(Forbidden):  # hiding one gives nobody another
        add_reply(world.thread, by=world.coco, body="The third.")
    Post.objects.filter(pk=world.reply.pk).update(created_at=timezone.now() - DAY)
    assert add_reply(world.thread, by=world.coco, body="The third.")


def test_a_repost_names_its_source(world: World) -> None:
    _rules(world, repost_source=True)
    with pytest.raises(ValidationError) as problem:
        add_reply(world.thread, by=world.dan, body="> From elsewhere", is_repost=True)
    assert list(problem.value.message_dict) == ["source"]
    post = add_reply(world.thread, by=world.dan, body="> From elsewhere", source="A newspaper")
    assert post.is_repost  # what names a source is a repost


def test_a_repost_has_enough_words_of_ones_own_outside_of_quotations(world: World) -> None:
    _rules(world, repost_comment=5)
    with pytest.raises(ValidationError, match="5 characters of your own, outside of quotations; yours has 3"):
        create_thread(
            world.general, by=world.cai, title="News", body="> 很長的一段話，別人寫的\n\n我的話", is_repost=True
        )
    assert add_reply(world.thread, by=world.cai, body="> 別人的話\n\n這是我的話", is_repost=True)
    assert add_reply(world.thread, by=world.cai, body="Yes.")  # no repost, no rule


def test_an_edit_keeps_the_rule_of_reposts_and_the_mark(world: World) -> None:
    post = add_reply(world.thread, by=world.cai, body="> Theirs\n\nMine.", source="A book")
    _rules(world, repost_comment=5)
    with pytest.raises(ValidationError):
        edit_post(post, by=world.cai, base=1, body="> Theirs\n\nMy.", source="A book")
    post = edit_post(post, by=world.cai, base=1, body="> Theirs\n\nMy own words.", source="A book")
    assert post.is_repost
    assert not edit_post(post, by=world.cai, base=2, body="All mine now.", is_repost=False).is_repost
