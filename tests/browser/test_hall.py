"""A new mayor's day on a phone: the queue worked off, an appeal answered, an election called and settled."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from forum.actions.appeals import appeal_decision
from forum.actions.applications import apply_to_city
from forum.actions.posts import add_reply
from forum.actions.reports import file_report
from forum.actions.rules import change_rules
from forum.actions.sanctions import impose_sanction
from forum.models import Appeal, Case, City, Election, Event, Hold, Membership, Notice, Poll
from tests.browser.conftest import DESK, PHONE, OpenPage
from tests.world import World, make_person

pytestmark = pytest.mark.django_db(transaction=True)

type Enter = Callable[[Page, User], None]
type Check = Callable[[Page], None]
HALL = "/c/stoneferry/hall/"
ELECTIONS = "/c/stoneferry/elections/"


class Waiting:
    """Ten things that wait for a decision: seven reported posts, two held ones, an application; and an appeal."""

    def __init__(self, world: World) -> None:
        city = world.stoneferry
        posts = [add_reply(world.thread, by=world.cai, body=f"Words {number}") for number in range(7)]
        self.cases = [file_report(by=world.rita, reason="abuse", post=post).case for post in posts]
        change_rules(city, by=world.mei, held_words="boat")
        self.holds = [add_reply(world.thread, by=world.coco, body=f"By boat {number}?").hold for number in range(2)]
        City.objects.filter(pk=city.pk).update(joining=City.Joining.APPLICATION)
        self.application = apply_to_city(City.objects.get(pk=city.pk), by=make_person("abe"), statement="I row.")
        mute = impose_sanction(city, by=world.dan, person=world.cai, kind="mute", reason="off_topic")
        self.appeal = appeal_decision(Event.objects.get(sanction=mute), by=world.cai, words="It was about the bridge.")


@pytest.fixture
def waiting(world: World) -> Waiting:
    """What waits in Stoneferry."""
    return Waiting(world)


def decide(page: Page, key: str, decision: str, **fields: str) -> None:
    """Choose a decision about one thing of the queue, fill in what its form asks for, and send it."""
    choice = page.locator(f"#{key}-{decision}")
    name = (choice.text_content() or "").split()[0]
    choice.click()
    form = page.locator("form.confirm")
    for label, words in fields.items():
        form.get_by_label(label.replace("_", " "), exact=True).fill(words)
    form.get_by_role("button", name=name).click()
    expect(page.locator(f"#{key}")).to_have_count(0)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_new_mayor_decides_ten_things_and_answers_an_appeal(
    world: World, waiting: Waiting, open_page: OpenPage, enter: Enter, assert_no_sideways: Check, scripts: bool
) -> None:
    page = open_page(PHONE, java_script_enabled=scripts)
    enter(page, world.mei)
    page.goto(HALL)
    expect(page.locator(".queue > li")).to_have_count(11)
    assert_no_sideways(page)
    cases, holds = [f"report-{case.pk}" for case in waiting.cases], [f"held-{hold.pk}" for hold in waiting.holds]
    decide(page, cases[0], "hide", Reason="It names a street.")
    decide(page, cases[1], "warn", In_your_words="Please be kind.")
    decide(page, holds[0], "approve")
    decide(page, holds[1], "refuse", Answer_to_the_author="There is no boat.")
    decide(page, f"application-{waiting.application.pk}", "admit")
    for case in cases[2:]:
        page.locator(f"#{case} .queue-item__tick").check()
    page.get_by_label("With what is ticked").select_option(label="Dismiss")
    page.get_by_role("button", name="See what will happen").click()
    expect(page.get_by_text("The report is dismissed; everything stays as it is.")).to_have_count(5)
    page.get_by_role("button", name="Dismiss: 5 things").click()
    expect(page.locator(".queue > li")).to_have_count(1)
    page.get_by_role("link", name="Read the appeal").click()
    expect(page.get_by_text("It was about the bridge.")).to_be_visible()
    page.get_by_role("textbox", name="Answer").fill("It was indeed.")
    page.get_by_role("button", name="Grant: the decision is taken back").click()
    expect(page.get_by_text("Nothing waits for a decision.")).to_be_visible()
    assert not Case.objects.filter(state=Case.State.OPEN).exists()
    assert {hold.state for hold in Hold.objects.all()} == {Hold.State.APPROVED, Hold.State.REFUSED}
    assert Appeal.objects.get().state == Appeal.State.GRANTED


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_mayor_calls_an_election_stands_votes_and_sees_it_settled(
    world: World, open_page: OpenPage, enter: Enter, assert_no_sideways: Check, scripts: bool
) -> None:
    Membership.objects.update(joined_at=timezone.now() - timedelta(days=365))
    page = open_page(PHONE, java_script_enabled=scripts)
    enter(page, world.mei)
    page.goto(ELECTIONS)
    page.get_by_role("link", name="Call an election").click()
    page.get_by_label("Reason").fill("A year has passed.")
    page.get_by_role("button", name="Call").click()
    expect(page.get_by_text("The vote is called, and its roll is fixed.").first).to_be_visible()
    page.get_by_text("Stand as a candidate").click()
    page.get_by_label("What you want to do for the city").fill("A fourth plank.")
    page.get_by_role("button", name="I stand").click()
    expect(page.get_by_text("A fourth plank.").first).to_be_visible()
    assert_no_sideways(page)
    election, now = Election.objects.get(), timezone.now()
    Election.objects.update(nominations_end_at=now)
    Poll.objects.update(opens_at=now)
    page.goto(f"{ELECTIONS}{election.pk}/")
    page.get_by_label("Yes", exact=True).check()
    assert_no_sideways(page)
    page.get_by_role("button", name="Cast my ballot").click()
    expect(page.locator("#receipt")).not_to_be_empty()
    receipt = page.locator("#receipt").text_content() or ""
    now = timezone.now()
    Election.objects.update(ends_at=now)
    Poll.objects.update(closes_at=now)
    page.goto(f"{ELECTIONS}{election.pk}/")
    expect(page.get_by_role("heading", name="Elected: 梅市長")).to_be_visible()
    assert Notice.objects.filter(city=world.stoneferry).exists()
    page.goto(f"/polls/{election.poll_id}/tally/?receipt={receipt}")
    expect(page.get_by_text(receipt).first).to_be_visible()


@pytest.mark.parametrize(("window", "scheme"), [(PHONE, "dark"), (DESK, "light")], ids=["phone", "desk"])
def test_the_pages_of_the_hall_fit_and_can_be_read_by_everybody(
    world: World,
    waiting: Waiting,
    open_page: OpenPage,
    enter: Enter,
    assert_accessible: Check,
    assert_no_sideways: Check,
    window: dict[str, int],
    scheme: str,
) -> None:
    page = open_page(window, color_scheme=scheme)
    enter(page, world.mei)
    item = f"{HALL}queue/report/{waiting.cases[0].pk}/"
    paths = [HALL, item, f"{item}?decision=ban", f"{HALL}appeals/{waiting.appeal.pk}/", f"{HALL}sanctions/"]
    paths += [f"{HALL}sanctions/new/?person=coco", f"{HALL}rules/", f"{HALL}deputies/", f"{HALL}succession/"]
    paths += ["/c/stoneferry/ledger/", "/c/stoneferry/officers/", "/c/stoneferry/log/", ELECTIONS, f"{ELECTIONS}new/"]
    for path in paths:
        answer = page.goto(path)
        assert answer
        assert answer.status == 200, path
        assert_no_sideways(page)
        assert_accessible(page)
