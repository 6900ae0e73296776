"""Polls as people meet them: with a new thread, on the thread's page, receipts, and the tally."""

import csv
import io
import json
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from forum.actions.ballots import cast_ballot
from forum.actions.polls import close_poll, set_poll
from forum.models import Ballot, Poll, Thread
from forum.voting.ballots import seal_of
from tests.clients import HTMX, browser, text_of
from tests.world import World, make_person

WORDS = {"title": "Colours", "body": "Let us choose. 選一個。"}
POLL = {
    "question": "Which?",
    "options": "Red\nGreen\n\nBlue",
    "method": "single",
    "voters": "citizens",
    "showing": "live",
}


def poll_in(world: World, **settings: Any) -> Poll:
    words = {"question": "Which colour?", "options": ["Red", "Green", "Blue"], **settings}
    return set_poll(world.thread, by=world.cai, **words)


def mark_of(page: str) -> str:
    found = re.search(r'name="submission" value="([0-9a-f-]{36})"', page[page.index('class="form ballot"') :])
    assert found
    return found.group(1)


def test_a_new_thread_may_bring_a_poll(world: World) -> None:
    answer = browser(world.coco).post("/c/stoneferry/b/general/threads/", WORDS | POLL)
    poll = Thread.objects.get(title="Colours").poll
    assert answer.status_code == 302
    assert list(poll.options.values_list("text", flat=True)) == ["Red", "Green", "Blue"]


def test_a_new_thread_without_question_and_options_brings_none(world: World) -> None:
    browser(world.coco).post("/c/stoneferry/b/general/threads/", WORDS | POLL | {"question": "", "options": ""})
    assert not Poll.objects.exists()
    assert Thread.objects.filter(title="Colours").exists()


def test_what_is_wrong_with_the_poll_keeps_thread_and_poll_in_the_form(world: World) -> None:
    answer = browser(world.coco).post("/c/stoneferry/b/general/threads/", WORDS | POLL | {"options": "Only one"})
    assert answer.status_code == 422
    assert "Only one" in text_of(answer)
    assert "Let us choose" in text_of(answer)
    assert "2 to 20 options" in text_of(answer)
    assert not Thread.objects.filter(title="Colours").exists()


def test_a_citizen_votes_on_the_page_of_the_thread(world: World) -> None:
    poll, coco = poll_in(world, showing="live"), browser(world.coco)
    page = text_of(coco.get(f"/t/{world.thread.pk}/"))
    assert "Your ballot is final" in page
    answer = coco.post(f"/polls/{poll.pk}/vote/", {"choices": "2", "submission": mark_of(page)})
    assert answer.headers["Location"] == f"/t/{world.thread.pk}/#poll"
    page = text_of(coco.get(f"/t/{world.thread.pk}/"))
    assert "You have voted." in page
    assert "your choice" in page
    assert 'value="100"' in page
    assert 'class="form ballot"' not in page


def test_a_visitor_is_led_to_sign_in_and_a_stranger_is_told_who_votes(world: World) -> None:
    poll_in(world)
    assert "Sign in first." in text_of(browser().get(f"/t/{world.thread.pk}/"))
    assert "Only citizens vote here." in text_of(browser(world.rita).get(f"/t/{world.thread.pk}/"))


def test_the_poll_stands_on_the_first_page_only(world: World) -> None:
    poll_in(world)
    Thread.objects.filter(pk=world.thread.pk).update(posts_count=21, last_number=21)
    assert "Which colour?" not in text_of(browser().get(f"/t/{world.thread.pk}/?page=2"))


def test_a_secret_voter_gets_a_receipt_that_only_the_browser_carries(world: World) -> None:
    poll, coco = poll_in(world, is_secret=True), browser(world.coco)
    mark = mark_of(text_of(coco.get(f"/polls/{poll.pk}/")))
    answer = coco.post(f"/polls/{poll.pk}/vote/", {"choices": "3", "submission": mark})
    assert answer.headers["Location"] == f"/polls/{poll.pk}/receipt/"
    receipt = Ballot.objects.get().receipt
    shown = coco.get(answer.headers["Location"])
    assert receipt in text_of(shown)
    assert "no-store" in shown.headers["Cache-Control"]
    # Nothing on the server remembers: another browser of the same person sees no receipt.
    assert browser(world.coco).get(f"/polls/{poll.pk}/receipt/").status_code == 302
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_data FROM django_session")
        assert not any(receipt in row[0] for row in cursor.fetchall())
    # The same form sent again leads to the same receipt.
    coco.post(f"/polls/{poll.pk}/vote/", {"choices": "1", "submission": mark})
    assert Ballot.objects.get().choices == [3]


def test_who_votes_again_is_told_that_a_ballot_is_final(world: World) -> None:
    poll, coco = poll_in(world), browser(world.coco)
    coco.post(f"/polls/{poll.pk}/vote/", {"choices": "2"})
    answer = coco.post(f"/polls/{poll.pk}/vote/", {"choices": "1"})
    assert answer.status_code == 422
    assert "A ballot is final" in text_of(answer)


def test_a_ranked_ballot_without_scripts(world: World) -> None:
    poll, coco = poll_in(world, method="ranked"), browser(world.coco)
    double = coco.post(f"/polls/{poll.pk}/vote/", {"rank-1": "1", "rank-2": "1"})
    assert double.status_code == 422
    assert "Two options have the same rank" in text_of(double)
    assert coco.post(f"/polls/{poll.pk}/vote/", {"rank-3": "1", "rank-1": "3"}).status_code == 302
    assert Ballot.objects.get().choices == [3, 1]


def test_an_empty_ballot_is_refused(world: World) -> None:
    poll = poll_in(world, method="several")
    answer = browser(world.coco).post(f"/polls/{poll.pk}/vote/", {})
    assert answer.status_code == 422
    assert "Choose at least one option." in text_of(answer)


