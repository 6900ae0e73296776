"""Appeals: once for each decision, within 30 days, never decided by who decided first."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import User
from forum.actions.appeals import appeal_decision, decide_appeal, pass_appeal_on, withdraw_appeal
from forum.actions.applications import apply_to_city, decide_application
from forum.actions.holds import refuse_post
from forum.actions.moderation import hide_post, hide_thread, restore_post
from forum.actions.posts import add_reply
from forum.actions.rules import change_rules
from forum.actions.sanctions import impose_sanction, lift_sanction
from forum.models import Appeal, Application, City, Event, Grant, Hold, Membership, Post, Sanction, Thread
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import Forbidden
from forum.queries.log import log_of_city
from tests.races import together
from tests.world import World, make_person


def muted(world: World, by: str = "mei", **more: object) -> Event:
    """Return the decision by which Cai is muted."""
    terms = {"by": getattr(world, by), "person": world.cai, "kind": "mute", "reason": "abuse", **more}
    sanction = impose_sanction(world.stoneferry, **terms)
    return Event.objects.get(sanction=sanction, kind="sanction.muted")


def appealed(world: World, by: str = "mei") -> Appeal:
    """Return an appeal of Cai's against a mute."""
    return appeal_decision(muted(world, by), by=world.cai, words="I was quoting.")


def grant(appeal: Appeal, by: User) -> Appeal:
    """Grant the appeal."""
    return decide_appeal(appeal, by=by, granted=True, answer="It was a quotation.")


def test_granting_lifts_the_sanction_and_both_stand_in_the_log(world: World) -> None:
    decided = grant(appealed(world), world.dan)
    sanction = Sanction.objects.get()
    assert (decided.state, sanction.lifted_by) == (Appeal.State.GRANTED, world.dan)
    lifted, granted = Event.objects.filter(in_log=True).order_by("-pk")[:2][::-1]
    assert (lifted.kind, lifted.undoes, lifted.reason) == (
        "sanction.lifted",
        decided.decision,
        "It was a quotation.",
    )
    assert (granted.kind, granted.reason, granted.data["event"]) == (
        "appeal.granted",
        "It was a quotation.",
        decided.decision.pk,
    )


def test_refusing_leaves_it_and_the_words_of_the_appeal_stay_out_of_the_log(world: World) -> None:
    decide_appeal(appealed(world), by=world.dan, granted=False, answer="It was no quotation.")
    assert Sanction.objects.get().lifted_at is None
    for event in Event.objects.filter(city=world.stoneferry):
        assert "I was quoting" not in f"{event.reason} {event.data}"


def test_who_decided_first_never_decides_the_appeal_not_even_the_mayor(world: World) -> None:
    for by, other in (("mei", world.dan), ("dan", world.mei)):
        appeal = appeal_decision(muted(world, by, reason="spam"), by=world.cai, words="No.")
        with pytest.raises(Forbidden, match="made the decision yourself"):
            grant(appeal, getattr(world, by))
        grant(appeal, other)


def test_nobody_decides_their_own_appeal(world: World) -> None:
    sanction = impose_sanction(world.stoneferry, by=world.ada, person=world.mei, kind="warning", reason="abuse")
    appeal = appeal_decision(Event.objects.get(sanction=sanction), by=world.mei, words="No.")
    Appeal.objects.filter(pk=appeal.pk).update(is_for_site=False)
    with pytest.raises(Forbidden, match="own appeal"):
        grant(appeal, world.mei)


@pytest.mark.parametrize("who", ["rita", "coco", "cai", "stan"])
def test_nobody_but_hearing_officers_decides(world: World, who: str) -> None:
    with pytest.raises(Forbidden):
        grant(appealed(world), getattr(world, who))


@pytest.mark.parametrize("missing", ["hear", "sanction"])
def test_a_deputy_needs_to_hear_and_to_be_able_to_decide_so(world: World, missing: str) -> None:
    decision = muted(world)
    Grant.objects.filter(membership__user=world.dan, ability=missing).delete()
    appeal = appeal_decision(decision, by=world.cai, words="No.")
    assert appeal.is_for_site  # nobody else in the city could hear it
    with pytest.raises(Forbidden):
        grant(appeal, world.dan)
    assert grant(appeal, world.ada).decided_by == world.ada


