"""Citizens, joining and leaving, applying."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from urllib.parse import urlsplit

import pytest
from django.test import Client

from forum.actions.applications import apply_to_city
from forum.actions.memberships import join_city
from forum.actions.moderation import hide_post
from forum.actions.posts import add_reply
from forum.models import Application, Membership
from forum.permissions.roles import Viewer
from forum.queries.memberships import officers_in_city
from tests.world import World, make_person

type Counting = Callable[[int], AbstractContextManager[object]]


def _client(world: World, who: str | None) -> Client:
    client = Client()
    if who:
        client.force_login(getattr(world, who))
    return client


def _is_citizen(world: World, who: str, city: str = "stoneferry") -> bool:
    return Membership.objects.filter(city__slug=city, user__username=who).exists()


def test_citizens_stand_with_office_and_posts(world: World) -> None:
    hide_post(world.reply, by=world.mei, reason="off topic")
    page = Client().get("/c/stoneferry/citizens/").content.decode()
    assert page.index("梅市長") < page.index("Dan") < page.index("Coco")
    assert page.count("1 post") == 1  # the hidden post does not count


def test_the_roll_goes_on_by_pages_without_repeating(world: World) -> None:
    for number in range(70):
        join_city(world.stoneferry, by=make_person(f"reader{number}"))
    first = Client().get("/c/stoneferry/citizens/").content.decode()
    assert "Reader69" in first
    assert "Reader5<" not in first
    older = Client().get(_link(first, "next")).content.decode()
    assert "Reader5<" in older
    assert "Reader69" not in older
    assert "Mayor and deputy mayors" not in older
    assert "Reader69" in Client().get(_link(older, "prev")).content.decode()


def _link(page: str, rel: str) -> str:
    before = page.split(f'rel="{rel}"', maxsplit=1)[0]
    return "/c/stoneferry/citizens/" + before.rsplit('href="', maxsplit=1)[1].split('"')[0].replace("&amp;", "&")


@pytest.mark.parametrize("count", [1, 3, 50])
@pytest.mark.parametrize(("who", "queries"), [(None, 6), ("mei", 8)])
def test_the_roll_asks_little(
    world: World, django_assert_num_queries: Counting, who: str | None, queries: int, count: int
) -> None:
    for number in range(count):
        join_city(world.stoneferry, by=make_person(f"reader{number}"))
    client = _client(world, who)
    with django_assert_num_queries(queries):
        assert client.get("/c/stoneferry/citizens/").status_code == 200


def test_a_member_joins_with_one_button(world: World) -> None:
    answer = _client(world, "rita").post("/c/stoneferry/join/", follow=True)
    assert "You are a citizen of 石渡 now." in answer.content.decode()
    assert _is_citizen(world, "rita")


def test_a_visitor_signs_in_first_and_then_finds_the_question(world: World) -> None:
    answer = Client().get("/c/stoneferry/join/")
    assert urlsplit(answer.headers["Location"]).path == "/accounts/login/"
    question = _client(world, "rita").get("/c/stoneferry/join/")
    assert "As a citizen you write here" in question.content.decode()
    assert not _is_citizen(world, "rita")
    assert _client(world, "coco").get("/c/stoneferry/join/").status_code == 302


def test_joining_a_city_by_application_is_refused_with_the_reason(world: World) -> None:
    answer = _client(world, "rita").post("/c/hilltop/join/")
    assert answer.status_code == 403
    assert "by application" in answer.content.decode()


def test_leaving_asks_first(world: World) -> None:
    client = _client(world, "coco")
    assert "What you wrote stays here." in client.get("/c/stoneferry/leave/").content.decode()
    assert _is_citizen(world, "coco")
    client.post("/c/stoneferry/leave/")
    assert not _is_citizen(world, "coco")


def test_the_mayor_is_told_why_they_cannot_leave(world: World) -> None:
    answer = _client(world, "mei").get("/c/stoneferry/leave/")
    assert answer.status_code == 403
    assert "The mayor cannot leave" in answer.content.decode()


def test_applying_sends_the_statement_once(world: World) -> None:
    client = _client(world, "rita")
    assert "Your statement" in client.get("/c/hilltop/apply/").content.decode()
    for _ in range(2):
        assert client.post("/c/hilltop/apply/", {"statement": "I like hills."}).status_code == 302
    assert Application.objects.get().statement == "I like hills."


def test_an_application_without_a_statement_comes_back(world: World) -> None:
    answer = _client(world, "rita").post("/c/hilltop/apply/", {"statement": ""})
    assert answer.status_code == 422
    assert "Say in a few words" in answer.content.decode()


def test_a_statement_too_long_is_kept_in_the_form(world: World) -> None:
    answer = _client(world, "rita").post("/c/hilltop/apply/", {"statement": "hills " * 400})
    assert answer.status_code == 422
    assert "hills hills" in answer.content.decode()


def test_an_applicant_may_withdraw(world: World) -> None:
    apply_to_city(world.hilltop, by=world.rita, statement="Please.")
    answer = _client(world, "rita").post("/c/hilltop/withdraw/", follow=True)
    assert "Your application is withdrawn." in answer.content.decode()
    assert Application.objects.get().state == Application.State.WITHDRAWN


def test_how_much_somebody_wrote_is_counted_at_once_unless_it_is_much(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def number() -> int:
        [coco] = [one for one in officers_in_city(Viewer(), world.stoneferry) if one.membership.user == world.coco]
        return coco.posts

    Membership.objects.filter(user=world.coco, city=world.stoneferry).update(role=Membership.Role.DEPUTY)
    numbers = [number()]
    for much in (100, 2):
        monkeypatch.setattr("forum.queries.memberships.MUCH", much)
        add_reply(world.thread, by=world.coco, body=f"Plank after plank, up to {much}.")
        numbers.append(number())
    add_reply(world.thread, by=world.coco, body="One more.")
    assert [*numbers, number()] == [1, 2, 3, 3]
