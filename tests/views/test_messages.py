"""Private messages as a browser meets them: the list, a conversation, writing without loss, leaving, reports."""

from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from forum.actions.conversations import add_people, start_conversation
from forum.actions.message_reports import report_message
from forum.actions.messages import send_message
from forum.models import Block, Conversation, Draft, Message, MessageReport, Notification, Participant
from tests.clients import HTMX, browser, text_of
from tests.notifying.news import tell_all
from tests.world import World, make_person

NEW = "/me/messages/new/"


@pytest.fixture
def coco(world: World) -> Client:
    return browser(world.coco)


@pytest.fixture
def talk(world: World) -> Conversation:
    """Cai writes to Coco and Dan about planks."""
    return start_conversation(by=world.cai, people=[world.coco, world.dan], subject="Planks 板", body="How many? 幾塊?")


def test_one_writes_to_somebody_from_their_page(world: World, coco: Client) -> None:
    assert f'href="{NEW}?to=cai"' in text_of(coco.get("/u/cai/"))
    form = text_of(coco.get(f"{NEW}?to=cai"))
    assert 'value="cai"' in form
    answer = coco.post(NEW, {"to": "cai", "body": "**Hello** 你好", "submission": uuid4()}, follow=True)
    page = text_of(answer)
    assert "<strong>Hello</strong>" in page
    assert "Your message is sent." in page
    assert {one.user for one in Participant.objects.all()} == {world.cai, world.coco}


def test_several_people_are_named_as_one_sees_or_types_them(world: World, coco: Client) -> None:
    coco.post(NEW, {"to": "@CAI、梅市長，dan", "title": "Planks", "body": "All of you."})
    conversation = Conversation.objects.get()
    assert conversation.subject == "Planks"
    assert {one.user.username for one in conversation.participants.all()} == {"cai", "mei", "dan", "coco"}


def test_a_name_that_means_nobody_or_two_people_is_told_at_the_field_and_nothing_is_lost(
    world: World, coco: Client
) -> None:
    make_person("twin1", "Twin")
    make_person("twin2", "Twin")
    answer = coco.post(NEW, {"to": "cai, nobody here, twin", "body": "Typed for an hour."})
    page = text_of(answer)
    assert answer.status_code == 422
    assert "called nobody here" in page
    assert "called twin" in page
    assert "Typed for an hour.</textarea>" in page
    assert not Conversation.objects.exists()
    assert Draft.objects.get().body == "Typed for an hour."


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_sending_twice_makes_one_message(world: World, coco: Client, headers: dict[str, str]) -> None:
    fields = {"to": "cai", "body": "Once.", "submission": str(uuid4())}
    first, second = (coco.post(NEW, fields, headers=headers) for _twice in range(2))
    assert Message.objects.count() == 1
    where = "HX-Redirect" if headers else "Location"
    assert first[where] == second[where]
    again = {"body": "Twice?", "submission": str(uuid4())}
    for _twice in range(2):
        coco.post(f"/me/messages/{Conversation.objects.get().pk}/write/", again, headers=headers)
    assert Message.objects.count() == 2


def test_pages_are_private_and_nothing_stores_them(world: World, talk: Conversation, coco: Client) -> None:
    for address in ("", "new/", f"{talk.pk}/", f"{talk.pk}/write/", f"{talk.pk}/print/", f"{talk.pk}/leave/"):
        answer = coco.get(f"/me/messages/{address}")
        assert answer.status_code == 200, address
        assert answer["Cache-Control"] == "private, no-store", address


def test_nobody_else_finds_anything(world: World, talk: Conversation) -> None:
    for person in (world.rita, world.mei, world.ada, world.stan):
        other = browser(person)
        for address in ("", "?page=1", "write/", "print/", "leave/", "people/", "1/report/"):
            assert other.get(f"/me/messages/{talk.pk}/{address}").status_code == 404, address
        for address in ("write/", "leave/", "people/", "1/report/"):
            assert other.post(f"/me/messages/{talk.pk}/{address}", {"body": "x"}).status_code == 404, address
        assert "Planks" not in text_of(other.get("/me/messages/"))


