"""City hall: who enters, and what they do there."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from forum.actions.applications import apply_to_city, decide_application
from forum.actions.memberships import join_city
from forum.actions.notices import post_notice
from forum.models import Application, Board, City, Event, Membership, Notice
from tests.world import World, make_person

type Counting = Callable[[int], AbstractContextManager[object]]

HALL = "/c/stoneferry/hall/"


def _client(world: World, who: str) -> Client:
    client = Client()
    client.force_login(getattr(world, who))
    return client


def _names(world: World) -> list[str]:
    return list(Board.objects.filter(city=world.stoneferry).values_list("name", flat=True))


ROOMS = ("", "overview/", "settings/", "boards/", "boards/letters/", "applications/", "deputies/", "notices/")


@pytest.mark.parametrize("room", ROOMS)
def test_city_hall_is_for_officers_and_settings_and_deputies_for_the_mayor(world: World, room: str) -> None:
    for who in ("rita", "coco", "stan"):
        answer = _client(world, who).get(HALL + room)
        assert answer.status_code == 403
        assert "of this city" in answer.content.decode()
    assert Client().get(HALL + room).status_code == 302
    mayors_only = room in ("settings/", "deputies/")
    assert _client(world, "dan").get(HALL + room).status_code == (403 if mayors_only else 200)
    for who in ("mei", "ada"):
        assert _client(world, who).get(HALL + room).status_code == 200


def test_the_overview_says_what_waits_and_what_was_done(world: World) -> None:
    apply_to_city(world.hilltop, by=world.rita, statement="Please.")
    page = _client(world, "stan").get("/c/hilltop/hall/overview/").content.decode()
    assert "1 waits for a decision" in page
    assert "founded the city." in page


def test_the_mayor_changes_settings(world: World) -> None:
    typed = {
        "name": "石渡城",
        "description": "By the ferry",
        "category": world.category.pk,
        "seal": "渡",
        "ink": "plum",
    }
    choices = {"joining": "application", "posting": "members", "visibility": "public"}
    answer = _client(world, "mei").post(f"{HALL}settings/", typed | choices, follow=True)
    assert "The settings are changed." in answer.content.decode()
    city = City.objects.get(slug="stoneferry")
    assert (city.name, city.seal, city.ink, city.joining) == ("石渡城", "渡", "plum", "application")


def test_wrong_settings_come_back_and_the_head_of_the_page_stays_true(world: World) -> None:
    answer = _client(world, "mei").post(f"{HALL}settings/", {"name": "", "seal": "五個字太長"})
    assert answer.status_code == 422
    assert "石渡</a>" in answer.content.decode()


def test_an_officer_creates_and_changes_boards(world: World) -> None:
    client = _client(world, "dan")
    client.post(f"{HALL}boards/", {"name": "散步 Walks", "description": "On foot."})
    assert Board.objects.get(name="散步 Walks").slug == "散步-walks"
    typed = {"name": "Walks", "slug": "walks", "posting": "officers", "min_length": 5, "max_length": 900}
    client.post(f"{HALL}boards/散步-walks/", typed)
    board = Board.objects.get(slug="walks")
    assert (board.name, board.posting, board.min_length, board.max_length) == ("Walks", "officers", 5, 900)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": "Other", "slug": "letters", "min_length": 0, "max_length": 9}, "a board at this address already"),
        ({"name": "Other", "min_length": 9, "max_length": 5}, "cannot be shorter"),
    ],
)
def test_a_wrong_board_comes_back(world: World, typed: dict[str, object], words: str) -> None:
    answer = _client(world, "mei").post(f"{HALL}boards/general/", typed)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_boards_move_by_buttons_without_a_script(world: World) -> None:
    typed = {"board": world.letters.pk, "step": "up"}
    assert _client(world, "dan").post(f"{HALL}boards/order/", typed).status_code == 302
    assert _names(world) == ["Letters", "General"]


def test_boards_move_in_place_with_htmx(world: World) -> None:
    typed = {"board": world.letters.pk, "step": "up"}
    answer = _client(world, "dan").post(f"{HALL}boards/order/", typed, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert page.strip().startswith('<div id="board-order">')
    assert page.index("Letters") < page.index("General")
    assert "Letters has a new place." in answer.headers["HX-Trigger"]


def test_boards_take_an_order_that_was_dragged(world: World) -> None:
    other = Board.objects.get(city=world.hilltop)
    typed = {"order": f"{world.letters.pk},{other.pk},x,{world.general.pk}"}
    answer = _client(world, "dan").post(f"{HALL}boards/order/", typed, headers={"HX-Request": "true"})
    assert answer.content.decode().strip().startswith('<div id="board-order">')
    assert _names(world) == ["Letters", "General"]


def test_a_board_of_another_city_is_not_moved_here(world: World) -> None:
    other = Board.objects.get(city=world.hilltop)
    assert _client(world, "mei").post(f"{HALL}boards/order/", {"board": other.pk, "step": "up"}).status_code == 404


def test_an_application_shows_statement_and_record_and_is_accepted(world: World) -> None:
    application = apply_to_city(world.hilltop, by=world.coco, statement="I like hills.")
    client = _client(world, "stan")
    page = client.get("/c/hilltop/hall/applications/").content.decode()
    for words in ("I like hills.", "1 post", "citizen of 1 city"):
        assert words in page
    address = f"/c/hilltop/hall/applications/{application.pk}/"
    typed = {"decision": "accept", f"a{application.pk}-answer": "Welcome."}
    assert "Coco is a citizen now." in client.post(address, typed, follow=True).content.decode()
    assert Application.objects.get().answer == "Welcome."
    assert Membership.objects.filter(city=world.hilltop, user=world.coco).exists()


def test_the_second_officer_is_told_what_the_first_decided(world: World) -> None:
    application = apply_to_city(world.hilltop, by=world.coco, statement="I like hills.")
    decide_application(application, by=world.stan, accept=True)
    address = f"/c/hilltop/hall/applications/{application.pk}/"
    page = _client(world, "ada").post(address, {"decision": "refuse"}, follow=True).content.decode()
    assert "Somebody else decided first: Coco was admitted." in page


def test_an_application_of_another_city_is_not_found_here(world: World) -> None:
    application = apply_to_city(world.hilltop, by=world.coco, statement="I like hills.")
    assert _client(world, "mei").get(f"{HALL}applications/{application.pk}/").status_code == 404


@pytest.mark.parametrize("count", [1, 3, 50])
def test_the_list_of_applications_asks_little(world: World, django_assert_num_queries: Counting, count: int) -> None:
    for number in range(count):
        apply_to_city(world.hilltop, by=make_person(f"reader{number}"), statement="Please.")
    client = _client(world, "stan")
    with django_assert_num_queries(9):
        assert client.get("/c/hilltop/hall/applications/").status_code == 200


@pytest.mark.parametrize("name", ["coco", "Coco", "@coco", " COCO "])
def test_a_deputy_is_named_by_either_name(world: World, name: str) -> None:
    _client(world, "mei").post(f"{HALL}deputies/", {"person": name, "reason": "for the letters"})
    assert Membership.objects.get(city=world.stoneferry, user=world.coco).role == Membership.Role.DEPUTY
    assert Event.objects.get(kind="deputy.named", person=world.coco).reason == "for the letters"


@pytest.mark.parametrize(
    ("name", "words"),
    [("rita", "No citizen of this city"), ("mei", "is the mayor"), ("Twin", "Several citizens share this name")],
)
def test_who_cannot_be_named_deputy_is_said_at_the_field(world: World, name: str, words: str) -> None:
    for number in range(2):
        join_city(world.stoneferry, by=make_person(f"twin{number}", "Twin"))
    answer = _client(world, "mei").post(f"{HALL}deputies/", {"person": name})
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_dismissing_a_deputy_asks_for_a_reason_first(world: World) -> None:
    client = _client(world, "mei")
    assert "Dismiss Dan?" in client.get(f"{HALL}deputies/dismiss/?person=dan").content.decode()
    client.post(f"{HALL}deputies/dismiss/", {"person": "dan", "reason": "He asked."})
    assert Membership.objects.get(city=world.stoneferry, user=world.dan).role == Membership.Role.CITIZEN
    assert Event.objects.get(kind="deputy.dismissed").reason == "He asked."
    assert client.get(f"{HALL}deputies/dismiss/?person=dan").status_code == 404


def test_notices_are_posted_changed_and_ended(world: World) -> None:
    client = _client(world, "dan")
    end = (timezone.localtime() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    client.post(f"{HALL}notices/", {"title": "Fair", "body": "On *Sunday*.", "ends_at": end})
    notice = Notice.objects.get()
    assert notice.ends_at
    assert f'value="{end}"' in client.get(f"{HALL}notices/{notice.pk}/").content.decode()
    client.post(f"{HALL}notices/{notice.pk}/", {"title": "Fair", "body": "On Monday.", "ends_at": ""})
    notice.refresh_from_db()
    assert (notice.body, notice.ends_at) == ("On Monday.", None)
    assert "End the notice?" in client.get(f"{HALL}notices/{notice.pk}/end/").content.decode()
    client.post(f"{HALL}notices/{notice.pk}/end/", {"reason": "It rained."})
    notice.refresh_from_db()
    assert notice.ends_at


def test_a_wrong_notice_comes_back_with_what_was_typed(world: World) -> None:
    typed = {"title": "", "body": "Kept words", "ends_at": ""}
    answer = _client(world, "dan").post(f"{HALL}notices/", typed)
    assert answer.status_code == 422
    assert "Kept words" in answer.content.decode()


def test_a_notice_of_another_city_is_not_found_here(world: World) -> None:
    notice = post_notice(world.hilltop, by=world.stan, title="Elsewhere")
    assert _client(world, "mei").post(f"{HALL}notices/{notice.pk}/end/").status_code == 404
