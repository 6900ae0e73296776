"""Pictures for texts: uploading them, what shows them, and letting go of them."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from accounts.pictures import Picture
from forum.actions.attachments import delete_image, describe_image, sweep_images, upload_image
from forum.actions.conversations import leave_conversation, start_conversation
from forum.actions.drafts import save_draft
from forum.actions.erasing import erase_revision
from forum.actions.message_reports import decide_message_report, report_message
from forum.actions.moderation import hide_post
from forum.actions.notices import post_notice
from forum.actions.posts import add_reply, edit_post
from forum.actions.reports import file_report
from forum.actions.sanctions import impose_sanction
from forum.models import Attachment, City, Placing
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import Forbidden
from forum.queries.attachments import is_seen_by, own_image_of, room_of
from tests.permissions.pictured import png
from tests.world import World

LATER = timedelta(days=31)


def uploaded(by: User, colour: str = "red", **more: object) -> Attachment:
    return upload_image(Picture(png(colour), "png", 4, 3), by=by, **more)  # type: ignore[arg-type]


def seen_by(attachment: Attachment, *people: User | None) -> list[bool]:
    return [is_seen_by(Viewer.of(person), attachment) for person in people]


def test_a_picture_is_named_by_its_owner_content_and_size(world: World) -> None:
    picture = uploaded(world.cai, alt="  A plank\n of wood ")
    assert picture.name.endswith("-4x3.png")
    assert (picture.alt, picture.width, picture.height, picture.bytes) == ("A plank of wood", 4, 3, len(png()))
    with default_storage.open(picture.path) as file:
        assert file.read() == png()
    assert picture.markdown == f"![A plank of wood](/media/images/{picture.name})"
    assert uploaded(world.coco).name != picture.name


def test_words_of_a_description_are_words_in_the_text_too(world: World) -> None:
    picture = uploaded(world.cai, alt="[A] *plank* ](x")
    post = add_reply(world.thread, by=world.cai, body=picture.markdown)
    assert 'alt="[A] *plank* ](x"' in post.html


def test_the_same_picture_again_is_the_same_and_fresh(world: World) -> None:
    first = uploaded(world.cai, alt="A plank", at=timezone.now() - LATER)
    again = uploaded(world.cai)
    assert (again.pk, again.alt) == (first.pk, "A plank")
    assert again.created_at > first.created_at


def test_a_file_that_was_written_half_is_written_anew(world: World) -> None:
    picture = uploaded(world.cai)
    path = default_storage.path(picture.path)
    with open(path, "wb") as file:
        file.write(b"half")
    uploaded(world.cai)
    with open(path, "rb") as file:
        assert file.read() == png()


def test_room_is_counted_for_each_person(world: World, settings: Settings) -> None:
    settings.IMAGE_QUOTA = len(png()) + len(png("blue"))
    uploaded(world.cai)
    uploaded(world.cai, "blue")
    with pytest.raises(ValidationError, match="no room for this one"):
        uploaded(world.cai, "green")
    uploaded(world.cai)
    uploaded(world.coco, "green")
    assert (room_of(world.cai).left, room_of(world.cai).share) == (0, 100)
    assert room_of(world.coco).used == len(png("green"))


def test_who_is_suspended_uploads_nothing(world: World) -> None:
    impose_sanction(None, by=world.ada, person=world.cai, kind="suspension", reason="spam", words="No.")
    with pytest.raises(Forbidden, match="suspended"):
        uploaded(world.cai)


def test_only_its_owner_sees_a_picture_until_a_text_shows_it(world: World) -> None:
    picture = uploaded(world.cai)
    assert seen_by(picture, world.cai, world.coco, world.ada, None) == [True, False, False, False]
    add_reply(world.thread, by=world.cai, body=f"Look: {picture.markdown}")
    assert seen_by(picture, world.cai, world.coco, world.ada, None) == [True, True, True, True]


def test_a_picture_in_a_hidden_post_or_a_closed_city_is_for_who_may_read_it(world: World) -> None:
    picture = uploaded(world.coco)
    post = add_reply(world.thread, by=world.coco, body=picture.markdown)
    hide_post(post, by=world.mei, reason="Rude")
    assert seen_by(picture, world.coco, world.cai, world.mei, world.rita, None) == [True, False, True, False, False]
    other = uploaded(world.cai, "blue")
    City.objects.filter(pk=world.stoneferry.pk).update(visibility=City.Visibility.CITIZENS)
    add_reply(world.thread, by=world.cai, body=other.markdown)
    assert seen_by(other, world.coco, world.rita, world.stan, None) == [True, False, False, False]


def test_knowing_the_name_of_a_picture_opens_it_to_nobody(world: World) -> None:
    City.objects.filter(pk=world.stoneferry.pk).update(visibility=City.Visibility.CITIZENS)
    picture = uploaded(world.cai)
    add_reply(world.thread, by=world.cai, body=picture.markdown)
    City.objects.filter(pk=world.hilltop.pk).update(visibility=City.Visibility.PUBLIC)
    post_notice(world.hilltop, by=world.stan, title="Stolen", body=picture.markdown)
    assert seen_by(picture, world.stan, None) == [False, False]


def test_a_quoted_picture_and_one_in_an_earlier_version_stay_seen(world: World) -> None:
    picture = uploaded(world.cai)
    post = add_reply(world.thread, by=world.cai, body=picture.markdown)
    quote = add_reply(world.thread, by=world.coco, body=f"> {picture.markdown}")
    edit_post(post, by=world.cai, base=1, body="Taken out.")
    assert Placing.objects.filter(attachment=picture).count() == 2
    assert seen_by(picture, None) == [True]
    hide_post(quote, by=world.mei, reason="Rude")
    assert seen_by(picture, None) == [True]


def test_a_notice_shows_its_pictures_to_whom_it_is_for(world: World) -> None:
    picture = uploaded(world.mei)
    post_notice(world.stoneferry, by=world.mei, title="The ferry", body=picture.markdown)
    assert seen_by(picture, world.rita, None) == [True, True]


def test_a_picture_in_a_message_is_for_the_conversation_and_for_whom_it_is_reported_to(world: World) -> None:
    picture = uploaded(world.cai)
    talk = start_conversation(by=world.cai, people=[world.coco], body=picture.markdown)
    assert seen_by(picture, world.coco, world.dan, world.ada, None) == [True, False, False, False]
    report_message(talk.messages.get(), by=world.coco, reason="abuse", words="Rude.")
    assert seen_by(picture, world.ada, world.dan, None) == [True, False, False]
    leave_conversation(talk, by=world.coco)
    assert seen_by(picture, world.coco) == [False]


def test_what_is_erased_shows_its_pictures_no_longer(world: World) -> None:
    picture = uploaded(world.coco)
    post = add_reply(world.thread, by=world.coco, body=picture.markdown)
    hide_post(post, by=world.mei, reason="Private")
    erase_revision(post.revisions.get(number=1), by=world.ada, reason="Private")
    assert seen_by(picture, world.mei, world.ada, world.coco) == [False, False, True]


def test_only_its_owner_describes_a_picture(world: World) -> None:
    picture = uploaded(world.cai)
    assert describe_image(picture, by=world.cai, alt="Three planks").alt == "Three planks"
    with pytest.raises(Forbidden, match="Only who uploaded"):
        describe_image(picture, by=world.ada, alt="Mine")


def test_a_picture_goes_with_its_file_when_no_text_of_its_owner_shows_it(world: World) -> None:
    picture = uploaded(world.cai)
    post = add_reply(world.thread, by=world.cai, body=picture.markdown)
    add_reply(world.thread, by=world.coco, body=f"> {picture.markdown}")
    with pytest.raises(ValidationError, match="Take it out of them first"):
        delete_image(picture, by=world.cai)
    edit_post(post, by=world.cai, base=1, body="Taken out.")
    with pytest.raises(Forbidden):
        delete_image(picture, by=world.coco)
    path = picture.path
    delete_image(picture, by=world.cai)
    assert not Attachment.objects.exists()
    assert not default_storage.exists(path)


def test_a_reported_picture_stays_until_that_is_decided(world: World) -> None:
    picture = uploaded(world.coco)
    post = add_reply(world.thread, by=world.coco, body=picture.markdown)
    file_report(by=world.cai, reason="abuse", words="Rude.", post=post)
    edit_post(post, by=world.coco, base=1, body="Taken out.")
    assert not own_image_of(picture).may_go
    with pytest.raises(ValidationError, match="reported"):
        delete_image(picture, by=world.coco)


def test_a_picture_in_a_reported_message_stays_until_that_is_decided(world: World) -> None:
    picture = uploaded(world.cai)
    talk = start_conversation(by=world.cai, people=[world.coco], body=picture.markdown)
    report = report_message(talk.messages.get(), by=world.coco, reason="abuse")
    with pytest.raises(ValidationError, match="reported"):
        delete_image(picture, by=world.cai)
    decide_message_report(report, by=world.ada, decision="uphold", answer="It was rude.")
    delete_image(picture, by=world.cai)
    assert not Attachment.objects.exists()


def test_pictures_that_nothing_shows_are_swept_after_a_month(world: World) -> None:
    shown, drafted, unused = (uploaded(world.cai, colour) for colour in ("red", "blue", "green"))
    post = add_reply(world.thread, by=world.cai, body=shown.markdown)
    edit_post(post, by=world.cai, base=1, body="Only an earlier version shows it.")
    save_draft(world.thread, by=world.cai, body=drafted.markdown, submission=uuid4())
    assert sweep_images() == 0
    assert sweep_images(timezone.now() + LATER) == 1
    assert sweep_images(timezone.now() + LATER) == 0
    assert set(Attachment.objects.all()) == {shown, drafted}
    assert [default_storage.exists(one.path) for one in (shown, drafted, unused)] == [True, True, False]