def test_unread_messages_are_marked_until_they_are_seen(world: World, talk: Conversation, coco: Client) -> None:
    send_message(talk, by=world.cai, body="Three, I think.")
    page = text_of(coco.get("/me/messages/"))
    assert "2 new messages" in page
    assert f"/me/messages/{talk.pk}/?page=1#m1" in page
    tell_all()
    assert Notification.objects.filter(user=world.coco, kind="message", read_at=None).count() == 2
    # As a browser fetches it ahead, or for a text with ![](/me/messages/1/).
    for unseen in ({"Sec-Purpose": "prefetch"}, {"Sec-Fetch-Dest": "image"}):
        coco.get(f"/me/messages/{talk.pk}/", headers=unseen)
    assert "2 new messages" in text_of(coco.get("/me/messages/"))
    coco.get(f"/me/messages/{talk.pk}/")
    assert "new messages" not in text_of(coco.get("/me/messages/"))
    assert not Notification.objects.filter(user=world.coco, read_at=None, kind="message").exists()
    assert "2 new messages" in text_of(browser(world.dan).get("/me/messages/"))


def test_a_long_conversation_opens_where_reading_goes_on(world: World, talk: Conversation, coco: Client) -> None:
    User.objects.filter(pk=world.cai.pk).update(date_joined="2020-01-01T00:00:00Z")
    world.cai.refresh_from_db()
    coco.get(f"/me/messages/{talk.pk}/")
    for number in range(2, 44):
        send_message(talk, by=world.cai, body=f"Plank {number}.")
    page = text_of(coco.get(f"/me/messages/{talk.pk}/"))
    assert 'id="m20"' in page
    assert 'id="m21"' not in page
    assert page.index("New from here on") < page.index('id="m2"')
    assert f"/me/messages/{talk.pk}/?page=2#m21" in text_of(coco.get("/me/messages/"))
    assert 'id="m43"' in text_of(coco.get(f"/me/messages/{talk.pk}/?page=3"))
    assert 'id="m43"' in text_of(coco.get(f"/me/messages/{talk.pk}/"))
    assert coco.get(f"/me/messages/{talk.pk}/?page=4").status_code == 404


def test_what_was_typed_survives_preview_refusal_and_a_lost_session(
    world: World, talk: Conversation, coco: Client
) -> None:
    address = f"/me/messages/{talk.pk}/write/"
    page = text_of(coco.post(address, {"body": "**Half** a", "preview": "1"}))
    assert "<strong>Half</strong>" in page
    assert "**Half** a</textarea>" in page
    draft = Draft.objects.get()
    assert (draft.kind, draft.conversation, draft.body) == ("message", talk, "**Half** a")
    assert f"{address}?draft={draft.pk}" in text_of(coco.get("/me/drafts/"))
    assert "**Half** a</textarea>" in text_of(coco.get(f"{address}?draft={draft.pk}"))
    assert coco.post(address, {"body": " "}).status_code == 422
    coco.post(address, {"body": "**Half** a", "submission": draft.submission})
    assert not Draft.objects.exists()
    stranger = Client()
    answer = stranger.post(address, {"body": "Typed while signed out."})
    assert "/accounts/login/" in answer["Location"]
    stranger.post(answer["Location"], {"login": "coco", "password": "correct-horse-battery"})
    assert "Typed while signed out.</textarea>" in text_of(stranger.get(address))


def test_a_new_message_is_kept_as_a_draft_with_those_it_is_for(world: World, coco: Client) -> None:
    coco.post(NEW, {"to": "cai", "title": "Planks", "body": "Half a", "draft": "1"})
    draft = Draft.objects.get()
    assert (draft.kind, draft.conversation, draft.title) == ("message", None, "Planks")
    assert f"{NEW}?draft={draft.pk}" in text_of(coco.get("/me/drafts/"))
    page = text_of(coco.get(f"{NEW}?draft={draft.pk}"))
    assert "Half a</textarea>" in page
    assert 'value="Planks"' in page
    coco.post(NEW, {"to": "cai", "title": "Planks", "body": "Whole.", "submission": draft.submission})
    assert not Draft.objects.exists()


