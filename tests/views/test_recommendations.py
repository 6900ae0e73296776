"""Recommending from the page: in place, by a plain form, and the list of names."""

import json

import pytest

from forum.actions.recommendations import recommend_post
from forum.models import City, Post, Recommendation
from tests.clients import HTMX, browser, text_of
from tests.world import World, make_person


def address(post: Post, verb: str = "recommend") -> str:
    return f"/p/{post.pk}/{verb}/"


def test_plain_form_leads_back_to_the_post_with_a_message(world: World) -> None:
    client = browser(world.coco)
    response = client.post(address(world.opener))
    assert response.status_code == 302
    assert response["Location"] == f"/p/{world.opener.pk}/"
    assert "You recommended this post." in text_of(client.get(f"/t/{world.thread.pk}/"))


def test_htmx_gets_the_button_and_the_names(world: World) -> None:
    response = browser(world.coco).post(address(world.opener), headers=HTMX)
    page = text_of(response)
    assert f'action="{address(world.opener, "unrecommend")}"' in page
    assert '<hx-partial hx-target="#p1-recommenders"' in page
    assert ">Coco</a>" in page
    assert json.loads(response["HX-Trigger"])["announce"]["text"] == "You recommended this post. 1 recommendation."


def test_button_at_the_thumb_and_button_at_the_post_change_together(world: World) -> None:
    page = text_of(browser(world.coco).post(address(world.opener), {"place": "bar"}, headers=HTMX))
    assert 'id="p1-recommend-bar"' in page
    assert '<hx-partial hx-target="#p1-recommend"' in page


def test_withdrawing_brings_the_button_back(world: World) -> None:
    recommend_post(world.opener, by=world.coco)
    page = text_of(browser(world.coco).post(address(world.opener, "unrecommend"), headers=HTMX))
    assert f'action="{address(world.opener)}"' in page
    assert "Coco" not in page
    assert not Recommendation.objects.exists()


def test_visitor_is_sent_to_sign_in_and_then_back_to_the_post(world: World) -> None:
    response = browser().post(address(world.opener))
    assert response["Location"].startswith("/accounts/login/")
    response = browser(world.coco).get(address(world.opener))
    assert response["Location"] == f"/p/{world.opener.pk}/"
    assert not Recommendation.objects.exists()


def test_own_post_is_refused_with_a_reason(world: World) -> None:
    response = browser(world.cai).post(address(world.opener))
    assert response.status_code == 403
    assert "You cannot recommend your own post." in text_of(response)


def test_post_one_may_not_see_is_not_there(world: World) -> None:
    Post.objects.filter(pk=world.reply.pk).update(is_hidden=True)
    assert browser(world.rita).post(address(world.reply)).status_code == 404
    City.objects.filter(pk=world.stoneferry.pk).update(visibility=City.Visibility.CITIZENS)
    assert browser(world.rita).post(address(world.opener)).status_code == 404
    assert browser().get(address(world.opener, "recommenders")).status_code == 404


def test_form_without_its_token_is_refused(world: World) -> None:
    client = browser(world.coco, enforce_csrf_checks=True)
    assert client.post(address(world.opener)).status_code == 403


def test_ten_names_stand_under_the_post_and_a_link_leads_to_all(world: World) -> None:
    for number in range(12):
        recommend_post(world.opener, by=make_person(f"reader{number}", f"Reader {number}"))
    page = text_of(browser().get(f"/t/{world.thread.pk}/"))
    assert "12 recommendations:" in page
    assert "Reader 9<" in page
    assert "Reader 10<" not in page
    assert f'href="{address(world.opener, "recommenders")}"' in page


def test_earlier_recommendations_are_told_beside_the_names(world: World) -> None:
    Post.objects.filter(pk=world.opener.pk).update(earlier_recommendations=7)
    recommend_post(world.opener, by=world.coco)
    page = text_of(browser().get(f"/t/{world.thread.pk}/"))
    assert "and 7 earlier ones, without names" in page
    assert "7 earlier recommendations came with the archive" in text_of(
        browser().get(address(world.opener, "recommenders"))
    )


def test_all_names_stand_in_order_of_time_as_page_and_over_the_page(world: World) -> None:
    for person in (world.dan, world.coco, world.mei):
        recommend_post(world.opener, by=person)
    page = text_of(browser().get(address(world.opener, "recommenders")))
    assert page.index(">Dan</a>") < page.index(">Coco</a>") < page.index(">梅市長</a>")
    fragment = text_of(browser().get(address(world.opener, "recommenders"), headers=HTMX))
    assert "<html" not in fragment
    assert 'id="overlay-title"' in fragment
    assert ">Dan</a>" in fragment


def test_list_of_names_has_pages(world: World) -> None:
    for number in range(101):
        recommend_post(world.opener, by=make_person(f"reader{number}"))
    assert "Reader100" in text_of(browser().get(f"{address(world.opener, 'recommenders')}?page=2"))
    for nonsense in ("3", "0", "x", "-1", "9" * 30):
        assert browser().get(f"{address(world.opener, 'recommenders')}?page={nonsense}").status_code == 404


@pytest.mark.parametrize("count", [1, 3, 50])
@pytest.mark.parametrize(("who", "queries"), [(None, 3), ("rita", 5)])
def test_list_of_names_takes_few_queries(
    world: World, django_assert_num_queries: object, count: int, who: str | None, queries: int
) -> None:
    for number in range(count):
        recommend_post(world.opener, by=make_person(f"reader{number}"))
    client = browser(getattr(world, who) if who else None)
    with django_assert_num_queries(queries):  # type: ignore[operator]
        client.get(address(world.opener, "recommenders"))
