"""The button that watches, and the page of what one watches."""

import pytest

from accounts.models import User
from forum.actions.moderation import hide_thread
from forum.actions.threads import create_thread
from forum.actions.watches import watch_place
from forum.models import City, Watch
from tests.clients import HTMX, browser, text_of
from tests.world import World

PLACES = ("/t/{}/", "/c/stoneferry/b/general/", "/c/stoneferry/")


def _places(world: World) -> list[str]:
    return [place.format(world.thread.pk) for place in PLACES]


def test_thread_board_and_city_show_members_how_much_they_watch(world: World) -> None:
    client = browser(world.rita)
    for place in _places(world):
        page = text_of(client.get(place))
        assert f'action="{place}watch/"' in page
        assert "Stop watching" not in page
        client.post(f"{place}watch/", {"level": "all"})
        assert "Stop watching" in text_of(client.get(place))


def test_a_person_is_watched_from_their_page(world: World) -> None:
    client = browser(world.rita)
    assert 'action="/u/dan/watch/"' in text_of(client.get("/u/dan/"))
    answer = client.post("/u/dan/watch/", {"level": "threads"}, headers=HTMX)
    assert "the threads this person starts" in answer["HX-Trigger"]
    assert "Watching new threads" in text_of(client.get("/u/dan/"))
    assert client.post("/u/dan/watch/", {"level": ""})["Location"] == "/u/dan/"
    assert not Watch.objects.filter(user=world.rita).exists()
    for level in ("mentions", "loud"):
        assert client.post("/u/dan/watch/", {"level": level}).status_code == 400
    assert 'action="/u/rita/watch/"' not in text_of(client.get("/u/rita/"))
    assert client.post("/u/rita/watch/", {"level": "all"}).status_code == 403


def test_who_does_not_list_their_posts_is_not_offered_to_be_watched(world: World) -> None:
    User.objects.filter(pk=world.dan.pk).update(posts_shown_to=User.Audience.MYSELF)
    client = browser(world.rita)
    assert 'action="/u/dan/watch/"' not in text_of(client.get("/u/dan/"))
    assert client.post("/u/dan/watch/", {"level": "all"}).status_code == 403


def test_one_chooses_whether_replying_is_watching(world: World) -> None:
    client = browser(world.rita)
    assert client.post("/me/watches/", {})["Location"] == "/me/watches/"
    assert not User.objects.get(pk=world.rita.pk).watches_replies
    client.post("/me/watches/", {"watches_replies": "on"})
    assert User.objects.get(pk=world.rita.pk).watches_replies


def test_visitors_are_not_offered_to_watch(world: World) -> None:
    for place in _places(world):
        assert f'action="{place}watch/"' not in text_of(browser().get(place))


def test_a_plain_form_leads_back_to_where_one_was(world: World) -> None:
    client = browser(world.rita)
    for place in _places(world):
        assert client.post(f"{place}watch/", {"level": "muted"})["Location"] == place
        back = client.post(f"{place}watch/", {"level": "", "next": "/me/watches/"})
        assert back["Location"] == "/me/watches/"
    assert not Watch.objects.filter(user=world.rita).exists()


def test_htmx_gets_the_button_with_its_new_level(world: World) -> None:
    answer = browser(world.rita).post("/c/stoneferry/b/general/watch/", {"level": "threads"}, headers=HTMX)
    page = text_of(answer)
    assert f'id="watch-board-{world.general.pk}"' in page
    assert "Watching new threads" in page
    assert "data-focus" in page
    assert "new threads here" in answer["HX-Trigger"]


def test_a_level_that_does_not_exist_is_a_bad_request(world: World) -> None:
    client = browser(world.rita)
    assert client.post(f"/t/{world.thread.pk}/watch/", {"level": "threads"}).status_code == 400
    assert client.post("/c/stoneferry/watch/", {"level": "loud"}).status_code == 400


def test_who_comes_back_from_signing_in_is_led_to_the_place(world: World) -> None:
    for place in _places(world):
        assert browser(world.rita).get(f"{place}watch/")["Location"] == place


def test_page_lists_what_one_watches_by_kind(world: World) -> None:
    for place in (world.stoneferry, world.letters, world.thread, world.dan):
        watch_place(place, by=world.rita)
    client = browser(world.rita)
    everything = text_of(client.get("/me/watches/"))
    assert everything.count('<li class="watch-row"') == 4
    for kind, name in (("city", "石渡"), ("board", "Letters"), ("thread", "The bridge 橋"), ("person", "Dan")):
        page = text_of(client.get(f"/me/watches/?kind={kind}"))
        assert page.count('<li class="watch-row"') == 1
        assert name in page


def test_what_one_may_not_see_is_not_listed(world: World) -> None:
    for place in (world.stoneferry, world.letters, world.thread):
        watch_place(place, by=world.rita)
    hide_thread(world.thread, by=world.mei, reason="Twice the same.")
    assert "The bridge" not in text_of(browser(world.rita).get("/me/watches/"))
    City.objects.filter(pk=world.stoneferry.pk).update(visibility=City.Visibility.CITIZENS)
    assert '<li class="watch-row"' not in text_of(browser(world.rita).get("/me/watches/"))


def test_an_empty_page_says_how_to_begin(world: World) -> None:
    assert "stands beside each of them" in text_of(browser(world.rita).get("/me/watches/"))


@pytest.mark.parametrize("count", [1, 3, 50])
def test_page_takes_few_queries(world: World, django_assert_num_queries: object, count: int) -> None:
    for number in range(count):
        create_thread(world.letters, by=world.coco, title=f"Letter {number}", body="Words.")
    watch_place(world.stoneferry, by=world.coco)
    watch_place(world.letters, by=world.coco)
    client = browser(world.coco)
    with django_assert_num_queries(4):  # type: ignore[operator]
        assert client.get("/me/watches/").status_code == 200