def test_leaving_is_asked_for_and_seen_by_the_others(world: World, talk: Conversation, coco: Client) -> None:
    assert "What you wrote stays" in text_of(coco.get(f"/me/messages/{talk.pk}/leave/"))
    assert coco.post(f"/me/messages/{talk.pk}/leave/")["Location"] == "/me/messages/"
    assert coco.get(f"/me/messages/{talk.pk}/").status_code == 404
    assert "Coco left" in text_of(browser(world.cai).get(f"/me/messages/{talk.pk}/"))
    browser(world.dan).post(f"/me/messages/{talk.pk}/leave/")
    assert "Everybody else has left" in text_of(browser(world.cai).get(f"/me/messages/{talk.pk}/"))
    assert "will be deleted" in text_of(browser(world.cai).get(f"/me/messages/{talk.pk}/leave/"))
    browser(world.cai).post(f"/me/messages/{talk.pk}/leave/")
    assert not Message.objects.exists()


def test_only_who_began_adds_people_and_is_told_what_they_will_read(
    world: World, talk: Conversation, coco: Client
) -> None:
    address = f"/me/messages/{talk.pk}/people/"
    assert coco.get(address).status_code == 403
    cai = browser(world.cai)
    assert "from the first message on" in text_of(cai.get(address))
    assert cai.post(address, {"to": "nobody"}).status_code == 422
    assert "1 person was added." in text_of(cai.post(address, {"to": "mei, dan"}, follow=True))
    page = text_of(browser(world.mei).get(f"/me/messages/{talk.pk}/"))
    assert "How many?" in page
    assert "梅市長 joined" in page


def test_blocked_people_are_folded_and_cannot_begin(world: World, talk: Conversation, coco: Client) -> None:
    Block.objects.create(user=world.coco, blocked=world.cai)
    page = text_of(coco.get(f"/me/messages/{talk.pk}/"))
    assert "Folded: 蔡渡, whom you block." in page
    assert "How many?" not in text_of(coco.get("/me/messages/"))
    answer = browser(world.cai).post(NEW, {"to": "coco", "body": "Please!"})
    assert answer.status_code == 422
    assert "Coco takes no messages from you at present." in text_of(answer)
    assert "Coco takes no messages from you at present." in text_of(browser(world.cai).get(f"{NEW}?to=coco"))


def test_who_may_write_to_me_is_mine_to_say(world: World, coco: Client) -> None:
    assert coco.post("/me/messages/", {"messages_from": "nonsense"}).status_code == 422
    assert "Saved." in text_of(coco.post("/me/messages/", {"messages_from": "neighbours"}, follow=True))
    assert browser(world.rita).get(f"{NEW}?to=coco").status_code == 403
    assert browser(world.dan).get(f"{NEW}?to=coco").status_code == 200


def test_a_report_takes_one_message_along_after_saying_so(world: World, talk: Conversation, coco: Client) -> None:
    address = f"/me/messages/{talk.pk}/1/report/"
    send_message(talk, by=world.dan, body="Nothing to see here.")
    assert "a copy of this one message" in text_of(coco.get(address))
    assert coco.post(address, {"reason": "abuse", "words": "Rude."}).status_code == 302
    assert "You have reported this already" in text_of(coco.get(address))
    report = MessageReport.objects.get()
    ada = browser(world.ada)
    assert "1 reported message waits" in text_of(ada.get("/moderation/"))
    assert "reported by Coco" in text_of(ada.get("/moderation/messages/"))
    page = text_of(ada.get(f"/moderation/messages/{report.pk}/"))
    assert "How many?" in page
    assert "Nothing to see here." not in page
    assert ada.get(f"/me/messages/{talk.pk}/").status_code == 404
    assert ada.post(f"/moderation/messages/{report.pk}/", {"decision": "uphold"}).status_code == 422
    ada.post(f"/moderation/messages/{report.pk}/", {"decision": "uphold", "answer": "It was rude."})
    assert "It was rude." in text_of(coco.get("/me/reports/"))
    assert "Upheld" in text_of(ada.get("/moderation/messages/?show=decided"))
    tell_all()
    assert "your report of a private message" in text_of(coco.get("/me/notifications/"))
    assert browser(world.mei).get(f"/moderation/messages/{report.pk}/").status_code == 403


