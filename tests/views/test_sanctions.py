"""Sanctions in city hall and for the site: the list, imposing, lifting, and what the sanctioned see."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from forum.actions.sanctions import impose_sanction
from forum.models import City, Notification, Sanction
from forum.permissions.people import PARTS
from tests.clients import HTMX, browser, text_of
from tests.notifying.news import heard_by, tell_all
from tests.world import World, make_person

type Counting = Callable[..., AbstractContextManager[object]]

HALL = "/c/stoneferry/hall/sanctions/"
MUTE = {"person": "cai", "kind": "mute", "length": "7", "reason": "abuse", "words": "Three times."}


def mute(world: World, name: str = "cai", **more: object) -> Sanction:
    """Return a mute on the person in Stoneferry."""
    terms = {"by": world.mei, "person": getattr(world, name), "kind": "mute", "reason": "abuse", **more}
    return impose_sanction(world.stoneferry, **terms)


def test_the_form_shows_the_record_and_the_post_and_imposes(world: World) -> None:
    mei = browser(world.mei)
    page = text_of(mei.get(f"{HALL}new/?person=coco&post={world.reply.pk}"))
    for words in ("Record in this city", "1 post here", "No sanction so far.", "I crossed it."):
        assert words in page
    mei.post(f"{HALL}new/", {**MUTE, "person": "coco", "post": world.reply.pk})
    sanction = Sanction.objects.get()
    assert (sanction.person, sanction.kind, sanction.post) == (world.coco, "mute", world.reply)
    assert sanction.ends_at
    assert timedelta(days=6, hours=23) < sanction.ends_at - timezone.now() < timedelta(days=7)


def test_whom_it_concerns_is_asked_and_unknown_names_are_said(world: World) -> None:
    dan = browser(world.dan)
    assert "Whom does it concern?" in text_of(dan.get(f"{HALL}new/"))
    assert "Nobody has this name." in text_of(dan.get(f"{HALL}new/?person=nobody"))
    make_person("another", "Coco Chan")
    make_person("third", "Coco Chan")
    assert "Several people share this name" in text_of(dan.get(f"{HALL}new/?person=Coco Chan"))
    assert dan.post(f"{HALL}new/", {**MUTE, "person": "nobody"}).status_code == 404


@pytest.mark.parametrize("name", ["mei", "dan", "ada"])
def test_a_higher_officer_is_refused_with_a_sentence(world: World, name: str) -> None:
    dan = browser(world.dan)
    for answer in (dan.get(f"{HALL}new/?person={name}"), dan.post(f"{HALL}new/", {**MUTE, "person": name})):
        assert answer.status_code == 403
        assert ("same or a higher office" in text_of(answer)) or ("Nobody sanctions themselves" in text_of(answer))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"length": "date"}, "Name the day."),
        ({"length": "date", "until": "2020-01-01"}, "Choose a day to come."),
        ({"reason": "other", "words": ""}, "Say why in your words."),
        ({"reason": ""}, "This field is required."),
    ],
)
def test_a_wrong_form_comes_back_filled_in(world: World, wrong: dict[str, str], words: str) -> None:
    answer = browser(world.mei).post(f"{HALL}new/", {**MUTE, **wrong})
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert 'value="cai"' in text_of(answer)
    if "words" not in wrong:
        assert "Three times." in text_of(answer)


@pytest.mark.parametrize(("length", "days"), [("1", 1), ("3", 3), ("7", 7), ("30", 30), ("90", 90), ("good", None)])
def test_the_lengths(world: World, length: str, days: int | None) -> None:
    browser(world.mei).post(f"{HALL}new/", {**MUTE, "length": length})
    end = Sanction.objects.get().ends_at
    assert (end is None) if days is None else (end and (end - timezone.now()).days == days - 1)


def test_a_day_counts_to_its_end(world: World) -> None:
    day = timezone.localdate() + timedelta(days=2)
    browser(world.mei).post(f"{HALL}new/", {**MUTE, "length": "date", "until": day.isoformat()})
    end = Sanction.objects.get().ends_at
    assert end
    assert timezone.localtime(end).date() == day + timedelta(days=1)


def test_the_list_shows_what_is_in_force_and_all(world: World) -> None:
    before = timezone.now() - timedelta(days=9)
    mute(world, "coco", at=before, ends_at=before + timedelta(days=1), words="Long ago")
    mute(world, words="At present")
    dan = browser(world.dan)
    page = text_of(dan.get(HALL))
    assert "At present" in page
    assert "Long ago" not in page
    page = text_of(dan.get(f"{HALL}?show=all"))
    assert "Long ago" in page
    assert f"{HALL}{Sanction.objects.latest('pk').pk}/lift/" not in page  # imposed by the mayor


def test_lifting_asks_for_a_reason_in_a_dialog_or_on_a_page(world: World) -> None:
    sanction, mei = mute(world), browser(world.mei)
    address = f"{HALL}{sanction.pk}/lift/"
    assert "dialog__body" in text_of(mei.get(address, headers=HTMX))
    assert mei.post(address, {"reason": ""}).status_code == 422
    assert mei.post(address, {"reason": "Said sorry."})["Location"] == HALL
    sanction.refresh_from_db()
    assert sanction.lifted_by == world.mei


def test_a_sanction_of_another_city_is_not_found_here(world: World) -> None:
    sanction = impose_sanction(world.hilltop, by=world.stan, person=world.cai, kind="mute", reason="abuse")
    assert browser(world.mei).get(f"{HALL}{sanction.pk}/lift/").status_code == 404


def test_the_site_suspends_and_lifts(world: World) -> None:
    ada = browser(world.ada)
    assert "Suspend" in text_of(ada.get("/moderation/sanctions/new/?person=stan"))
    ada.post("/moderation/sanctions/new/", {"person": "stan", "length": "good", "reason": "spam"})
    sanction = Sanction.objects.get()
    assert (sanction.kind, sanction.city, sanction.ends_at) == ("suspension", None, None)
    assert "Stan" in text_of(ada.get("/moderation/sanctions/"))
    ada.post(f"/moderation/sanctions/{sanction.pk}/lift/", {"reason": "A mistake."})
    assert not Sanction.objects.in_force().exists()


def test_a_banner_stands_where_one_would_write_and_leads_to_the_decision(world: World) -> None:
    mute(world)
    cai = browser(world.cai)
    for address in (f"/t/{world.thread.pk}/", "/c/stoneferry/b/general/", "/c/stoneferry/"):
        page = text_of(cai.get(address))
        assert "You are muted in this city (Insults or threats)." in page, address
        assert "/me/decisions/" in page
    assert 'name="body"' not in text_of(cai.get(f"/t/{world.thread.pk}/"))


def test_the_banner_costs_no_query(world: World, django_assert_max_num_queries: Counting) -> None:
    assert connection.features.supports_json_field
    mute(world)
    cai = browser(world.cai)
    with django_assert_max_num_queries(10):
        cai.get(f"/t/{world.thread.pk}/")


def test_a_refused_reply_keeps_the_words_and_says_why(world: World) -> None:
    mute(world)
    answer = browser(world.cai).post(f"/t/{world.thread.pk}/replies/", {"body": "My words stay."})
    assert answer.status_code == 403
    assert "My words stay." in text_of(answer)
    assert "You are muted in this city" in text_of(answer)


def test_the_page_of_a_refusal_leads_to_the_decision(world: World) -> None:
    mute(world)
    answer = browser(world.cai).get("/c/stoneferry/b/general/threads/new/")
    assert answer.status_code == 403
    assert "how to appeal" in text_of(answer)


def test_who_is_banned_finds_a_closed_city_shut_with_the_reason_at_the_door(world: World) -> None:
    City.objects.filter(pk=world.stoneferry.pk).update(visibility=City.Visibility.CITIZENS)
    impose_sanction(world.stoneferry, by=world.mei, person=world.cai, kind="ban", reason="spam")
    cai = browser(world.cai)
    assert cai.get(f"/t/{world.thread.pk}/").status_code == 404
    assert "You are banned from this city" in text_of(cai.get("/c/stoneferry/"))


def test_who_is_suspended_cannot_change_what_others_read_of_them(world: World) -> None:
    impose_sanction(None, by=world.ada, person=world.rita, kind="suspension", reason="spam")
    audiences = dict.fromkeys((f"{part}_shown_to" for part in PARTS), "myself")
    words = {"display_name": "Buy planks", "about": "Cheap planks", "signature": "Planks!"}
    browser(world.rita).post("/me/profile/", {**words, **audiences})
    world.rita.refresh_from_db()
    assert (world.rita.display_name, world.rita.about, world.rita.signature) == ("Rita", "", "")
    assert world.rita.posts_shown_to == "myself"
    assert browser(world.rita).post("/me/profile/picture/", {"picture": "x"}).status_code == 403


def test_the_person_is_told_also_of_a_ban_from_a_closed_city(world: World) -> None:
    City.objects.filter(pk=world.stoneferry.pk).update(visibility=City.Visibility.CITIZENS)
    impose_sanction(
        world.stoneferry, by=world.mei, person=world.coco, kind="ban", reason="abuse", words="Rude.", post=world.reply
    )
    tell_all()
    assert "banned" in heard_by(world.coco)
    coco = browser(world.coco)
    page = text_of(coco.get("/me/notifications/"))
    assert "banned you from" in page
    assert "Reason: Rude." in page
    row = Notification.objects.get(user=world.coco, kind="banned")
    assert coco.get(f"/me/notifications/{row.pk}/")["Location"] == f"/me/decisions/?news={row.pk}"


def test_officers_find_the_way_from_a_post_and_from_a_person(world: World) -> None:
    new = "/c/stoneferry/hall/sanctions/new/?person=coco"
    assert new in text_of(browser(world.dan).get(f"/t/{world.thread.pk}/"))
    assert new in text_of(browser(world.dan).get("/u/coco/"))
    assert "hall/sanctions/new/" not in text_of(browser(world.dan).get("/u/mei/"))
    assert "hall/sanctions/new/" not in text_of(browser(world.cai).get("/u/coco/"))
    assert "/moderation/sanctions/new/?person=coco" in text_of(browser(world.ada).get("/u/coco/"))


@pytest.mark.parametrize("count", [1, 200])
def test_the_pages_ask_at_most_twelve_times(world: World, django_assert_max_num_queries: Counting, count: int) -> None:
    assert connection.features.supports_json_field
    people = [make_person(f"p{number}") for number in range(count)]
    Sanction.objects.bulk_create(
        Sanction(city=world.stoneferry, person=one, kind="mute", reason="spam", imposed_by=world.mei) for one in people
    )
    Sanction.objects.bulk_create(
        Sanction(city=world.stoneferry, person=world.cai, kind="warning", reason="spam", imposed_by=world.dan)
        for _ in range(count)
    )
    mei = browser(world.mei)
    for address in (HALL, f"{HALL}?show=all", f"{HALL}new/?person=cai"):
        with django_assert_max_num_queries(12):
            assert mei.get(address).status_code == 200


def test_a_day_beyond_the_calendar_is_said_at_its_field(world: World) -> None:
    answer = browser(world.mei).post(f"{HALL}new/", MUTE | {"length": "date", "until": "9999-12-31"})
    assert answer.status_code == 422
    assert 'id="id_until_error"' in text_of(answer)
