"""What waits for approval: who sees it where, and how it is decided."""

from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from forum.actions.holds import approve_post, refuse_post
from forum.actions.posts import add_reply
from forum.actions.rules import change_rules
from forum.actions.threads import create_thread
from forum.models import Hold, Notification, Post, Rules
from tests.clients import browser, text_of
from tests.world import World

SECRET = "A ferry at midnight"


@pytest.fixture
def held(world: World) -> Post:
    """Return a reply by Coco that waits for approval; two posts of others follow it."""
    change_rules(world.stoneferry, by=world.mei, probation_posts=9)
    post = add_reply(world.thread, by=world.coco, body=f"{SECRET}, is it safe?")
    Rules.objects.all().delete()
    for number in (4, 5):
        assert add_reply(world.thread, by=world.cai, body=f"Reply {number}.").number == number
    return post


def _seen_at(world: World, post: Post, who: str | None) -> dict[str, bool]:
    """Return on which pages somebody reads the words of the post."""
    client = browser(getattr(world, who) if who else None)
    paths = {
        "thread": f"/t/{world.thread.pk}/",
        "post": f"/p/{post.pk}/history/",
        "reading mode": f"/t/{world.thread.pk}/focus/",
        "post to read": f"/p/{post.pk}/focus/",
        "print": f"/t/{world.thread.pk}/print/",
        "printed post": f"/p/{post.pk}/print/",
        "person": "/u/coco/",
        "feed": f"/feeds/t/{world.thread.pk}/",
        "feed of the person": "/feeds/u/coco/",
        "reply form": f"/t/{world.thread.pk}/replies/?to=3&quote={SECRET[:7]}",
    }
    return {name: SECRET in client.get(path).content.decode() for name, path in paths.items()}


@pytest.mark.parametrize("who", [None, "rita", "cai", "stan"])
def test_nobody_else_sees_anything_of_a_held_post(world: World, held: Post, who: str | None) -> None:
    assert not any(_seen_at(world, held, who).values())
    client = browser(getattr(world, who) if who else None)
    page = client.get(f"/t/{world.thread.pk}/").content.decode()
    assert 'id="p3"' not in page  # no tombstone either
    assert 'id="p5"' in page
    assert client.get(f"/p/{held.pk}/").status_code == 404


@pytest.mark.parametrize("who", ["coco", "mei", "dan", "ada"])
def test_its_author_and_the_officers_see_it_marked_in_its_place(world: World, held: Post, who: str) -> None:
    seen = _seen_at(world, held, who)
    assert [
        name for name in ("thread", "post", "reading mode", "post to read", "printed post", "person") if not seen[name]
    ] == []
    assert not any(seen[name] for name in ("print", "feed", "feed of the person"))
    page = browser(getattr(world, who)).get(f"/t/{world.thread.pk}/")
    assert "Held for approval" in text_of(page)
    assert "The officers promised to decide by" in text_of(page)
    html = page.content.decode()
    assert html.index('id="p2"') < html.index('id="p3"') < html.index('id="p4"')
    answer = browser(getattr(world, who)).get(f"/p/{held.pk}/")
    assert answer["Location"] == f"/t/{world.thread.pk}/#p3"


@pytest.mark.parametrize(("who", "found"), [(None, False), ("cai", False), ("coco", True), ("dan", True)])
def test_a_held_post_is_found_by_those_alone_who_see_it(world: World, held: Post, who: str | None, found: bool) -> None:
    page = text_of(browser(getattr(world, who) if who else None).get("/search/?q=midnight"))
    assert (f"/p/{held.pk}/" in page) == found


def test_pages_are_cut_by_the_posts_that_all_see(world: World, held: Post) -> None:
    for number in range(6, 22):
        add_reply(world.thread, by=world.cai, body=f"Reply {number}.")
    last = Post.objects.get(thread=world.thread, number=21)
    for who in (world.coco, world.cai):
        client = browser(who)
        assert 'id="p21"' in client.get(f"/t/{world.thread.pk}/").content.decode()
        assert client.get(f"/t/{world.thread.pk}/?page=2").status_code == 404
        assert client.get(f"/p/{last.pk}/")["Location"] == f"/t/{world.thread.pk}/#p21"
    change_rules(world.stoneferry, by=world.mei, probation_posts=9)
    late = add_reply(world.thread, by=world.coco, body="Once more.")
    answer = browser(world.coco).get(f"/p/{late.pk}/", follow=True)
    assert "Once more." in text_of(answer)
    assert answer.status_code == 200


def test_a_held_thread_is_there_for_its_author_and_the_officers_alone(world: World) -> None:
    change_rules(world.stoneferry, by=world.mei, probation_posts=9)
    data = {"title": "Night ferries", "body": "Are there any?"}
    answer = browser(world.coco).post("/c/stoneferry/b/general/threads/", data, follow=True)
    assert "Your thread waits for approval." in text_of(answer)
    assert "Are there any?" in text_of(answer)
    path = answer.redirect_chain[-1][0]
    assert browser(world.mei).get(path).status_code == 200
    for person in (None, world.rita, world.cai):
        assert browser(person).get(path).status_code == 404
        assert "Night ferries" not in text_of(browser(person).get("/c/stoneferry/b/general/"))
    assert "Held for approval" in text_of(browser(world.mei).get("/c/stoneferry/b/general/"))