def test_a_moderator_does_not_read_who_reported_them(world: World) -> None:
    talk = start_conversation(by=world.ada, people=[world.coco], body="Do as I say.")
    report = report_message(talk.messages.get(), by=world.coco, reason="abuse")
    ada = browser(world.ada)
    assert "Coco" not in text_of(ada.get("/moderation/messages/"))
    assert "reported message waits" not in text_of(ada.get("/moderation/"))
    assert ada.get(f"/moderation/messages/{report.pk}/").status_code == 404


def test_a_passage_is_quoted_with_its_place(world: World, talk: Conversation, coco: Client) -> None:
    page = text_of(coco.get(f"/me/messages/{talk.pk}/write/?to=1&quote=How+many", headers=HTMX))
    assert "&gt; How many" in page
    assert f"/me/messages/{talk.pk}/?page=1#m1" in page
    assert "<html" not in page


def test_news_of_a_conversation_stand_in_one_line_and_lead_to_the_message(
    world: World, talk: Conversation, coco: Client
) -> None:
    send_message(talk, by=world.cai, body="Secret words.")
    tell_all()
    page = text_of(coco.get("/me/notifications/"))
    assert "2 private messages" in page
    assert "Secret words." not in page
    news = Notification.objects.filter(user=world.coco, kind="message").earliest("pk")
    address = coco.get(f"/me/notifications/{news.pk}/")["Location"]
    assert address == f"/me/messages/{talk.pk}/?page=1&news={news.pk}#m1"
    add_people(talk, by=world.cai, people=[world.mei])
    tell_all()
    assert "added you to" in text_of(browser(world.mei).get("/me/notifications/"))


def test_a_site_without_messages_has_no_such_pages(
    world: World, talk: Conversation, coco: Client, settings: Settings
) -> None:
    settings.MESSAGES = False
    for address in ("", "new/", f"{talk.pk}/", f"{talk.pk}/write/", f"{talk.pk}/print/"):
        assert coco.get(f"/me/messages/{address}").status_code == 404, address
    assert "/me/messages/" not in text_of(coco.get("/me/"))
    assert NEW not in text_of(coco.get("/u/cai/"))


def test_a_draft_is_saved_as_one_types_with_those_it_is_for(world: World, coco: Client) -> None:
    mark, desk = str(uuid4()), str(uuid4())
    fields = {"to": "cai", "title": "Planks", "body": "Half a", "submission": mark, "desk": desk, "version": ""}
    assert coco.post(NEW, {**fields, "autosave": "1"}).json()["version"] == 1
    draft = Draft.objects.get()
    page = text_of(coco.get(f"{NEW}?draft={draft.pk}"))
    assert 'value="cai"' in page
    other = {**fields, "body": "Written elsewhere", "desk": str(uuid4()), "version": "0", "autosave": "1"}
    assert coco.post(NEW, other).status_code == 409
    coco.post(NEW, {**fields, "version": "1"})
    assert not Draft.objects.exists()


def test_what_its_author_had_erased_leaves_its_place(world: World, talk: Conversation, coco: Client) -> None:
    Message.objects.update(body="", html="")
    assert "This text was erased." in text_of(coco.get(f"/me/messages/{talk.pk}/"))
    assert coco.get("/me/messages/").status_code == 200
