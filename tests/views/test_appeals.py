"""Decisions about oneself, appealing, and hearing appeals."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.db import connection

from forum.actions.appeals import appeal_decision
from forum.actions.applications import apply_to_city, decide_application
from forum.actions.moderation import hide_post, hide_thread
from forum.actions.sanctions import impose_sanction
from forum.models import Appeal, City, Event, Notification
from tests.clients import HTMX, browser, text_of
from tests.notifying.news import hearers, tell_all
from tests.world import World, make_person

type Counting = Callable[..., AbstractContextManager[object]]


def hidden(world: World) -> Event:
    """Return the decision by which the reply of Coco was hidden."""
    hide_post(world.reply, by=world.mei, reason="Rude")
    return Event.objects.get(kind="post.hidden")


def appealed(world: World) -> Appeal:
    """Return the appeal of Coco against the hiding of her reply."""
    return appeal_decision(hidden(world), by=world.coco, words="It was <kind>.")


def test_everything_decided_about_me_stands_on_one_page(world: World) -> None:
    hidden(world)
    impose_sanction(world.stoneferry, by=world.dan, person=world.coco, kind="mute", reason="abuse", words="Thrice.")
    impose_sanction(None, by=world.ada, person=world.coco, kind="suspension", reason="spam")
    application = apply_to_city(world.hilltop, by=world.cai, statement="Hills.")
    decide_application(application, by=world.stan, accept=False, answer="Too flat.")
    page = text_of(browser(world.coco).get("/me/decisions/"))
    for words in ("Rude", "Thrice.", "Insults or threats", "The whole site", "Advertising or spam", "possible until"):
        assert words in page
    assert "Too flat." in text_of(browser(world.cai).get("/me/decisions/"))
    assert "Nothing was decided about you." in text_of(browser(world.rita).get("/me/decisions/"))


def test_while_appealing_one_sees_what_was_removed_and_why(world: World) -> None:
    decision = hidden(world)
    City.objects.filter(pk=world.stoneferry.pk).update(visibility=City.Visibility.CITIZENS)
    impose_sanction(world.stoneferry, by=world.mei, person=world.coco, kind="ban", reason="abuse")
    page = text_of(browser(world.coco).get(f"/me/decisions/{decision.pk}/appeal/"))
    assert "I crossed it." in page
    assert "Rude" in page
    assert world.thread.title not in page  # what the city keeps to its citizens stays there


def test_of_a_hidden_thread_one_sees_the_opening_post(world: World) -> None:
    hide_thread(world.thread, by=world.mei, reason="Spam")
    decision = Event.objects.get(kind="thread.hidden")
    assert "Three planks." in text_of(browser(world.cai).get(f"/me/decisions/{decision.pk}/appeal/"))


def test_an_appeal_is_sent_seen_and_withdrawn(world: World) -> None:
    decision, coco = hidden(world), browser(world.coco)
    address = f"/me/decisions/{decision.pk}/appeal/"
    assert coco.post(address, {"words": "It was <kind>."})["Location"] == "/me/decisions/"
    page = text_of(coco.get(address))
    assert "Your appeal waits." in page
    assert "It was &lt;kind&gt;." in page
    assert "An answer is promised by" in page
    coco.post(f"{address}withdraw/")
    assert "You withdrew your appeal." in text_of(coco.get("/me/decisions/"))


def test_an_empty_appeal_comes_back_and_a_visitor_signs_in_first(world: World) -> None:
    address = f"/me/decisions/{hidden(world).pk}/appeal/"
    assert browser(world.coco).post(address, {"words": ""}).status_code == 422
    assert "/accounts/login/" in browser().post(address, {"words": "Mine."})["Location"]


def test_whoever_is_suspended_reads_it_on_their_home_and_the_author_of_a_hidden_post_below_it(world: World) -> None:
    hidden(world)
    coco = browser(world.coco)
    assert "how to appeal" in text_of(coco.get(f"/t/{world.thread.pk}/"))
    assert "how to appeal" not in text_of(browser(world.dan).get(f"/t/{world.thread.pk}/"))
    impose_sanction(None, by=world.ada, person=world.coco, kind="suspension", reason="spam")
    assert "Your account is suspended (Advertising or spam)." in text_of(coco.get("/me/"))


@pytest.mark.parametrize("who", ["cai", "mei", "rita"])
def test_decisions_about_others_are_not_there(world: World, who: str) -> None:
    address = f"/me/decisions/{hidden(world).pk}/appeal/"
    assert browser(getattr(world, who)).get(address).status_code == 404


def test_who_hears_sees_words_text_and_record_and_grants(world: World) -> None:
    appeal, dan = appealed(world), browser(world.dan)
    address = f"/c/stoneferry/hall/appeals/{appeal.pk}/"
    page = text_of(dan.get(address))
    for words in ("It was &lt;kind&gt;.", "I crossed it.", "Rude", "promised by"):
        assert words in page
    assert dan.post(address, {"decision": "grant", "answer": ""}).status_code == 422
    dan.post(address, {"decision": "grant", "answer": "Kind indeed."})
    appeal.refresh_from_db()
    assert (appeal.state, appeal.decided_by) == (Appeal.State.GRANTED, world.dan)
    log = text_of(browser().get("/c/stoneferry/log/"))
    assert "granted an appeal against" in log
    assert "Kind indeed." in log
    assert "It was" not in log
    assert "Your appeal was granted." in text_of(browser(world.coco).get("/me/decisions/"))


def test_who_decided_first_reads_it_but_does_not_answer(world: World) -> None:
    address = f"/c/stoneferry/hall/appeals/{appealed(world).pk}/"
    mei = browser(world.mei)
    assert "Somebody else hears the appeal." in text_of(mei.get(address))
    answer = mei.post(address, {"decision": "refuse", "answer": "No."})
    assert answer.status_code == 403
    assert "You made the decision yourself." in text_of(answer)


def test_an_officer_passes_it_on_and_the_site_answers(world: World) -> None:
    appeal, dan = appealed(world), browser(world.dan)
    address = f"/c/stoneferry/hall/appeals/{appeal.pk}/"
    assert "dialog__body" in text_of(dan.get(f"{address}pass/", headers=HTMX))
    dan.post(f"{address}pass/", {"reason": ""})
    assert "with the site" in text_of(dan.get(address))
    browser(world.ada).post(address, {"decision": "refuse", "answer": "It was rude."})
    assert "It was rude." in text_of(browser(world.coco).get("/me/decisions/"))


def test_the_second_officer_is_told_who_decided(world: World) -> None:
    address = f"/c/stoneferry/hall/appeals/{appealed(world).pk}/"
    browser(world.dan).post(address, {"decision": "grant", "answer": "Kind."})
    answer = browser(world.ada).post(address, {"decision": "refuse", "answer": "Rude."}, follow=True)
    assert "Dan decided about this appeal before." in text_of(answer)


def test_the_site_hears_appeals_against_suspensions(world: World) -> None:
    eve = make_person("eve", is_staff=True)
    sanction = impose_sanction(None, by=world.ada, person=world.cai, kind="suspension", reason="spam")
    appeal = appeal_decision(Event.objects.get(sanction=sanction), by=world.cai, words="No spam.")
    address = f"/moderation/appeals/{appeal.pk}/"
    assert "No spam." in text_of(browser(eve).get(address))
    assert browser(world.ada).post(address, {"decision": "grant", "answer": "r"}).status_code == 403
    browser(eve).post(address, {"decision": "grant", "answer": "No spam indeed."})
    sanction.refresh_from_db()
    assert sanction.lifted_at


def test_those_who_may_decide_hear_of_it_and_the_appellant_of_the_outcome(world: World) -> None:
    appeal = appealed(world)
    tell_all()
    assert "appealed" in hearers()["dan"].split()
    assert "mei" not in {name for name, kinds in hearers().items() if "appealed" in kinds.split()}
    row = Notification.objects.get(user=world.dan, kind="appealed")
    address = f"/c/stoneferry/hall/appeals/{appeal.pk}/"
    assert browser(world.dan).get(f"/me/notifications/{row.pk}/")["Location"] == f"{address}?news={row.pk}"
    browser(world.dan).post(address, {"decision": "grant", "answer": "Kind."})
    tell_all()
    assert "appeal_granted" in hearers()["coco"].split()
    page = text_of(browser(world.coco).get("/me/notifications/"))
    assert "granted your appeal in" in page
    assert "How to appeal" in page


@pytest.mark.parametrize("count", [1, 40])
def test_the_pages_ask_at_most_twelve_times(world: World, django_assert_max_num_queries: Counting, count: int) -> None:
    assert connection.features.supports_json_field
    appeal = appealed(world)
    for number in range(count):
        impose_sanction(
            world.stoneferry, by=world.mei, person=world.coco, kind="warning", reason="spam", words=str(number)
        )
    for address, person in (
        ("/me/decisions/", world.coco),
        (f"/me/decisions/{appeal.decision_id}/appeal/", world.coco),
        (f"/c/stoneferry/hall/appeals/{appeal.pk}/", world.dan),
    ):
        client = browser(person)
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200
