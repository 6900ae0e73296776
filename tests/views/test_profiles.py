"""My profile, and what of it others see."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from PIL import Image
from pytest_django import Settings

from accounts.models import User
from forum.actions.digests import create_digest
from forum.actions.moderation import hide_post
from forum.actions.posts import add_reply
from forum.actions.profiles import change_profile, set_picture
from forum.actions.recommendations import recommend_post
from forum.models import Event
from forum.permissions.people import PARTS
from tests.clients import browser, text_of
from tests.world import World

RED = io.BytesIO()
Image.new("RGB", (600, 400), "red").save(RED, "PNG")
AUDIENCES = dict.fromkeys((f"{part}_shown_to" for part in PARTS), "everybody")


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def test_profile_is_for_who_signed_in(world: World) -> None:
    for path in ("/me/profile/", "/me/profile/picture/"):
        assert browser().get(path)["Location"] == f"/accounts/login/?next={path}"


def test_what_others_read_of_me_is_stored(world: World) -> None:
    client = browser(world.rita)
    words = {"display_name": " Rita   里塔 ", "about": "I only read.", "signature": "Slowly,  but surely."}
    assert client.post("/me/profile/", {**words, **AUDIENCES, "digests_shown_to": "members"}).status_code == 302
    rita = User.objects.get(pk=world.rita.pk)
    assert (rita.display_name, rita.about, rita.signature) == ("Rita 里塔", "I only read.", "Slowly, but surely.")
    assert (rita.digests_shown_to, rita.posts_shown_to) == ("members", "everybody")
    renamed = Event.objects.get(kind="profile.renamed")
    assert (renamed.actor, renamed.data) == (world.rita, {"old": "Rita"})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("display_name", "Coco"),
        ("display_name", "Ri\u200dta"),
        ("about", "x" * 1001),
        ("signature", "x" * 201),
        ("signature", "abc\u202edef"),
        ("posts_shown_to", "friends"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_keeps_what_was_typed(world: World, name: str, value: str) -> None:
    answer = browser(world.rita).post("/me/profile/", {"display_name": "Rita", **AUDIENCES, name: value})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {name}
    assert User.objects.get(pk=world.rita.pk).name == "Rita"


def test_picture_stands_wherever_the_name_does(world: World) -> None:
    upload = SimpleUploadedFile("me.png", RED.getvalue())
    assert browser(world.coco).post("/me/profile/picture/", {"picture": upload}).status_code == 302
    address = f"/media/avatars/{User.objects.get(pk=world.coco.pk).avatar}.png"
    recommend_post(world.opener, by=world.coco)
    for path in ("/u/coco/", f"/t/{world.thread.pk}/", "/c/stoneferry/", "/c/stoneferry/citizens/"):
        assert address in text_of(browser().get(path)), path
    answer = browser().get(address)
    assert (answer["Content-Type"], answer["Content-Security-Policy"]) == ("image/png", "default-src 'none'; sandbox")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "immutable" in answer["Cache-Control"]


def test_picture_that_is_none_is_refused_in_clear_words(world: World) -> None:
    upload = SimpleUploadedFile("me.png", b"<svg onload='alert(1)'>")
    answer = browser(world.coco).post("/me/profile/picture/", {"picture": upload})
    assert answer.status_code == 422
    assert "This is no picture we can read." in text_of(answer)
    assert "Choose a picture first." in text_of(browser(world.coco).post("/me/profile/picture/"))


def test_picture_can_be_given_up(world: World, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        name = set_picture(world.coco, by=world.coco, picture=b"one").avatar
        set_picture(world.cai, by=world.cai, picture=b"one")
    assert browser().get(f"/media/avatars/{name}.png").status_code == 200
    for person, status in ((world.coco, 200), (world.cai, 404)):  # two had the same
        with django_capture_on_commit_callbacks(execute=True):
            browser(person).post("/me/profile/picture/", {"remove": "1"})
        assert browser().get(f"/media/avatars/{name}.png").status_code == status


def test_signature_stands_under_posts_as_plain_text_for_who_wants_to_read_it(world: World) -> None:
    change_profile(world.coco, by=world.coco, signature="https://example.org <b>Planks</b>")
    User.objects.filter(pk=world.dan.pk).update(shows_signatures=False)
    path, quiet = f"/t/{world.thread.pk}/", "https://example.org &lt;b&gt;Planks&lt;/b&gt;"
    assert f"<bdi>{quiet}</bdi>" in text_of(browser().get(path))
    assert quiet in text_of(browser(world.mei).get(path))
    assert quiet not in text_of(browser(world.dan).get(path))
    for other in (f"/t/{world.thread.pk}/print/", f"/p/{world.reply.pk}/print/", f"/feeds/t/{world.thread.pk}/"):
        assert "Planks" not in text_of(browser().get(other)), other


SECRETS = {"cities": 'class="citylist', "posts": "I crossed it.", "digests": "Rivers"}


@pytest.mark.parametrize("part", SECRETS)
@pytest.mark.parametrize(
    ("audience", "seen"),
    [
        ("everybody", {"visitor": True, "rita": True, "coco": True}),
        ("members", {"visitor": False, "rita": True, "coco": True}),
        ("myself", {"visitor": False, "rita": False, "coco": True}),
    ],
)
def test_each_part_is_shown_to_whom_its_person_chose(
    world: World, part: str, audience: str, seen: dict[str, bool]
) -> None:
    create_digest(by=world.coco, title="Rivers", is_public=True)
    change_profile(world.coco, by=world.coco, **{f"{part}_shown_to": audience})
    secret = SECRETS[part]
    people = {"visitor": None, "rita": world.rita, "coco": world.coco}
    assert {who: secret in text_of(browser(one).get("/u/coco/")) for who, one in people.items()} == seen
    if part == "digests":
        found = {who: browser(one).get("/u/coco/digests/rivers/").status_code == 200 for who, one in people.items()}
        assert found == seen
    if part == "posts":
        assert (browser().get("/feeds/u/coco/").status_code == 200) == seen["visitor"]


def test_recommendations_given_and_received_are_listed(world: World) -> None:
    recommend_post(world.opener, by=world.coco)
    recommend_post(world.reply, by=world.dan)
    given = text_of(browser().get("/u/coco/recommendations/"))
    assert "The bridge 橋" in given
    assert "三塊板" in given
    received = text_of(browser().get("/u/coco/recommendations/?of=received"))
    assert "I crossed it." in received
    hide_post(world.reply, by=world.mei, reason="Rude")
    assert "I crossed it." not in text_of(browser().get("/u/coco/recommendations/?of=received"))
    assert "I crossed it." not in text_of(browser().get("/u/dan/recommendations/"))


def test_recommendations_are_shown_to_whom_their_person_chose(world: World) -> None:
    change_profile(world.coco, by=world.coco, recommendations_shown_to="members")
    assert [browser(one).get("/u/coco/recommendations/").status_code for one in (None, world.rita)] == [404, 200]
    assert "recommendations/" not in text_of(browser().get("/u/coco/"))


@pytest.mark.parametrize("count", [1, 50])
@pytest.mark.parametrize("of", ["given", "received"])
def test_lists_of_recommendations_take_few_queries(
    world: World, django_assert_max_num_queries: Any, count: int, of: str
) -> None:
    for number in range(count):
        recommend_post(add_reply(world.thread, by=world.cai, body=f"Words of {number}."), by=world.coco)
    person = "coco" if of == "given" else "cai"
    client = browser(world.rita)
    with django_assert_max_num_queries(5):
        assert client.get(f"/u/{person}/recommendations/?of={of}").status_code == 200


def test_officers_see_whom_they_may_sanction_though_the_cities_are_not_shown(world: World) -> None:
    change_profile(world.dan, by=world.dan, cities_shown_to="myself")
    assert "Sanction in 石渡" in text_of(browser(world.mei).get("/u/dan/"))
    change_profile(world.mei, by=world.mei, cities_shown_to="myself")
    assert "Sanction in 石渡" not in text_of(browser(world.dan).get("/u/mei/"))


def test_nobody_is_shown_by_a_picture_whose_name_is_gone(world: World) -> None:
    person = User(username="coco", display_name="Coco", avatar="0" * 32, farewell=User.Farewell.FORMER)
    shown = render_to_string("components/_avatar.html", {"person": person})
    assert "<img" not in shown
    assert ">F</span>" in shown


def test_a_signature_is_no_part_of_the_text_that_is_found(world: World) -> None:
    change_profile(world.coco, by=world.coco, signature="Zeppelin")
    found = f"/p/{world.reply.pk}/"
    assert found not in text_of(browser().get("/search/?q=Zeppelin"))
    assert found in text_of(browser().get("/search/?q=crossed"))
