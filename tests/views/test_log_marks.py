"""What the log says of an act besides: kept private, party, taken back, erased; its hashes; its feed."""

import json
from xml.etree import ElementTree

import pytest
from django.test import Client

from forum.actions.erasing import erase_event_content
from forum.actions.moderation import hide_post, hide_thread, lock_thread
from forum.actions.polls import close_poll, set_poll
from forum.actions.undoing import undo_event
from forum.events import record
from forum.events.chain import link_hash
from forum.models import Chain, City, Event
from tests.world import World

ATOM = "{http://www.w3.org/2005/Atom}"


def _page(world: World, path: str = "log/", who: str | None = None) -> str:
    client = Client()
    if who:
        client.force_login(getattr(world, who))
    answer = client.get(f"/c/stoneferry/{path}")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def private(world: World) -> Event:
    """Coco's reply was hidden, and who looks is not told whose it was and why."""
    hide_post(world.reply, by=world.mei, reason="She lives at 5 Bridge Street", is_private=True)
    return Event.objects.get(kind="post.hidden")


@pytest.mark.parametrize("who", [None, "rita", "cai", "stan"])
@pytest.mark.parametrize("path", ["log/", "log/{event}/", "log/?kind=posts", "log/?person=mei"])
def test_private_act_stays_without_names_and_content(world: World, private: Event, who: str | None, path: str) -> None:
    page = _page(world, path.format(event=private.pk), who)
    sentence = page.split('<p class="log-row__what">')[1].split("</p>")[0]
    assert sentence == '<a class="ink" href="/u/mei/">梅市長</a> hid a post in a thread.'
    assert "Bridge Street" not in page
    assert f"/p/{world.reply.pk}/" not in page
    assert "Kept private" in page


@pytest.mark.parametrize("who", ["coco", "dan", "mei", "ada"])
def test_officers_and_the_person_concerned_read_it_whole(world: World, private: Event, who: str) -> None:
    page = _page(world, f"log/{private.pk}/", who)
    assert "Bridge Street" in page
    assert f"/p/{world.reply.pk}/" in page


def test_search_by_person_does_not_tell_whom_a_private_act_is_about(world: World, private: Event) -> None:
    for who in (None, "rita", "cai"):
        assert f"event-{private.pk}" not in _page(world, "log/?person=coco", who)
    for who in ("coco", "mei"):
        assert f"event-{private.pk}" in _page(world, "log/?person=coco", who)


def test_party_to_the_matter_is_marked(world: World) -> None:
    record("thread.locked", by=world.mei, thread=world.thread, is_party=True)
    assert "Party to the matter" in _page(world)
    assert "Party to the matter" not in _page(world, "log/?kind=boards")


def test_act_and_what_took_it_back_lead_to_each_other(world: World) -> None:
    lock_thread(world.thread, by=world.mei, reason="Enough")
    locked = Event.objects.get(kind="thread.locked")
    undone = undo_event(locked, by=world.mei, reason="By mistake")
    page = _page(world)
    assert f'<a href="/c/stoneferry/log/{undone.pk}/">on ' in page
    assert f'<a href="/c/stoneferry/log/{locked.pk}/">takes back an act of ' in page


def test_officers_find_the_way_to_take_an_act_back(world: World) -> None:
    lock_thread(world.thread, by=world.mei, reason="Enough")
    locked = Event.objects.get(kind="thread.locked")
    assert f"/c/stoneferry/log/{locked.pk}/undo/" in _page(world, who="dan")
    for who in (None, "cai", "stan"):
        assert f"/c/stoneferry/log/{locked.pk}/undo/" not in _page(world, who=who)


def test_erased_act_says_so(world: World) -> None:
    hide_post(world.reply, by=world.mei, reason="Somebody's address")
    event = Event.objects.get(kind="post.hidden")
    erase_event_content(event, by=world.ada, reason="An address")
    page = _page(world)
    assert "What this act said was erased" in page
    assert "Somebody&#x27;s address" not in page
    assert "erased the content of act no." in page


def test_latest_hash_stands_on_the_log_and_each_act_shows_its_link(world: World) -> None:
    lock_thread(world.thread, by=world.mei)
    assert Chain.objects.get(city=world.stoneferry).head in _page(world)
    event = Event.objects.get(kind="thread.locked")
    before = Event.objects.get(city=world.stoneferry, position=(event.position or 0) - 1)
    page = _page(world, f"log/{event.pk}/")
    assert before.chain_hash in page
    assert event.chain_hash in page
    assert "that is hashed" not in page


def test_officers_see_the_very_line_that_is_hashed(world: World) -> None:
    lock_thread(world.thread, by=world.mei)
    event = Event.objects.get(kind="thread.locked")
    page = _page(world, f"log/{event.pk}/", "dan")
    line = page.split('tabindex="0">')[1].split("</pre>")[0].replace("&quot;", '"')
    before, *fields = json.loads(line)
    assert link_hash(before, fields) == event.chain_hash


def test_what_stands_in_no_log_has_no_page(world: World) -> None:
    hidden = Event.objects.filter(city=world.stoneferry, in_log=False).first()
    assert hidden
    assert Client().get(f"/c/stoneferry/log/{hidden.pk}/").status_code == 404
    other = Event.objects.get(city=world.hilltop, kind="city.founded")
    assert Client().get(f"/c/stoneferry/log/{other.pk}/").status_code == 404


def test_feed_of_the_log_says_what_everybody_may_know(world: World, private: Event) -> None:
    lock_thread(world.thread, by=world.dan, reason="Enough said")
    answer = Client().get("/feeds/c/stoneferry/log/")
    feed = ElementTree.fromstring(answer.content)
    titles = [entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")]
    assert titles[:2] == ["Dan locked The bridge 橋.", "梅市長 hid a post in a thread."]
    assert feed.findtext(f"{ATOM}entry/{ATOM}summary") == "Enough said"
    assert "Bridge Street" not in answer.content.decode()
    City.objects.filter(pk=world.stoneferry.pk).update(visibility=City.Visibility.CITIZENS)
    assert Client().get("/feeds/c/stoneferry/log/").status_code == 404


def test_no_hash_helps_to_guess_whom_a_private_act_is_about(world: World, private: Event) -> None:
    assert private.content_hash not in _page(world, f"log/{private.pk}/")
    assert private.chain_hash in _page(world, f"log/{private.pk}/")
    assert private.content_hash in _page(world, f"log/{private.pk}/", "dan")


def test_the_question_of_a_poll_is_hidden_with_its_thread(world: World) -> None:
    poll = set_poll(world.thread, by=world.cai, question="Who lives at 5 Bridge Street?", options=["She", "He"])
    close_poll(poll, by=world.mei)
    assert "5 Bridge Street" in _page(world)
    hide_thread(world.thread, by=world.mei, reason="An address")
    assert "5 Bridge Street" not in _page(world)
    assert "5 Bridge Street" not in Client().get("/feeds/c/stoneferry/log/").content.decode()
