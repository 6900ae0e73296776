"""Recommending a post and withdrawing it."""

import pytest

from forum.actions.posts import edit_post
from forum.actions.recommendations import recommend_post, withdraw_recommendation
from forum.models import City, Event, Post, Recommendation, Thread
from forum.permissions.verdicts import Forbidden
from tests.races import together
from tests.world import World


def count_of(post: Post) -> int:
    return Post.objects.get(pk=post.pk).recommendations_count


def test_recommendation_counts_for_post_and_thread(world: World) -> None:
    recommend_post(world.opener, by=world.coco)
    recommend_post(world.reply, by=world.cai)
    assert (count_of(world.opener), count_of(world.reply)) == (1, 1)
    assert Thread.objects.get(pk=world.thread.pk).recommendations_count == 1


def test_recommending_twice_changes_nothing(world: World) -> None:
    for _ in range(3):
        post = recommend_post(world.opener, by=world.coco)
    assert (post.recommendations_count, count_of(world.opener)) == (1, 1)
    assert Event.objects.filter(kind="post.recommended").count() == 1


def test_recommendation_is_of_the_version_that_was_read(world: World) -> None:
    edit_post(world.opener, by=world.cai, base=1, title="The bridge", body="Four planks.")
    recommend_post(world.opener, by=world.coco)
    assert Recommendation.objects.get().revision.number == 2


def test_nobody_recommends_their_own_post(world: World) -> None:
    with pytest.raises(Forbidden, match="your own"):
        recommend_post(world.opener, by=world.cai)


def test_member_of_the_site_recommends_without_being_a_citizen(world: World) -> None:
    assert recommend_post(world.opener, by=world.rita).recommendations_count == 1


def test_hidden_post_is_not_recommended(world: World) -> None:
    Post.objects.filter(pk=world.reply.pk).update(is_hidden=True)
    with pytest.raises(Forbidden, match="hidden"):
        recommend_post(world.reply, by=world.rita)
    Post.objects.filter(pk=world.reply.pk).update(is_hidden=False)


def test_post_in_a_city_one_may_not_read_is_not_recommended(world: World) -> None:
    City.objects.filter(pk=world.stoneferry.pk).update(visibility=City.Visibility.CITIZENS)
    with pytest.raises(Forbidden):
        recommend_post(world.opener, by=world.rita)


def test_withdrawing_takes_the_name_and_the_count_away(world: World) -> None:
    recommend_post(world.opener, by=world.coco)
    recommend_post(world.opener, by=world.dan)
    withdraw_recommendation(world.opener, by=world.coco)
    assert count_of(world.opener) == 1
    assert [row.user for row in Recommendation.objects.all()] == [world.dan]


def test_withdrawing_what_was_never_given_changes_nothing(world: World) -> None:
    assert withdraw_recommendation(world.opener, by=world.coco).recommendations_count == 0
    assert not Event.objects.filter(kind="post.unrecommended").exists()


def test_recommendation_of_a_post_hidden_since_can_be_withdrawn(world: World) -> None:
    recommend_post(world.reply, by=world.cai)
    Post.objects.filter(pk=world.reply.pk).update(is_hidden=True)
    assert withdraw_recommendation(world.reply, by=world.cai).recommendations_count == 0
    Post.objects.filter(pk=world.reply.pk).update(is_hidden=False)


def test_archived_city_keeps_its_recommendations(world: World) -> None:
    recommend_post(world.opener, by=world.coco)
    City.objects.filter(pk=world.stoneferry.pk).update(state=City.State.ARCHIVED)
    with pytest.raises(Forbidden, match="archived"):
        withdraw_recommendation(world.opener, by=world.coco)
    with pytest.raises(Forbidden, match="archived"):
        recommend_post(world.opener, by=world.dan)


@pytest.mark.django_db(transaction=True)
def test_many_clicks_at_once_make_one_recommendation_each(transactional_db: None, world: World) -> None:
    people = [world.coco, world.dan, world.mei, world.rita]
    together([lambda person=person: recommend_post(world.opener, by=person) for person in people for _ in range(4)])
    assert Recommendation.objects.count() == count_of(world.opener) == 4
    assert Thread.objects.get(pk=world.thread.pk).recommendations_count == 4


@pytest.mark.django_db(transaction=True)
def test_giving_and_withdrawing_at_once_leaves_the_count_right(transactional_db: None, world: World) -> None:
    acts = [
        lambda: recommend_post(world.opener, by=world.coco),
        lambda: withdraw_recommendation(world.opener, by=world.coco),
    ]
    together(acts * 6)
    assert Recommendation.objects.count() == count_of(world.opener)
