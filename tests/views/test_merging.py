"""Merged and split threads as people meet them: addresses, stubs, answers over the gap, the officers' pages."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from forum.actions.merging import merge_threads
from forum.actions.moderation import hide_thread, lock_thread
from forum.actions.posts import add_reply
from forum.actions.splitting import split_thread
from forum.actions.threads import create_thread
from forum.models import Archive, Event, Post, Thread
from tests.clients import browser
from tests.world import World

type Counting = Callable[[int], AbstractContextManager[object]]


@pytest.fixture
def ferry(world: World) -> Thread:
    """Another thread by Coco, answered by Cai."""
    thread = create_thread(world.letters, by=world.coco, title="The ferry", body="It rests on Mondays.")
    add_reply(thread, by=world.cai, body="And on Tuesdays.", to=1)
    return Thread.objects.get(pk=thread.pk)


@pytest.fixture
def merged(world: World, ferry: Thread) -> Thread:
    """The ferry merged into the bridge: its posts are 3 and 4 there."""
    merge_threads(ferry, by=world.mei, into=world.thread, reason="The same matter")
    return ferry


def test_address_of_a_merged_thread_leads_to_where_its_posts_are(client: Client, world: World, merged: Thread) -> None:
    assert client.get(f"/t/{merged.pk}/").headers["Location"] == f"/t/{world.thread.pk}/#p3"
    assert client.get(f"/t/{merged.pk}/print/").headers["Location"] == f"/t/{world.thread.pk}/print/"
    assert client.get(f"/feeds/t/{merged.pk}/").headers["Location"] == f"/feeds/t/{world.thread.pk}/"
    reply = merged.former_numbers.get(number=2).post
    assert client.get(f"/p/{reply.pk}/").headers["Location"] == f"/t/{world.thread.pk}/#p4"


def test_address_of_a_thread_merged_twice_leads_all_the_way(client: Client, world: World, merged: Thread) -> None:
    last = create_thread(world.general, by=world.dan, title="Crossings", body="All of them.")
    merge_threads(world.thread, by=world.mei, into=last)
    assert client.get(f"/t/{merged.pk}/").headers["Location"] == f"/t/{last.pk}/#p4"


def test_address_leads_nowhere_for_who_may_not_see_the_other(client: Client, world: World, merged: Thread) -> None:
    hide_thread(world.thread, by=world.mei, reason="Spam")
    assert client.get(f"/t/{merged.pk}/").status_code == 404
    assert client.get(f"/feeds/t/{merged.pk}/").status_code == 404


def test_address_of_another_forum_leads_to_a_number_wherever_it_stands(
    client: Client, world: World, ferry: Thread
) -> None:
    archive = Archive.objects.create(city=world.stoneferry, software="discourse")
    Thread.objects.filter(pk=ferry.pk).update(archive=archive, source_id=7, source_slug="ferry")
    new = split_thread(ferry, by=world.mei, numbers=[2], board=world.letters, title="Tuesdays")
    assert client.get("/t/ferry/7/2").headers["Location"] == f"/t/{new.pk}/#p1"
    assert client.get("/t/ferry/7").headers["Location"] == f"/t/{ferry.pk}/"
    merge_threads(Thread.objects.get(pk=ferry.pk), by=world.mei, into=world.thread)
    assert client.get("/t/ferry/7").headers["Location"] == f"/t/{world.thread.pk}/#p3"


def test_merged_thread_stands_in_no_list(world: World, merged: Thread) -> None:
    for person in (None, world.coco, world.mei, world.ada):
        for address in (
            "/",
            "/c/stoneferry/",
            "/c/stoneferry/b/letters/",
            "/feeds/c/stoneferry/",
            "/sitemap-threads-0.xml",
        ):
            assert f"/t/{merged.pk}/" not in browser(person).get(address).content.decode(), address


def test_reply_written_before_the_merge_goes_where_the_thread_went(world: World, merged: Thread) -> None:
    sent = {"body": "On Sundays too?", "to": 2, "submission": uuid4()}
    answer = browser(world.dan).post(f"/t/{merged.pk}/replies/", sent)
    assert answer.headers["Location"] == f"/t/{world.thread.pk}/#p5"
    assert Post.objects.get(number=5).addressed == Post.objects.get(thread=world.thread, number=4)


def test_what_was_done_stands_in_the_course_at_its_time(client: Client, world: World, ferry: Thread) -> None:
    """Posts brought in are older than those above them; the acts keep their places all the same."""
    for number in range(20):
        add_reply(world.thread, by=world.coco, body=f"Reply {number}.")
    lock_thread(world.thread, by=world.mei)
    Post.objects.filter(thread=ferry).update(created_at=ferry.created_at - timedelta(days=900))
    merge_threads(ferry, by=world.mei, into=world.thread)
    pages = [client.get(f"/t/{world.thread.pk}/?page={page}").content.decode() for page in (1, 2)]
    assert [page.count('class="course"') for page in pages] == [0, 2]
    assert pages[1].index("And on Tuesdays.") < pages[1].index("locked this thread")


def test_stub_says_where_a_post_went_and_keeps_its_anchor(client: Client, world: World) -> None:
    for body in ("Third.", "Fourth.", "Fifth."):
        add_reply(world.thread, by=world.dan, body=body)
    new = split_thread(world.thread, by=world.mei, numbers=[2, 4, 5], board=world.letters, title="Crossing")
    page = client.get(f"/t/{world.thread.pk}/").content.decode()
    assert "No. 2 is now No. 1 of “Crossing”." in page
    assert "Nos. 4 to 5 are now Nos. 2 to 3 of “Crossing”." in page
    assert page.index('id="p2"') < page.index('id="p3"') < page.index('id="p4"') < page.index('id="p5"')
    for post in new.posts.all():
        assert f'href="/p/{post.pk}/"' in page


def test_stub_names_no_thread_that_the_reader_may_not_see(client: Client, world: World) -> None:
    new = split_thread(world.thread, by=world.mei, numbers=[2], board=world.letters, title="Crossing")
    hide_thread(new, by=world.mei, reason="Spam")
    page = client.get(f"/t/{world.thread.pk}/").content.decode()
    assert "Crossing" not in page
    assert "No. 2 is now in another thread." in page
    assert "Crossing" in browser(world.mei).get(f"/t/{world.thread.pk}/").content.decode()


def test_answer_to_a_post_in_another_thread_says_so(client: Client, world: World) -> None:
    new = split_thread(world.thread, by=world.mei, numbers=[2], board=world.letters, title="Crossing")
    page = client.get(f"/t/{new.pk}/").content.decode()
    assert f'<a href="/p/{world.opener.pk}/">蔡渡, in another thread</a>' in page
    assert "in another thread" in client.get(f"/t/{new.pk}/print/").content.decode()


def test_pages_are_cut_rightly_over_gaps(client: Client, world: World) -> None:
    for number in range(3, 46):
        add_reply(world.thread, by=world.dan, body=f"Words {number}.")
    split_thread(world.thread, by=world.mei, numbers=range(10, 25), board=world.letters, title="Some")
    second = client.get(f"/t/{world.thread.pk}/?page=2").content.decode()
    assert second.count('<article class="post') == 10
    last = Post.objects.get(thread=world.thread, number=45)
    assert client.get(f"/p/{last.pk}/").headers["Location"] == f"/t/{world.thread.pk}/?page=2#p45"
    assert client.get(f"/t/{world.thread.pk}/?page=3").status_code == 404
    first = client.get(f"/t/{world.thread.pk}/").content.decode()
    assert ("Nos. 10 to 24" in first, "Nos. 10 to 24" in second) == (True, False)


@pytest.mark.parametrize(("who", "queries"), [(None, 7), ("coco", 11), ("mei", 11)])
def test_thread_with_gaps_costs_one_query_more(
    world: World, django_assert_num_queries: Counting, who: str | None, queries: int
) -> None:
    assert connection.features.supports_json_field
    for number in range(30):
        add_reply(world.thread, by=world.dan, body=f"Words {number}.")
    split_thread(world.thread, by=world.mei, numbers=[2, 4, 6, 7, 8, 20], board=world.letters, title="Some")
    client = browser(getattr(world, who) if who else None)
    with django_assert_num_queries(queries - 1):  # nothing is recommended
        assert client.get(f"/t/{world.thread.pk}/").status_code == 200


def test_officer_finds_the_other_thread_by_title_number_and_address(world: World, ferry: Thread) -> None:
    mei, address = browser(world.mei), f"/t/{ferry.pk}/merge/"
    assert "Choose this one" not in mei.get(address).content.decode()  # nothing else on that board
    for sought in ("bridge", str(world.thread.pk), f"https://example.org/t/{world.thread.pk}/?page=2#p3"):
        assert f"?into={world.thread.pk}" in mei.get(address, {"q": sought}).content.decode(), sought
    page = mei.get(address, {"into": world.thread.pk}).content.decode()
    assert "Its 2 posts become Nos. 3 to 4 there" in page
    answer = mei.post(address, {"into": world.thread.pk, "reason": "One matter", "is_private": "on"})
    assert answer.headers["Location"] == f"/t/{world.thread.pk}/#p3"
    assert Event.objects.get(kind="thread.merged").is_private


def test_officer_ticks_posts_looks_at_it_and_splits_them_off(world: World) -> None:
    for body in ("Third.", "Fourth."):
        add_reply(world.thread, by=world.dan, body=body, to=2)
    mei, address = browser(world.mei), f"/t/{world.thread.pk}/split/"
    assert 'value="1"' not in mei.get(address).content.decode().split("ticks")[1].split("</fieldset>")[0]
    sent = {"post": ["2"], "numbers": "4", "title": "Crossing", "board": world.letters.pk, "reason": ""}
    look = mei.post(address, {**sent, "preview": "1"}).content.decode()
    assert "2, 4: 2 posts go into the new thread." in look
    assert "One answer to them stays here" in look
    assert mei.post(address, {**sent, "numbers": "nonsense"}).status_code == 422
    assert mei.post(address, {**sent, "post": [], "numbers": "1"}).status_code == 422
    new = mei.post(address, sent).headers["Location"]
    page = mei.get(new).content.decode()
    assert "split this thread off" in page
    assert [post.number for post in Post.objects.filter(thread=world.thread)] == [1, 3]


def test_split_off_stands_in_both_courses_and_is_taken_back_from_the_log(world: World) -> None:
    new = split_thread(world.thread, by=world.mei, numbers=[2], board=world.letters, title="Crossing", reason="Apart")
    mei, event = browser(world.mei), Event.objects.get(kind="thread.split")
    assert "split posts 2 off" in mei.get("/c/stoneferry/log/").content.decode()
    address = f"/c/stoneferry/log/{event.pk}/undo/"
    assert "split posts 2 off" in mei.get(address).content.decode()
    assert mei.post(address, {"reason": "Together"}).headers["Location"] == "/c/stoneferry/log/"
    assert mei.get(f"/t/{new.pk}/").headers["Location"] == f"/t/{world.thread.pk}/#p2"
    assert mei.post(address, {"reason": "Again"}).status_code == 403


def test_act_marked_private_keeps_its_reason_from_the_public(client: Client, world: World) -> None:
    lock_thread(world.thread, by=world.mei, reason="12 Main Street")
    event = Event.objects.get(kind="thread.locked")
    browser(world.dan).post(f"/c/stoneferry/log/{event.pk}/private/", {"reason": ""})
    for address in ("/c/stoneferry/log/", f"/t/{world.thread.pk}/"):
        assert "Main Street" not in client.get(address).content.decode()
        assert "Main Street" in browser(world.mei).get(address).content.decode()