def test_a_reply_that_waits_says_so_in_its_place(world: World) -> None:
    change_rules(world.stoneferry, by=world.mei, probation_posts=9)
    data = {"body": "First words.", "page": "1"}
    answer = browser(world.coco).post(f"/t/{world.thread.pk}/replies/", data, headers={"HX-Request": "true"})
    assert "Held for approval" in answer.content.decode()
    assert "waits for approval" in answer["HX-Trigger"]


def test_an_officer_approves_in_city_hall(world: World, held: Post) -> None:
    path = f"/c/stoneferry/hall/held/{held.hold.pk}/"
    dan = browser(world.dan)
    page = text_of(dan.get(path))
    assert SECRET in page
    assert "First posts wait for approval" in page
    answer = dan.post(path, {"decision": "approve"}, follow=True)
    assert "The post is approved and shown." in text_of(answer)
    assert SECRET in text_of(browser().get(f"/t/{world.thread.pk}/"))
    log = text_of(browser().get("/c/stoneferry/log/"))
    assert "Dan</a> approved" in log
    assert "post 3</a>" in log


def test_a_refusal_without_words_comes_back(world: World, held: Post) -> None:
    answer = browser(world.dan).post(f"/c/stoneferry/hall/held/{held.hold.pk}/", {"decision": "refuse"})
    assert answer.status_code == 422
    assert "Say why." in text_of(answer)
    assert Hold.objects.get().state == Hold.State.WAITING


def test_the_author_reads_the_refusal_and_nobody_is_named_in_the_log(world: World, held: Post) -> None:
    data = {"decision": "refuse", "answer": "Please ask the ferryman."}
    browser(world.dan).post(f"/c/stoneferry/hall/held/{held.hold.pk}/", data)
    for path in (f"/t/{world.thread.pk}/", "/me/"):
        assert "Please ask the ferryman." in text_of(browser(world.coco).get(path))
    log = text_of(browser(world.rita).get("/c/stoneferry/log/"))
    assert "refused a post that waited for approval" in log
    for words in ("Coco refused", "ferryman", "post 3"):
        assert words not in log


def test_who_comes_second_is_told_what_was_decided(world: World, held: Post) -> None:
    refuse_post(held.hold, by=world.dan, answer="No.")
    path = f"/c/stoneferry/hall/held/{held.hold.pk}/"
    answer = browser(world.mei).post(path, {"decision": "approve"}, follow=True)
    assert "Somebody else decided first: the post was refused." in text_of(answer)


def test_a_promise_that_was_not_kept_is_shown(world: World, held: Post) -> None:
    Hold.objects.update(due_at=timezone.now())
    page = browser(world.mei).get(f"/t/{world.thread.pk}/")
    assert "that has passed" in text_of(page)
    assert "is-late" in page.content.decode()


def test_my_page_shows_what_waits_of_mine(world: World, held: Post) -> None:
    assert "Held for approval" in text_of(browser(world.coco).get("/me/"))
    assert "Held for approval" not in text_of(browser(world.cai).get("/me/"))


def test_who_decides_and_who_wrote_hear_of_it(
    world: World, held: Post, django_capture_on_commit_callbacks: Any
) -> None:
    change_rules(world.stoneferry, by=world.mei, probation_posts=9)
    with django_capture_on_commit_callbacks(execute=True):
        thread = create_thread(world.general, by=world.coco, title="Night ferries", body="Are there any?")
    news = Notification.objects.filter(thread=thread)
    assert sorted(news.values_list("user__username", "kind")) == [("dan", "held"), ("mei", "held")]
    hold = thread.posts.get().hold
    first = browser(world.dan).get(f"/me/notifications/{news.get(user=world.dan).pk}/")
    assert first["Location"].partition("?")[0] == f"/c/stoneferry/hall/held/{hold.pk}/"
    with django_capture_on_commit_callbacks(execute=True):
        approve_post(hold, by=world.dan)
    assert news.filter(user=world.coco).values_list("kind", flat=True).get() == "approved"


def test_those_who_are_answered_hear_of_a_reply_when_it_is_approved(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    change_rules(world.stoneferry, by=world.mei, probation_posts=9)
    with django_capture_on_commit_callbacks(execute=True):
        post = add_reply(world.thread, by=world.coco, body="Is it safe?", to=1)
    mine = Notification.objects.filter(user=world.cai, event__post=post)
    assert not mine.exists()
    with django_capture_on_commit_callbacks(execute=True):
        approve_post(post.hold, by=world.mei)
    assert mine.get().kind == "addressed"


@pytest.mark.parametrize("count", [1, 200])
def test_a_held_post_takes_few_queries_however_many_wait(
    world: World, held: Post, django_assert_max_num_queries: Any, count: int
) -> None:
    assert connection.features.supports_json_field
    change_rules(world.stoneferry, by=world.mei, probation_posts=999)
    for number in range(count):
        add_reply(world.thread, by=world.coco, body=f"Words {number}.")
    client = browser(world.mei)
    with django_assert_max_num_queries(12):
        assert client.get(f"/c/stoneferry/hall/held/{held.hold.pk}/").status_code == 200
    with django_assert_max_num_queries(13):  # two more than a thread in which nothing waits
        assert client.get(f"/t/{world.thread.pk}/").status_code == 200
