"""Writing to one another: who is reached, what a second press does, how much a day, and who has left."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import User
from forum.actions.conversations import add_people, leave_conversation, start_conversation
from forum.actions.drafts import save_draft
from forum.actions.message_reports import decide_message_report, report_message
from forum.actions.messages import send_message
from forum.actions.sanctions import impose_sanction
from forum.models import Block, Conversation, Draft, Event, Message, MessageReport, Participant
from forum.permissions.messages import NEW
from forum.permissions.verdicts import Forbidden
from tests.notifying.news import heard_by, tell_all
from tests.world import World, make_person


@pytest.fixture
def talk(world: World) -> Conversation:
    """Cai writes to Coco and Dan."""
    return start_conversation(by=world.cai, people=[world.coco, world.dan], body="How many **planks**?")


def _is_old(*people: User) -> None:
    for person in people:
        person.date_joined = timezone.now() - NEW - timedelta(days=1)
        person.save(update_fields=["date_joined"])


def test_a_conversation_has_its_people_and_its_first_message(world: World, talk: Conversation) -> None:
    talk.refresh_from_db()
    message = Message.objects.get()
    assert (message.conversation, message.number, message.author, talk.last_number) == (talk, 1, world.cai, 1)
    assert "<strong>planks</strong>" in message.html
    read = dict(talk.participants.values_list("user__username", "read_number"))
    assert read == {"cai": 1, "coco": 0, "dan": 0}


def test_nothing_that_is_written_stands_in_the_record(world: World) -> None:
    start_conversation(by=world.cai, people=[world.coco], subject="Planks", body="Secret words.")
    event = Event.objects.get(kind="message.sent")
    assert (event.city, event.position, event.in_log) == (None, None, False)
    assert set(event.data) == {"conversation", "number"}


def test_everybody_else_hears_but_not_who_blocked_the_author_or_left(world: World, talk: Conversation) -> None:
    leave_conversation(talk, by=world.dan)
    Block.objects.create(user=world.coco, blocked=world.cai)
    add_people(talk, by=world.cai, people=[world.mei])
    Event.objects.exclude(kind="conversation.joined").delete()
    send_message(talk, by=world.cai, body="Anybody?")
    tell_all()
    assert heard_by(world.mei) == ["added", "message"]
    assert heard_by(world.coco) == heard_by(world.dan) == heard_by(world.cai) == []


def test_the_same_form_sent_twice_is_one_message_and_other_words_are_another(world: World, talk: Conversation) -> None:
    mark = uuid4()
    first = send_message(talk, by=world.coco, body="Three.", submission=mark)
    assert send_message(talk, by=world.coco, body="Three. ", submission=mark) == first
    other = send_message(talk, by=world.coco, body="Four.", submission=mark)
    assert (other.number, other.submission) == (first.number + 1, None)
    mark = uuid4()
    again = [start_conversation(by=world.coco, people=[world.mei], body="Hi.", submission=mark) for _twice in range(2)]
    assert again[0] == again[1]


def test_a_message_takes_the_place_of_its_draft(world: World, talk: Conversation) -> None:
    for place in (talk, Conversation()):
        draft = save_draft(place, by=world.coco, body="Half", submission=uuid4())
        assert draft
        if place.pk:
            send_message(talk, by=world.coco, body="Half and half", submission=draft.submission)
        else:
            start_conversation(by=world.coco, people=[world.mei], body="Whole", submission=draft.submission)
        assert not Draft.objects.exists()


def test_one_writes_neither_to_oneself_nor_to_nobody(world: World) -> None:
    with pytest.raises(ValidationError, match="yourself"):
        start_conversation(by=world.cai, people=[world.cai], body="Hello me.")
    with pytest.raises(ValidationError, match="to whom"):
        start_conversation(by=world.cai, people=[], body="Hello?")
    ghost = make_person("ghost", is_claimable=True)
    with pytest.raises(ValidationError, match="Nobody signs in"):
        start_conversation(by=world.cai, people=[ghost, world.coco], body="Hello?")
    with pytest.raises(ValidationError, match="Write something"):
        start_conversation(by=world.cai, people=[world.coco], body=" \n ")
    with pytest.raises(ValidationError, match="at most 40000"):
        start_conversation(by=world.cai, people=[world.coco], body="長" * 40_001)
    assert not Conversation.objects.exists()


@pytest.mark.parametrize(
    ("choice", "writers"), [("everybody", {"dan", "rita"}), ("neighbours", {"dan"}), ("nobody", set())]
)
def test_who_may_begin_is_what_the_person_chose(world: World, choice: str, writers: set[str]) -> None:
    User.objects.filter(pk=world.coco.pk).update(messages_from=choice)
    written = set()
    for person in (world.dan, world.rita):
        try:
            start_conversation(by=person, people=[world.coco], body="Hello.")
            written.add(person.username)
        except ValidationError as problem:
            assert problem.message_dict["to"] == ["Coco takes no messages from you at present."]
    assert written == writers


def test_a_block_ends_a_talk_of_two_and_reads_like_any_other_refusal(world: World) -> None:
    talk = start_conversation(by=world.cai, people=[world.coco], body="Hello.")
    Block.objects.create(user=world.coco, blocked=world.cai)
    with pytest.raises(Forbidden, match="takes messages from you at present"):
        send_message(talk, by=world.cai, body="Please.")
    with pytest.raises(Forbidden, match="You have blocked"):
        send_message(talk, by=world.coco, body="Go away.")
    with pytest.raises(ValidationError, match="takes no messages from you"):
        start_conversation(by=world.cai, people=[world.dan, world.coco], body="Both of you!")
    with pytest.raises(ValidationError, match="You have blocked"):
        start_conversation(by=world.coco, people=[world.cai], body="And another thing.")


def test_whoever_is_suspended_reads_and_leaves_but_does_not_write(world: World, talk: Conversation) -> None:
    impose_sanction(None, by=world.ada, person=world.coco, kind="suspension", reason="abuse")
    with pytest.raises(Forbidden, match="suspended"):
        send_message(talk, by=world.coco, body="But …")
    with pytest.raises(Forbidden, match="suspended"):
        start_conversation(by=world.coco, people=[world.mei], body="But …")
    leave_conversation(talk, by=world.coco)


def test_who_is_new_writes_to_few_people_a_day(world: World) -> None:
    people = [make_person(f"person{number}") for number in range(5)]
    for person in people[:3]:
        start_conversation(by=world.cai, people=[person], body="Hello.")
    with pytest.raises(ValidationError, match="first week you may begin 3"):
        start_conversation(by=world.cai, people=people[3:], body="Hello.")
    start_conversation(by=world.ada, people=[world.cai], body="Moderators are never new.")
    _is_old(world.cai)
    talk = start_conversation(by=world.cai, people=people[3:], body="Hello.")
    Message.objects.bulk_create(
        Message(conversation=talk, number=number, author=people[3], body="x", html="x", renderer_version=1)
        for number in range(2, 32)
    )
    Conversation.objects.filter(pk=talk.pk).update(last_number=31)
    with pytest.raises(ValidationError, match="first week you may send 30"):
        send_message(talk, by=people[3], body="One more.")


def test_a_conversation_has_at_most_twenty_people(world: World) -> None:
    people = [make_person(f"person{number}") for number in range(20)]
    with pytest.raises(ValidationError, match="at most 20"):
        start_conversation(by=world.cai, people=people, body="Hello all.")
    talk = start_conversation(by=world.cai, people=people[:19], body="Hello all.")
    with pytest.raises(ValidationError, match="at most 20"):
        add_people(talk, by=world.cai, people=[people[19]])
    leave_conversation(talk, by=people[0])
    assert len(add_people(talk, by=world.cai, people=[people[19], people[1]])) == 1


def test_only_who_began_adds_people_and_nobody_who_left_is_brought_back(world: World, talk: Conversation) -> None:
    with pytest.raises(Forbidden, match="Only who began"):
        add_people(talk, by=world.coco, people=[world.mei])
    leave_conversation(talk, by=world.dan)
    with pytest.raises(ValidationError, match="not brought back"):
        add_people(talk, by=world.cai, people=[world.dan])
    (added,) = add_people(talk, by=world.cai, people=[world.mei])
    assert (added.joined_after, added.read_number) == (1, 0)
    assert add_people(talk, by=world.cai, people=[world.mei]) == []
    leave_conversation(talk, by=world.cai)
    with pytest.raises(Forbidden, match="Only who began"):
        add_people(talk, by=world.cai, people=[world.rita])


def test_leaving_takes_the_news_along_and_the_last_one_takes_all(world: World, talk: Conversation) -> None:
    tell_all()
    save_draft(talk, by=world.coco, body="Half a", submission=uuid4())
    leave_conversation(talk, by=world.coco)
    assert heard_by(world.coco) == []
    assert Draft.objects.get().conversation is None
    with pytest.raises(Forbidden):
        leave_conversation(talk, by=world.coco)
    with pytest.raises(Forbidden, match="take part"):
        send_message(talk, by=world.coco, body="Wait!")
    gone = Participant.objects.get(user=world.coco)
    assert (gone.left_after, gone.left_at is None) == (1, False)
    report = report_message(talk.messages.get(), by=world.dan, reason="spam")
    leave_conversation(talk, by=world.dan)
    leave_conversation(talk, by=world.cai)
    assert not Conversation.objects.exists()
    report.refresh_from_db()
    assert (report.message, report.body) == (None, "How many **planks**?")


def test_a_report_is_a_copy_of_one_message_made_once(world: World, talk: Conversation) -> None:
    message = talk.messages.get()
    with pytest.raises(ValidationError, match="Choose a reason"):
        report_message(message, by=world.coco, reason="off_topic")
    with pytest.raises(ValidationError, match="what is wrong"):
        report_message(message, by=world.coco, reason="other")
    with pytest.raises(Forbidden, match="own"):
        report_message(message, by=world.cai, reason="spam")
    with pytest.raises(Forbidden, match="take part"):
        report_message(message, by=world.ada, reason="spam")
    report = report_message(message, by=world.coco, reason="abuse", words="Rude.")
    assert report_message(message, by=world.coco, reason="spam") == report
    assert (report.person, report.body, report.written_at) == (world.cai, message.body, message.created_at)
    tell_all()
    assert heard_by(world.ada) == ["message_reported"]


def test_a_moderator_without_a_part_in_it_decides_once(world: World, talk: Conversation) -> None:
    report = report_message(talk.messages.get(), by=world.coco, reason="abuse")
    for person in (world.mei, world.coco):
        with pytest.raises(Forbidden, match="moderators"):
            decide_message_report(report, by=person, decision="uphold", answer="Rude.")
    User.objects.filter(pk=world.cai.pk).update(is_staff=True)
    world.cai.refresh_from_db()
    with pytest.raises(Forbidden, match="wrote or reported"):
        decide_message_report(report, by=world.cai, decision="dismiss", answer="Nothing.")
    with pytest.raises(ValidationError, match="Give a reason"):
        decide_message_report(report, by=world.ada, decision="uphold", answer=" ")
    decide_message_report(report, by=world.ada, decision="uphold", answer="It was rude.")
    again = decide_message_report(report, by=world.ada, decision="dismiss", answer="Or not.")
    assert (again.state, again.answer) == (MessageReport.State.UPHELD, "It was rude.")
    event = Event.objects.get(kind="message_report.upheld")
    assert (event.in_log, event.person, event.data) == (True, None, {"message_report": report.pk})
    tell_all()
    assert heard_by(world.coco)[-1] == "message_upheld"
