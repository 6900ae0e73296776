"""The hall of the moderators: its queue, people, cities, notices and categories; and the log of the site."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.db import connection
from django.test import Client

from forum.actions.appeals import appeal_decision
from forum.actions.cities import found_city
from forum.actions.notices import post_notice
from forum.actions.reports import file_report
from forum.actions.sanctions import impose_sanction
from forum.models import Case, Category, City, Event, Membership, Notice
from tests.clients import HTMX, browser, text_of
from tests.world import World, make_person

type Counting = Callable[[int], AbstractContextManager[object]]

HALL = "/moderation/"
ROOMS = ("", "people/", "people/mei/", "cities/", "cities/stoneferry/", "notices/", "categories/", "sanctions/")


@pytest.mark.parametrize("who", ["rita", "mei"])
def test_others_are_told_whose_hall_it_is(world: World, who: str) -> None:
    for room in ROOMS:
        answer = browser(getattr(world, who)).get(HALL + room)
        assert answer.status_code == 403
        assert "moderators suspend" in text_of(answer) if room == "sanctions/" else "moderators only" in text_of(answer)
    assert Client().get(HALL).headers["Location"] == "/accounts/login/?next=/moderation/"


def test_the_queue_gathers_what_cities_pass_on_and_decides_it(world: World) -> None:
    file_report(by=world.rita, reason="other", words="An advertisement as a whole.", city=world.hilltop)
    sue = make_person("sue")
    suspension = impose_sanction(
        None, by=make_person("uma", is_staff=True), person=sue, kind="suspension", reason="spam"
    )
    appeal = appeal_decision(Event.objects.get(sanction=suspension), by=sue, words="It was no spam.")
    ada = browser(world.ada)
    page = text_of(ada.get(HALL))
    for words in ("An advertisement as a whole.", "It was no spam.", "Hilltop", f"/moderation/appeals/{appeal.pk}/"):
        assert words in page
    case = Case.objects.get()
    answer = ada.post(
        f"/c/hilltop/hall/queue/report/{case.pk}/", {"decision": "dismiss", "answer": "It is none.", "next": HALL}
    )
    assert answer.headers["Location"] == HALL
    assert "An advertisement" not in text_of(ada.get(HALL))
    assert text_of(ada.get(f"/moderation/appeals/{appeal.pk}/")).count('aria-label="Site moderation"') == 1


def test_people_are_found_by_name_and_address_and_lead_to_a_suspension(world: World) -> None:
    ada = browser(world.ada)
    assert "coco@example.org" in text_of(ada.get(f"{HALL}people/?q=COCO@"))
    assert "Nobody matches." in text_of(ada.get(f"{HALL}people/?q=nobody"))
    assert "Ada" in text_of(ada.get(f"{HALL}people/?show=moderators"))
    impose_sanction(world.stoneferry, by=world.mei, person=world.coco, kind="warning", reason="abuse", words="Rude.")
    page = text_of(ada.get(f"{HALL}people/coco/"))
    for words in ("coco@example.org", "Rude.", "No suspension so far.", "/moderation/sanctions/new/?person=coco"):
        assert words in page
    ada.post(f"{HALL}sanctions/new/", {"person": "coco", "length": "7", "reason": "spam", "words": "Again."})
    assert "Coco" in text_of(ada.get(f"{HALL}people/?show=suspended"))
    assert "suspended" in text_of(Client().get("/log/"))
    assert ada.get(f"{HALL}people/Coco/").headers["Location"] == "/moderation/people/coco/"
    assert ada.get(f"{HALL}people/nobody/").status_code == 404


def test_a_city_is_moved_archived_opened_and_given_a_mayor(world: World) -> None:
    ada, here = browser(world.ada), f"{HALL}cities/stoneferry/"
    assert "Dan" not in text_of(ada.get(f"{HALL}cities/?q=hill"))
    ada.post(here, {"category": Category.objects.get(slug="poetry").pk})
    assert City.objects.get(slug="stoneferry").category.slug == "poetry"
    answer = ada.post("/c/stoneferry/hall/succession/appoint/", {"person": "dan", "reason": "Gone.", "next": here})
    assert answer.headers["Location"] == here
    assert Membership.objects.get(city=world.stoneferry, role="mayor").user == world.dan
    ada.post(f"/c/stoneferry/hall/archive/?next={here}", {"reason": "Nobody is here."})
    assert "石渡" in text_of(ada.get(f"{HALL}cities/?show=archived"))
    assert ada.post(f"/c/stoneferry/hall/reopen/?next={here}", {"reason": ""}).headers["Location"] == here


def test_a_notice_of_the_site_stands_on_the_front_page_and_above_the_directory_until_it_ends(world: World) -> None:
    ada = browser(world.ada)
    assert ada.post(f"{HALL}notices/", {"title": "", "body": "On *Sunday*."}).status_code == 422
    ada.post(f"{HALL}notices/", {"title": "The site rests", "body": "On *Sunday*."})
    notice = Notice.objects.get(title="The site rests")
    for address in ("/", "/cities/", "/notices/", f"/notices/{notice.pk}/", "/log/"):
        assert "The site rests" in text_of(Client().get(address))
    ada.post(f"{HALL}notices/{notice.pk}/", {"title": "The site sleeps", "body": ""})
    ada.post(f"{HALL}notices/{notice.pk}/end/", {"reason": "It woke."})
    assert "The site sleeps" not in text_of(Client().get("/"))
    assert "The site sleeps" in text_of(Client().get("/notices/"))
    assert "It woke." in text_of(Client().get("/log/?kind=city"))
    # Those of a city are not the site's, nor the other way round.
    other = post_notice(world.stoneferry, by=world.mei, title="The ferry rests")
    assert Client().get(f"/notices/{other.pk}/").status_code == 404
    assert ada.get(f"{HALL}notices/{other.pk}/").status_code == 404


def test_categories_are_made_renamed_ordered_and_deleted(world: World) -> None:
    ada, upper = browser(world.ada), Category.objects.get(slug="arts")
    ada.post(f"{HALL}categories/", {"name_zh": "茶", "name_en": "Tea", "parent": upper.pk})
    tea = Category.objects.get(slug="tea")
    fragment = ada.post(f"{HALL}categories/order/", {"category": tea.pk, "step": "up"}, headers=HTMX)
    assert 'id="category-order"' in text_of(fragment)
    assert "<html" not in text_of(fragment)
    assert list(upper.children.values_list("slug", flat=True))[-1] != "tea"
    ada.post(f"{HALL}categories/{tea.pk}/", {"name_zh": "茶葉", "name_en": "Teas", "parent": upper.pk})
    assert "Teas" in text_of(ada.get(f"{HALL}categories/"))
    assert "Only an empty category" in text_of(ada.get(f"{HALL}categories/{world.category.pk}/"))
    ada.post(f"{HALL}categories/{world.category.pk}/cities/", {"city": [world.hilltop.pk], "into": tea.pk})
    assert City.objects.get(slug="hilltop").category == tea
    assert ada.post(f"{HALL}categories/{world.category.pk}/cities/", {"into": tea.pk}).status_code == 422
    assert ada.post(f"{HALL}categories/{tea.pk}/delete/", {"reason": ""}).status_code == 422
    ada.post(f"{HALL}categories/{tea.pk}/cities/", {"city": [world.hilltop.pk], "into": world.category.pk})
    ada.post(f"{HALL}categories/{tea.pk}/delete/", {"reason": ""})
    assert not Category.objects.filter(slug="tea").exists()
    assert "deleted the empty category" in text_of(Client().get("/log/?kind=directory"))


def test_a_private_suspension_names_nobody_in_public(world: World) -> None:
    terms = {"kind": "suspension", "reason": "privacy", "words": "Leaked an address."}
    impose_sanction(None, by=world.ada, person=world.rita, is_private=True, **terms)
    assert "Leaked" not in text_of(Client().get("/log/"))
    assert "Rita" not in text_of(Client().get("/log/"))
    for who in (world.ada, world.rita):
        assert "Leaked" in text_of(browser(who).get("/log/"))


def _fill(world: World, count: int) -> None:
    """Fill the hall with so many people who are suspended and appeal, cities that are reported, and notices."""
    uma = make_person("uma", is_staff=True)
    for number in range(count):
        person = make_person(f"p{number}")
        city = found_city(by=person, name=f"City {number}", category=world.category)
        file_report(by=world.cai, reason="spam", words="Look.", city=city)
        sanction = impose_sanction(None, by=uma, person=person, kind="suspension", reason="spam")
        appeal_decision(Event.objects.get(sanction=sanction), by=person, words="It was no spam.")
        post_notice(None, by=uma, title=f"Notice {number}")


@pytest.mark.parametrize("count", [1, 200])
def test_a_page_of_the_hall_asks_at_most_twelve_questions(
    world: World, django_assert_max_num_queries: Counting, count: int
) -> None:
    assert connection.features.supports_json_field
    _fill(world, count)
    ada = browser(world.ada)
    rooms = (*(HALL + room for room in ROOMS), f"{HALL}categories/{world.category.pk}/", "/log/", "/notices/")
    for address in rooms:
        with django_assert_max_num_queries(12):
            assert ada.get(address).status_code == 200, address
