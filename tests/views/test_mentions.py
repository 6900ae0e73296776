"""Names that are offered after @, and how mentions look."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from forum.actions.posts import add_reply
from forum.actions.rerendering import rerender_posts
from forum.models import City, Post
from tests.clients import browser, text_of
from tests.world import World, make_person

type Counting = Callable[[int], AbstractContextManager[object]]


def _offered(world: World, query: str) -> list[str]:
    page = text_of(browser(world.rita).get(f"/names/?{query}"))
    return [part.partition('"')[0] for part in page.split('data-name="')[1:]]


def test_people_are_offered_by_sign_in_name_and_by_display_name(world: World) -> None:
    make_person("caitlin")
    make_person("sleeper", "Caius", is_active=False)
    make_person("archived", "Caesar", is_claimable=True)
    assert _offered(world, "q=CA") == ["cai", "caitlin"]
    assert _offered(world, "q=蔡") == ["cai"]
    assert _offered(world, "q=rita") == []  # nobody mentions themselves


def test_who_wrote_in_the_thread_stands_first_and_alone_for_nothing_typed(world: World) -> None:
    make_person("caitlin")
    make_person("aaron", "Corin")
    assert _offered(world, f"q=c&thread={world.thread.pk}") == ["coco", "cai", "aaron", "caitlin"]
    assert _offered(world, f"q=&thread={world.thread.pk}") == ["coco", "cai"]
    assert _offered(world, "q=") == []


def test_a_thread_that_one_may_not_read_tells_nothing_of_who_wrote_in_it(world: World) -> None:
    City.objects.filter(pk=world.stoneferry.pk).update(visibility=City.Visibility.CITIZENS)
    assert _offered(world, f"q=&thread={world.thread.pk}") == []
    assert _offered(world, "q=&thread=nonsense") == []


def test_offering_takes_few_queries(world: World, django_assert_num_queries: Counting) -> None:
    for number in range(30):
        person = make_person(f"reader{number}")
        Post.objects.filter(pk=add_reply(world.thread, by=world.dan, body="Me too.").pk).update(author=person)
    client = browser(world.rita)
    with django_assert_num_queries(3):  # the session, the account, and people
        client.get("/names/?q=rea")
    with django_assert_num_queries(3):  # the session with its person, how one stands, for the thread, and people
        client.get(f"/names/?q=rea&thread={world.thread.pk}")
    with django_assert_num_queries(4):
        client.get(f"/names/?q=coc&thread={world.thread.pk}")


def test_visitors_are_led_to_sign_in(world: World) -> None:
    assert browser().get("/names/?q=ca").status_code == 302


def test_who_asks_all_the_time_gets_nothing_for_a_while(world: World, settings: object) -> None:
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "suggesting": "2/1m"}  # type: ignore[attr-defined]
    client = browser(world.rita)
    assert [client.get("/names/?q=ca").status_code for _time in range(3)] == [200, 200, 429]


def test_every_text_area_of_posts_offers_names(world: World) -> None:
    client = browser(world.coco)
    assert f'data-url="/names/?thread={world.thread.pk}"' in text_of(client.get(f"/t/{world.thread.pk}/"))
    assert 'data-url="/names/"' in text_of(client.get("/c/stoneferry/b/general/threads/new/"))


def test_a_preview_shows_mentions_and_tells_nobody(world: World) -> None:
    form = {"body": "Ask @rita.", "preview": "1"}
    page = text_of(browser(world.coco).post(f"/t/{world.thread.pk}/replies/", form))
    assert '<a class="mention" href="/u/rita/"' in page
    assert world.thread.posts.count() == 2


def test_texts_of_an_archive_name_people_of_another_place(world: World) -> None:
    for source in (None, 77):
        Post.objects.filter(pk=world.reply.pk).update(body="Ask @rita.", source_id=source, renderer_version=0)
        list(rerender_posts())
        assert ("mention" in Post.objects.get(pk=world.reply.pk).html) == (source is None)


@pytest.mark.parametrize("name", ["蔡渡", "o.k", "a-b", "x_y"])
def test_a_mention_leads_to_the_person_whatever_their_name_is_made_of(world: World, name: str) -> None:
    make_person(name)
    post = add_reply(world.thread, by=world.dan, body=f"Ask @{name}.")
    address = post.html.partition('class="mention" href="')[2].partition('"')[0]
    assert browser().get(address).status_code == 200
    assert post.mentions.get().user.username == name
