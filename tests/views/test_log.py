"""The public log, and notices as everybody reads them."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from forum.actions.applications import apply_to_city, decide_application
from forum.actions.moderation import hide_post, hide_thread, lock_thread, move_thread
from forum.actions.notices import end_notice, post_notice
from forum.actions.pinning import pin_thread
from forum.events import KINDS, record
from forum.models import Thread
from tests.world import World

type Counting = Callable[[int], AbstractContextManager[object]]


def _log(world: World, query: str = "", who: str | None = None) -> str:
    client = Client()
    if who:
        client.force_login(getattr(world, who))
    answer = client.get(f"/c/stoneferry/log/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_log_is_whole_sentences_with_links_and_reasons(world: World) -> None:
    pin_thread(world.thread, by=world.mei, reason="Read this first.")
    page = _log(world)
    assert f'<a class="ink" href="/t/{world.thread.pk}/">The bridge 橋</a>.' in page
    assert '<a class="ink" href="/u/mei/">梅市長</a> pinned' in page
    assert "Reason: Read this first." in page
    assert "founded the city." in page
    assert page.index("pinned") < page.index("founded")


def test_a_hidden_thread_is_not_named_to_those_who_may_not_see_it(world: World) -> None:
    pin_thread(world.thread, by=world.mei)
    hide_post(world.reply, by=world.mei, reason="off topic")
    hide_thread(world.thread, by=world.dan, reason="against the rules")
    for who in (None, "rita", "coco", "stan"):
        page = _log(world, who=who)
        assert "The bridge" not in page
        assert f"/t/{world.thread.pk}/" not in page
        assert f"/p/{world.reply.pk}/" not in page
        assert "hid a thread." in page
        assert "pinned a hidden thread." in page
        assert "against the rules" in page
    for who in ("cai", "dan", "mei", "ada"):
        assert "The bridge" in _log(world, who=who)


def test_the_log_shows_one_kind_or_one_person(world: World) -> None:
    lock_thread(world.thread, by=world.dan)
    threads = _log(world, "?kind=threads")
    assert "locked" in threads
    assert "founded" not in threads
    dan = _log(world, "?person=Dan")
    assert "locked" in dan
    assert "named" in dan  # it concerned him
    assert "founded" not in dan
    assert "Nothing of this kind" in _log(world, "?kind=posts")


def test_the_log_goes_on_by_pages(world: World) -> None:
    for number in range(60):
        record("board.ordered", by=world.mei, city=world.stoneferry, reason=f"reason {number}.")
    first = _log(world)
    assert "reason 59." in first
    assert "reason 3." not in first
    older = first.split('rel="next"')[0].rsplit('href="', maxsplit=1)[1].split('"')[0].replace("&amp;", "&")
    assert "reason 3." in _log(world, older)
    assert Client().get("/c/stoneferry/log/?after=nonsense").status_code == 404


def test_a_refused_applicant_is_not_named(world: World) -> None:
    application = apply_to_city(world.hilltop, by=world.rita, statement="Please.")
    decide_application(application, by=world.stan, accept=False, answer="No.")
    page = Client().get("/c/hilltop/log/").content.decode()
    assert "refused an application." in page
    assert "Rita" not in page


@pytest.mark.parametrize("kind", [kind for kind, meaning in KINDS.items() if meaning.in_log])
def test_every_kind_in_the_log_has_a_sentence_without_gaps(world: World, kind: str) -> None:
    data = {"fields": ["name", "seal"], "threads": 5046, "posts": 3, "old": "A", "new": "B", "code": "x", "title": "T"}
    data |= {"abilities": ["hide", "pin"], "position": 3, "version": 1}
    thread = world.thread if kind.startswith(("thread", "post", "revision")) else None
    board = world.letters if kind.startswith("board") else None
    post = world.reply if kind.startswith(("post", "revision")) else None
    record(kind, by=world.mei, city=world.stoneferry, thread=thread, board=board, post=post, person=world.dan, **data)
    page = _log(world)
    sentence = page.split('<p class="log-row__what">')[1].split("</p>")[0]
    says_who = "%(actor)s" in str(KINDS[kind].words)
    assert sentence.startswith('<a class="ink" href="/u/mei/">') == says_who
    assert sentence.endswith(".")
    assert "%(" not in sentence
    assert "  " not in sentence


def test_names_in_the_log_are_escaped(world: World) -> None:
    Thread.objects.filter(pk=world.thread.pk).update(title="<script>x</script> 100%")
    lock_thread(world.thread, by=world.mei)
    move_thread(world.thread, by=world.mei, board=world.letters)
    page = _log(world)
    assert "<script>x" not in page
    assert "&lt;script&gt;x&lt;/script&gt; 100%" in page


@pytest.mark.parametrize("count", [1, 3, 50])
@pytest.mark.parametrize(("who", "queries"), [(None, 4), ("coco", 6)])
def test_the_log_asks_little(
    world: World, django_assert_num_queries: Counting, who: str | None, queries: int, count: int
) -> None:
    for _number in range(count):
        record("thread.locked", by=world.mei, thread=world.thread)
    client = Client()
    if who:
        client.force_login(getattr(world, who))
    with django_assert_num_queries(queries):
        assert client.get("/c/stoneferry/log/").status_code == 200


def test_notices_are_listed_also_when_they_have_ended(world: World) -> None:
    post_notice(world.stoneferry, by=world.mei, title="In force", ends_at=timezone.now() + timedelta(days=2))
    ended = post_notice(world.stoneferry, by=world.mei, title="Long over")
    end_notice(ended, by=world.mei)
    page = Client().get("/c/stoneferry/notices/").content.decode()
    assert "In force" in page
    assert "Long over" in page
    home = Client().get("/c/stoneferry/").content.decode()
    assert "In force" in home
    assert "Long over" not in home
