"""The pages of city life: roll call, guestbook, recommenders, notices, crest."""

import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from forum.actions.city_life import answer_roll, recommend_city, write_in_guestbook
from forum.actions.memberships import join_city
from forum.actions.notices import end_notice, post_notice
from forum.models import City, GuestbookEntry
from tests.clients import browser, text_of
from tests.world import World, make_person

type Counting = Callable[[int], AbstractContextManager[object]]


def _picture() -> SimpleUploadedFile:
    file = io.BytesIO()
    Image.new("RGB", (300, 200), "teal").save(file, "JPEG")
    return SimpleUploadedFile("../../crest.php", file.getvalue(), "text/html")


def test_the_calendar_shows_who_was_there_and_when(world: World) -> None:
    answer_roll(world.stoneferry, by=world.cai)
    coco = browser(world.coco)
    assert "Here!" in text_of(coco.get("/c/stoneferry/roll/"))
    answered = coco.post("/c/stoneferry/roll/answer/", follow=True)
    page = text_of(answered)
    assert "You are on today&#x27;s roll." in page
    assert "Here!" not in page
    assert "蔡渡" in page
    assert page.count("calendar__day--mine") == 1


@pytest.mark.parametrize("month", ["2026", "2026-13", "x", "9999-12", "2026-1", "1999-12"])
def test_a_month_that_is_none_is_not_found(world: World, month: str) -> None:
    assert browser().get("/c/stoneferry/roll/", {"month": month}).status_code == 404


def test_an_earlier_month_can_be_opened(world: World) -> None:
    answer_roll(world.stoneferry, by=world.coco, at=timezone.now() - timedelta(days=70))
    month = f"{timezone.localdate() - timedelta(days=70):%Y-%m}"
    page = text_of(browser(world.coco).get("/c/stoneferry/roll/", {"month": month}))
    assert page.count("calendar__day--mine") == 1


def test_a_line_is_left_and_an_empty_one_is_told_at_its_field(world: World) -> None:
    rita = browser(world.rita)
    wrong = rita.post("/c/stoneferry/guestbook/", {"body": " "})
    assert wrong.status_code == 422
    assert "Write something first." in text_of(wrong)
    page = text_of(rita.post("/c/stoneferry/guestbook/", {"body": "<b>Hello</b>\nfrom afar"}, follow=True))
    assert "&lt;b&gt;Hello&lt;/b&gt;<br>from afar" in page


def test_a_hidden_line_is_seen_by_its_author_and_officers_only(world: World) -> None:
    line = write_in_guestbook(world.stoneferry, by=world.rita, body="Buy my watches")
    browser(world.dan).post(f"/c/stoneferry/guestbook/{line.pk}/hide/", {"reason": "Advertising"})
    assert GuestbookEntry.objects.get().is_hidden
    for who, sees in ((None, False), (world.coco, False), (world.rita, True), (world.mei, True)):
        assert ("Buy my watches" in text_of(browser(who).get("/c/stoneferry/guestbook/"))) == sees


def test_a_line_written_while_signed_out_is_kept_for_after_signing_in(world: World) -> None:
    visitor = browser()
    answer = visitor.post("/c/stoneferry/guestbook/", {"body": "Kept words"})
    assert answer.status_code == 302
    visitor.force_login(world.rita)
    assert "Kept words" in text_of(visitor.get("/c/stoneferry/guestbook/"))


def test_a_city_is_recommended_from_its_front_page(world: World) -> None:
    rita = browser(world.rita)
    page = text_of(rita.post("/c/stoneferry/recommend/", follow=True))
    assert 'aria-pressed="true"' in page
    assert "1 recommendation" in page
    assert "Rita" in text_of(rita.get("/c/stoneferry/recommenders/"))
    assert 'aria-pressed="false"' in text_of(rita.post("/c/stoneferry/unrecommend/", follow=True))


def test_a_notice_has_a_page_and_stands_above_the_boards_until_it_ends(world: World) -> None:
    notice = post_notice(world.stoneferry, by=world.mei, title="The ferry rests", body="On *Sundays*.")
    page = text_of(browser().get(f"/c/stoneferry/notices/{notice.pk}/"))
    assert "<em>Sundays</em>" in page
    for place in ("/c/stoneferry/", "/c/stoneferry/b/general/"):
        assert f'href="/c/stoneferry/notices/{notice.pk}/"' in text_of(browser().get(place))
    end_notice(notice, by=world.mei, reason="Over")
    assert "The ferry rests" not in text_of(browser().get("/c/stoneferry/b/general/"))
    assert browser().get(f"/c/hilltop/notices/{notice.pk}/").status_code == 404


def test_a_crest_is_taken_shown_and_served_as_a_picture_only(world: World) -> None:
    mei = browser(world.mei)
    page = text_of(mei.post("/c/stoneferry/hall/crest/", {"crest": _picture()}, follow=True))
    address = City.objects.get(pk=world.stoneferry.pk).crest.url
    assert address in page
    answer = browser().get(address)
    assert answer.headers["Content-Type"] == "image/png"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    picture = Image.open(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    assert picture.size == (256, 256)
    assert address in text_of(browser().get("/cities/"))
    assert address not in text_of(mei.post("/c/stoneferry/hall/crest/", {"remove": "1"}, follow=True))


def test_a_crest_that_is_no_picture_is_refused_at_its_field(world: World) -> None:
    file = SimpleUploadedFile("crest.png", b"<svg onload=alert(1)>", "image/png")
    answer = browser(world.mei).post("/c/stoneferry/hall/crest/", {"crest": file})
    assert answer.status_code == 422
    assert "This is no picture we can read" in text_of(answer)
    assert not City.objects.get(pk=world.stoneferry.pk).crest


def test_the_directory_says_how_it_is_ordered(world: World) -> None:
    assert "each counts once" in text_of(browser().get("/cities/"))
    recommend_city(world.hilltop, by=world.rita)
    page = text_of(browser().get("/cities/?sort=recommended"))
    assert page.index("/c/hilltop/") < page.index("/c/stoneferry/")


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize(
    ("path", "queries"), [("roll/", 7), ("guestbook/", 5), ("recommenders/", 5), ("notices/", 5), ("b/general/", 9)]
)
def test_pages_of_city_life_ask_little(
    world: World, django_assert_num_queries: Counting, path: str, queries: int, count: int
) -> None:
    for number in range(count):
        person = make_person(f"p{number}")
        join_city(world.stoneferry, by=person)
        answer_roll(world.stoneferry, by=person)
        recommend_city(world.stoneferry, by=person)
        write_in_guestbook(world.stoneferry, by=person, body="Hello")
        post_notice(world.stoneferry, by=world.mei, title=f"Notice {number}")
    coco = browser(world.coco)
    with django_assert_num_queries(queries):
        assert coco.get(f"/c/stoneferry/{path}").status_code == 200