def test_a_result_that_waits_is_not_shown_before_the_poll_has_closed(world: World) -> None:
    poll = poll_in(world)
    cast_ballot(poll, by=world.coco, choices=[1])
    assert "<meter" not in text_of(browser(world.coco).get(f"/t/{world.thread.pk}/"))
    for address in ("tally/", "ballots.csv", "ballots.json"):
        assert browser(world.coco).get(f"/polls/{poll.pk}/{address}").status_code == 403


def test_a_poll_whose_time_is_over_is_counted_by_who_opens_the_thread(world: World) -> None:
    poll = poll_in(world, closes_at=timezone.now() + timedelta(hours=1))
    cast_ballot(poll, by=world.coco, choices=[1])
    Poll.objects.update(closes_at=timezone.now())
    assert "<meter" in text_of(browser().get(f"/t/{world.thread.pk}/"))
    poll.refresh_from_db()
    assert poll.result["winners"] == [1]


def test_the_tally_shows_rounds_and_finds_a_receipt(world: World) -> None:
    poll = poll_in(world, method="ranked", is_secret=True)
    ballots = [
        cast_ballot(poll, by=person, choices=choices)
        for person, choices in ((world.coco, [1, 2]), (world.dan, [2]), (world.mei, [3, 1]), (world.cai, [2, 1]))
    ]
    close_poll(poll, by=world.cai)
    page = text_of(browser().get(f"/polls/{poll.pk}/tally/"))
    assert "Round 2" in page
    assert all(ballot.receipt in page for ballot in ballots)
    found = text_of(browser().get(f"/polls/{poll.pk}/tally/?receipt={ballots[0].receipt.lower().replace('-', '+')}"))
    assert "1. Red" in found
    assert ballots[1].receipt not in found
    assert "no ballot with this receipt" in text_of(browser().get(f"/polls/{poll.pk}/tally/?receipt=ABCD"))


def test_the_files_let_anybody_count_again_without_naming_voters(world: World) -> None:
    poll = poll_in(world, method="ranked", is_secret=True, options=["=1+1", "Green"])
    cast_ballot(poll, by=world.coco, choices=[2, 1])
    cast_ballot(poll, by=world.dan, choices=[2])
    close_poll(poll, by=world.cai)
    data = json.loads(text_of(browser().get(f"/polls/{poll.pk}/ballots.json")))
    assert seal_of([(one["receipt"], one["choices"]) for one in data["ballots"]]) == data["result"]["seal"]
    assert "coco" not in json.dumps(data)
    rows = list(csv.reader(io.StringIO(text_of(browser().get(f"/polls/{poll.pk}/ballots.csv")).lstrip("\ufeff"))))
    assert rows[0] == ["receipt", "choices", "choice 1", "choice 2"]
    assert sorted(row[1:] for row in rows[1:]) == [["2", "Green"], ["2 1", "Green", "'=1+1"]]


def test_an_open_poll_says_who_chose_what(world: World) -> None:
    poll = poll_in(world, showing="live")
    cast_ballot(poll, by=world.coco, choices=[1])
    assert "Coco" in text_of(browser().get(f"/polls/{poll.pk}/tally/"))
    assert "coco" in text_of(browser().get(f"/polls/{poll.pk}/ballots.csv"))


def test_author_adds_changes_and_closes_a_poll(world: World) -> None:
    cai = browser(world.cai)
    assert "Add a poll" in text_of(cai.get(f"/t/{world.thread.pk}/"))
    assert cai.post(f"/t/{world.thread.pk}/poll/", POLL).status_code == 302
    assert "Red\nGreen\nBlue" in text_of(cai.get(f"/t/{world.thread.pk}/poll/"))
    assert cai.post(f"/t/{world.thread.pk}/poll/", POLL | {"options": "A\nA"}).status_code == 422
    poll = Poll.objects.get()
    assert "takes no more ballots" in text_of(cai.get(f"/polls/{poll.pk}/close/"))
    assert cai.post(f"/polls/{poll.pk}/close/", headers=HTMX).headers["HX-Redirect"].endswith("#poll")
    assert Poll.objects.get().closed_at


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize(("who", "queries"), [(None, 5), ("coco", 10)])
def test_a_poll_costs_a_thread_one_query_and_a_member_two(
    world: World,
    django_assert_num_queries: Callable[[int], AbstractContextManager[object]],
    who: str | None,
    queries: int,
    count: int,
) -> None:
    assert connection.features.supports_json_field  # asked for once, which no page should be charged for
    poll = poll_in(
        world, showing="live", voters="members", options=[f"Option {number}" for number in range(2 + count % 19)]
    )
    for number in range(count):
        cast_ballot(poll, by=make_person(f"voter{number}"), choices=[1])
    client = browser(getattr(world, who) if who else None)
    with django_assert_num_queries(queries):
        assert client.get(f"/t/{world.thread.pk}/").status_code == 200


def test_a_ballot_of_somebody_signed_out_is_kept_nowhere(world: World) -> None:
    poll, visitor = poll_in(world, is_secret=True), Client()
    answer = visitor.post(f"/polls/{poll.pk}/vote/", {"choices": "2"})
    assert answer.headers["Location"] == f"/accounts/login/?next=/polls/{poll.pk}/"
    assert "kept" not in visitor.session


def test_a_poll_closes_at_a_time_that_every_clock_can_show(world: World) -> None:
    address = f"/t/{world.thread.pk}/poll/"
    answer = browser(world.cai).post(address, POLL | {"closes_at": "9999-12-31T23:59"})
    assert answer.status_code == 422
    assert 'id="id_closes_at_error"' in text_of(answer)
