"""Pictures for texts, as a browser meets them: uploaded, shown, described, deleted, refused."""

import io
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.pictures import Picture
from accounts.uploads import LARGEST_FORM
from forum.actions.attachments import upload_image
from forum.actions.moderation import hide_post
from forum.actions.posts import add_reply
from forum.models import Attachment, Post
from tests.clients import HTMX, browser, text_of
from tests.permissions.pictured import png
from tests.world import World


def _file(data: bytes | None = None, name: str = "plank.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, png() if data is None else data, "image/png")


def _shown(by: User, thread: Any, colour: str = "red") -> tuple[Attachment, Post]:
    picture = upload_image(Picture(png(colour), "png", 4, 3), by=by, alt="A plank")
    return picture, add_reply(thread, by=by, body=picture.markdown)


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_a_picture_is_uploaded_from_its_page_and_leads_to_its_line(world: World) -> None:
    cai = browser(world.cai)
    answer = cai.post("/me/images/", {"image": _file(), "alt": "A plank"}, follow=True)
    picture = Attachment.objects.get()
    assert answer.redirect_chain == [(f"/me/images/{picture.pk}/", 302)]
    assert f"![A plank](/media/images/{picture.name})" in text_of(answer)
    listed = text_of(cai.get("/me/images/"))
    assert picture.name in listed
    assert "of 200.0\xa0MB used" in listed


def test_an_editor_gets_the_picture_alone_and_asks_what_it_shows(world: World) -> None:
    cai = browser(world.cai)
    answer = cai.post("/me/images/", {"image": _file()}, headers=HTMX)
    picture = Attachment.objects.get()
    assert answer.status_code == 201
    assert f'data-markdown="{picture.markdown}"' in text_of(answer)
    assert "<html" not in text_of(answer)
    answer = cai.post(f"/me/images/{picture.pk}/", {"alt": 'A "plank"'}, headers=HTMX)
    assert 'data-markdown="![A &quot;plank&quot;]' in text_of(answer)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "This is no picture we can read."),
        (png()[:30], "This is no picture we can read."),
        (b"", "The file is empty."),
        (b"x" * 10_000_001, "The file is too large: at most 10 MB."),
    ],
    ids=["drawing", "cut off", "empty", "large"],
)
def test_what_is_no_picture_is_refused_in_words(world: World, data: bytes, words: str) -> None:
    cai = browser(world.cai)
    for headers in ({}, HTMX):
        answer = cai.post("/me/images/", {"image": _file(data), "alt": "A plank"}, headers=headers)
        assert answer.status_code == 422
        assert words in text_of(answer)
    assert not Attachment.objects.exists()
    assert 'value="A plank"' in text_of(cai.post("/me/images/", {"image": _file(data), "alt": "A plank"}))


def test_more_than_any_form_may_hold_is_refused_unread(world: World) -> None:
    cai = browser(world.cai)
    answer = cai.post("/me/images/", {"image": _file(b"x" * (LARGEST_FORM + 1))})
    assert answer.status_code == 413


def test_what_is_sent_cannot_run(world: World) -> None:
    picture, _post = _shown(world.cai, world.thread)
    answer = browser().get(f"/media/images/{picture.name}")
    assert b"".join(answer) == png()
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert "immutable" in answer.headers["Cache-Control"]
    assert "private" in answer.headers["Cache-Control"]
    assert (
        "Content-Encoding"
        not in browser().get(f"/media/images/{picture.name}", headers={"Accept-Encoding": "gzip"}).headers
    )


def test_a_picture_for_some_is_asked_for_every_time(world: World) -> None:
    picture, post = _shown(world.cai, world.thread)
    address = f"/media/images/{picture.name}"
    hide_post(post, by=world.mei, reason="Private")
    assert browser().get(address).status_code == 404
    assert browser(world.coco).get(address).status_code == 404
    mei = browser(world.mei)
    answer = mei.get(address)
    assert answer.headers["Cache-Control"] == "private, no-cache"
    again = mei.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert browser().get(address, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 404


def test_a_picture_whose_file_is_gone_is_not_there(world: World) -> None:
    picture, _post = _shown(world.cai, world.thread)
    default_storage.delete(picture.path)
    assert browser().get(f"/media/images/{picture.name}").status_code == 404


def test_other_names_lead_nowhere(world: World) -> None:
    picture, _post = _shown(world.cai, world.thread)
    for name in ("0" * 32 + "-4x3.png", picture.name.replace("-4x3", "-4x4"), picture.name[:-4], "../secret_key"):
        assert browser(world.cai).get(f"/media/images/{name}").status_code == 404


def test_sending_a_picture_asks_little_however_many_texts_show_it(world: World) -> None:
    picture, _post = _shown(world.cai, world.thread)
    address = f"/media/images/{picture.name}"
    assert _queries(browser(), address) == 2
    for _number in range(60):
        add_reply(world.thread, by=world.coco, body=f"> {picture.markdown}")
    assert _queries(browser(), address) == 2
    assert _queries(browser(world.rita), address) <= 4
    Post.objects.filter(number__gt=3).update(is_hidden=True)
    assert _queries(browser(), address) == 3


def test_my_pictures_ask_little_however_many_there_are(world: World) -> None:
    cai = browser(world.cai)
    upload_image(Picture(png(), "png", 4, 3), by=world.cai)
    cai.get("/me/images/")  # from the second page on a session comes with its person
    few = _queries(cai, "/me/images/")
    for number in range(40):
        Attachment.objects.create(owner=world.cai, name=f"{number:032x}-4x3.png", width=4, height=3, bytes=9)
    assert _queries(cai, "/me/images/") == few <= 9
    assert "after=" in text_of(cai.get("/me/images/"))


def test_deleting_asks_first_and_says_what_keeps_it(world: World) -> None:
    picture, post = _shown(world.cai, world.thread)
    cai, address = browser(world.cai), f"/me/images/{picture.pk}/delete/"
    assert "Take it out of them first" in text_of(cai.get(address))
    answer = cai.post(address)
    assert answer.status_code == 422
    assert f"/p/{post.pk}/" in text_of(answer)
    spare = upload_image(Picture(png("blue"), "png", 4, 3), by=world.cai)
    assert "Delete it" in text_of(cai.get(f"/me/images/{spare.pk}/delete/", headers=HTMX))
    assert cai.post(f"/me/images/{spare.pk}/delete/").headers["Location"] == "/me/images/"
    assert list(Attachment.objects.all()) == [picture]


def test_a_page_keeps_the_place_of_a_picture(world: World) -> None:
    _picture, post = _shown(world.cai, world.thread)
    assert 'width="4"' in post.html
    assert 'height="3"' in post.html


def test_a_file_is_kept_under_a_name_of_its_own(world: World) -> None:
    data = io.BytesIO(png())
    browser(world.cai).post("/me/images/", {"image": _file(data.getvalue(), "../../etc/passwd.svg")})
    assert Attachment.objects.get().name.endswith("-4x3.png")


def test_a_feed_says_where_the_pictures_in_its_texts_are(world: World) -> None:
    picture, _post = _shown(world.cai, world.thread)
    feed = text_of(browser().get(f"/feeds/t/{world.thread.pk}/"))
    assert f'xml:base="http://testserver/t/{world.thread.pk}/"' in feed
    assert f"/media/images/{picture.name}" in feed