def test_where_nobody_else_is_left_it_goes_to_the_site_at_once(world: World) -> None:
    Membership.objects.filter(user=world.dan).update(role=Membership.Role.CITIZEN)
    appeal = appealed(world)
    assert appeal.is_for_site
    grant(appeal, world.ada)


def test_a_banned_or_muted_officer_is_nobody_to_hear_it(world: World) -> None:
    impose_sanction(world.stoneferry, by=world.mei, person=world.dan, kind="mute", reason="abuse")
    assert appealed(world).is_for_site


def test_what_a_moderator_decided_is_for_another_moderator(world: World) -> None:
    eve = make_person("eve", is_staff=True)
    appeal = appealed(world, "ada")
    with pytest.raises(Forbidden, match="with the site's moderators"):
        grant(appeal, world.mei)
    with pytest.raises(Forbidden, match="made the decision yourself"):
        grant(appeal, world.ada)
    assert grant(appeal, eve).state == Appeal.State.GRANTED


def test_where_there_is_one_moderator_only_the_city_hears_what_they_decided(world: World) -> None:
    assert not appealed(world, "ada").is_for_site


def test_an_appeal_against_a_suspension_is_for_the_site(world: World) -> None:
    make_person("eve", is_staff=True)
    sanction = impose_sanction(None, by=world.ada, person=world.cai, kind="suspension", reason="spam")
    appeal = appeal_decision(Event.objects.get(sanction=sanction), by=world.cai, words="No spam.")
    assert (appeal.city, appeal.is_for_site) == (None, True)
    grant(appeal, User.objects.get(username="eve"))
    assert add_reply(world.thread, by=world.cai, body="Back.")


def test_officers_pass_an_appeal_on(world: World) -> None:
    appeal = appealed(world)
    for _twice in range(2):
        appeal = pass_appeal_on(appeal, by=world.dan, reason="I know him.")
    assert Event.objects.filter(kind="appeal.passed_on").count() == 1
    with pytest.raises(Forbidden):
        grant(appeal, world.dan)
    with pytest.raises(Forbidden):
        pass_appeal_on(appeal, by=world.coco)


def test_there_is_one_appeal_for_each_decision(world: World) -> None:
    decision = muted(world)
    first = appeal_decision(decision, by=world.cai, words="No.")
    assert appeal_decision(decision, by=world.cai, words="No, again.") == first
    withdraw_appeal(first, by=world.cai)
    assert appeal_decision(decision, by=world.cai, words="After all.").state == Appeal.State.WITHDRAWN


@pytest.mark.parametrize("who", ["coco", "mei", "rita"])
def test_only_whom_it_concerns_appeals(world: World, who: str) -> None:
    decision = muted(world)
    with pytest.raises(Forbidden, match="Only the person"):
        appeal_decision(decision, by=getattr(world, who), words="Poor Cai.")


def test_after_thirty_days_it_is_too_late(world: World) -> None:
    decision = muted(world, at=timezone.now() - timedelta(days=31))
    with pytest.raises(Forbidden, match="30 days"):
        appeal_decision(decision, by=world.cai, words="No.")


def test_what_was_taken_back_leaves_nothing_to_appeal_against(world: World) -> None:
    decision = muted(world)
    lift_sanction(Sanction.objects.get(), by=world.mei, reason="r")
    with pytest.raises(Forbidden, match="taken back"):
        appeal_decision(decision, by=world.cai, words="No.")


def test_a_sanction_that_ran_out_did_stand_and_may_be_appealed_against(world: World) -> None:
    before = timezone.now() - timedelta(days=5)
    decision = muted(world, at=before, ends_at=before + timedelta(days=1))
    assert grant(appeal_decision(decision, by=world.cai, words="No."), world.dan).state == Appeal.State.GRANTED


def test_an_appeal_needs_words_and_an_answer_needs_a_reason(world: World) -> None:
    decision = muted(world)
    with pytest.raises(ValidationError):
        appeal_decision(decision, by=world.cai, words=" ")
    appeal = appeal_decision(decision, by=world.cai, words="No.")
    with pytest.raises(ValidationError):
        decide_appeal(appeal, by=world.dan, granted=True, answer=" ")


