"""Deciding from the queue of city hall: one thing, or several at once."""

from datetime import timedelta

from django.utils import timezone

from forum.actions.cases import decide_case
from forum.models import Application, Grant, Hold, Membership, Post
from tests.clients import HTMX, browser, text_of
from tests.views.waiting import applied, held, reported
from tests.world import World

HALL = "/c/stoneferry/hall/"


def test_only_what_one_may_decide_is_offered_and_done(world: World) -> None:
    case = reported(world, by=world.rita)
    applied(world)
    deputy = Membership.objects.get(user=world.dan, city=world.stoneferry)
    Grant.objects.filter(membership=deputy).exclude(ability="review").delete()
    client = browser(world.dan)
    page = text_of(client.get(HALL))
    assert f"report/{case.pk}/?decision=dismiss" in page
    assert "decision=hide" not in page
    assert "I like bridges." not in page
    address = f"{HALL}queue/report/{case.pk}/"
    assert client.get(f"{address}?decision=hide").status_code == 403
    assert client.post(address, {"decision": "hide", "reason": "Rude"}).status_code == 403
    Grant.objects.filter(membership=deputy).delete()
    assert client.get(address).status_code == 403
    assert "has not entrusted you" in text_of(client.get(HALL))


def test_the_form_of_a_decision_opens_in_place_and_knows_the_reason(world: World) -> None:
    case = reported(world, by=world.rita)
    page = text_of(browser(world.mei).get(f"{HALL}queue/report/{case.pk}/?decision=hide", headers=HTMX))
    assert page.strip().startswith('<header class="dialog__head">')
    assert 'value="Insults or threats"' in page
    plain = text_of(browser(world.mei).get(f"{HALL}queue/report/{case.pk}/?decision=warn"))
    assert '<option value="abuse" selected>' in plain


def test_a_post_is_hidden_from_the_queue(world: World) -> None:
    case = reported(world, by=world.rita)
    client = browser(world.mei)
    answer = client.post(
        f"{HALL}queue/report/{case.pk}/",
        {"decision": "hide", "reason": "Insult", "next": f"{HALL}?kind=report"},
        follow=True,
    )
    assert answer.redirect_chain == [(f"{HALL}?kind=report", 302)]
    assert "It is hidden, and the report upheld." in text_of(answer)
    assert Post.objects.get(pk=case.post_id).is_hidden


def test_a_decision_without_its_reason_comes_back(world: World) -> None:
    case = reported(world, by=world.rita)
    answer = browser(world.mei).post(f"{HALL}queue/report/{case.pk}/", {"decision": "ban", "words": "Kept words"})
    assert answer.status_code == 422
    assert "Kept words" in text_of(answer)


def test_a_mute_from_the_queue_ends_after_the_chosen_days(world: World) -> None:
    case = reported(world, by=world.rita)
    typed = {"decision": "mute", "ground": "abuse", "words": "Rude.", "length": "7"}
    browser(world.mei).post(f"{HALL}queue/report/{case.pk}/", typed)
    sanction = world.cai.sanctions.get()
    assert timedelta(days=6, hours=23) < sanction.ends_at - timezone.now() < timedelta(days=7, hours=1)


def test_the_second_officer_is_told_who_decided_what(world: World) -> None:
    case = reported(world, by=world.rita)
    decide_case(case, by=world.dan, upheld=False, answer="It is fine.")
    client = browser(world.mei)
    typed = {"decision": "hide", "reason": "Rude"}
    page = text_of(client.post(f"{HALL}queue/report/{case.pk}/", typed, follow=True))
    assert "Dan decided first: Dismissed." in page
    assert "It is fine." in page
    assert not Post.objects.get(pk=case.post_id).is_hidden


def test_held_posts_and_applications_are_decided_from_the_queue(world: World) -> None:
    hold, application = held(world), applied(world)
    client = browser(world.mei)
    page = text_of(client.get(HALL))
    for words in ("May this be?", "I like bridges.", "First posts wait for approval"):
        assert words in page
    refused = {"decision": "refuse", "answer": "Not here."}
    assert client.post(f"{HALL}queue/held/{hold.pk}/", refused).status_code == 302
    client.post(f"{HALL}queue/application/{application.pk}/", {"decision": "admit"})
    hold.refresh_from_db()
    application.refresh_from_db()
    assert (hold.state, hold.answer) == (Hold.State.REFUSED, "Not here.")
    assert application.state == Application.State.ACCEPTED


def test_several_are_shown_what_will_happen_and_then_decided(world: World) -> None:
    first, second = reported(world, by=world.rita), reported(world, by=world.coco)
    asked = applied(world)
    decide_case(second, by=world.dan, upheld=True)
    keys = [f"report-{first.pk}", f"report-{second.pk}", f"application-{asked.pk}", "report-99999", "nonsense"]
    client = browser(world.mei)
    page = text_of(client.post(f"{HALL}queue/bulk/", {"item": keys, "decision": "hide"}))
    for words in ("It is hidden, and the report upheld.", "it is decided already", "not one for this kind of thing"):
        assert words in page
    assert not Post.objects.get(pk=first.post_id).is_hidden
    typed = {"item": keys, "decision": "hide", "reason": "Insults", "confirm": "1"}
    page = text_of(client.post(f"{HALL}queue/bulk/", typed, follow=True))
    assert "1 decided: Hide" in page
    assert "Dan decided first: Upheld." in page
    assert Post.objects.get(pk=first.post_id).is_hidden
    assert not Post.objects.get(pk=second.post_id).is_hidden


def test_several_decided_without_the_reason_come_back(world: World) -> None:
    case = reported(world, by=world.rita)
    typed = {"item": f"report-{case.pk}", "decision": "hide", "reason": "", "confirm": "1"}
    assert browser(world.mei).post(f"{HALL}queue/bulk/", typed).status_code == 422
    assert "Tick what you decide about" in text_of(browser(world.mei).post(f"{HALL}queue/bulk/", {}, follow=True))