def test_granting_restores_a_hidden_post_and_a_hidden_thread(world: World) -> None:
    hide_post(world.reply, by=world.mei, reason="Rude")
    grant(appeal_decision(Event.objects.get(kind="post.hidden"), by=world.coco, words="It was kind."), world.dan)
    assert not Post.objects.get(pk=world.reply.pk).is_hidden
    hide_thread(world.thread, by=world.mei, reason="Spam")
    grant(appeal_decision(Event.objects.get(kind="thread.hidden"), by=world.cai, words="It is a bridge."), world.dan)
    assert not Thread.objects.get(pk=world.thread.pk).is_hidden


def test_what_was_restored_meanwhile_is_only_answered(world: World) -> None:
    hide_post(world.reply, by=world.mei, reason="Rude")
    appeal = appeal_decision(Event.objects.get(kind="post.hidden"), by=world.coco, words="It was kind.")
    restore_post(world.reply, by=world.mei)
    assert grant(appeal, world.dan).state == Appeal.State.GRANTED
    assert Event.objects.filter(kind="post.restored").count() == 1


def test_granting_admits_a_refused_applicant(world: World) -> None:
    City.objects.filter(pk=world.stoneferry.pk).update(joining=City.Joining.APPLICATION)
    application = apply_to_city(City.objects.get(pk=world.stoneferry.pk), by=world.rita, statement="Bridges!")
    decide_application(application, by=world.mei, accept=False, answer="No.")
    decision = Event.objects.get(kind="application.refused")
    assert decision.person is None
    grant(appeal_decision(decision, by=world.rita, words="Do let me in."), world.dan)
    assert Application.objects.get().state == Application.State.ACCEPTED
    assert Membership.objects.filter(city=world.stoneferry, user=world.rita).exists()


def test_granting_shows_a_refused_post(world: World) -> None:
    change_rules(world.stoneferry, by=world.mei, probation_posts=9)
    post = add_reply(world.thread, by=world.coco, body="Is it safe?")
    refuse_post(Hold.objects.get(post=post), by=world.mei, answer="No questions.")
    grant(appeal_decision(Event.objects.get(kind="post.refused"), by=world.coco, words="Why not?"), world.dan)
    assert not Post.objects.get(pk=post.pk).is_hidden


def test_whatever_lies_on_a_person_they_may_appeal(world: World) -> None:
    impose_sanction(None, by=world.ada, person=world.cai, kind="suspension", reason="spam")
    City.objects.filter(pk=world.stoneferry.pk).update(state=City.State.ARCHIVED, visibility=City.Visibility.CITIZENS)
    grant(appeal_decision(muted(world), by=world.cai, words="No."), world.dan)
    assert Sanction.objects.get(kind="mute").lifted_at


def test_two_officers_do_not_decide_twice(world: World) -> None:
    appeal = appealed(world)
    grant(appeal, world.dan)
    assert decide_appeal(appeal, by=world.ada, granted=False, answer="No.").decided_by == world.dan
    assert Event.objects.filter(kind__startswith="appeal.").exclude(kind="appeal.made").count() == 1


@pytest.mark.django_db(transaction=True)
def test_nor_do_they_at_the_same_moment(transactional_db: None, world: World) -> None:
    appeal = appealed(world)
    acts = [lambda: grant(appeal, world.dan), lambda: decide_appeal(appeal, by=world.ada, granted=False, answer="No.")]
    together(acts * 2)
    assert Event.objects.filter(kind__in=("appeal.granted", "appeal.refused")).count() == 1


def test_the_log_names_nobody_whose_post_was_refused(world: World) -> None:
    change_rules(world.stoneferry, by=world.mei, probation_posts=9)
    post = add_reply(world.thread, by=world.coco, body="Wait.")
    refuse_post(Hold.objects.get(post=post), by=world.mei, answer="No.")
    appeal = appeal_decision(Event.objects.get(kind="post.refused"), by=world.coco, words="Yes.")
    decide_appeal(appeal, by=world.dan, granted=False, answer="Still no.")
    assert [row.event.kind for row in log_of_city(Viewer(), world.stoneferry, marks={}, name="coco").items] == []
