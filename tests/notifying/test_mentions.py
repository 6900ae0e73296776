"""Who hears that a text mentions them."""

import pytest

from accounts.models import User
from forum.actions.holds import approve_post
from forum.actions.moderation import hide_post
from forum.actions.posts import add_reply, edit_post
from forum.actions.threads import create_thread
from forum.actions.watches import watch_place
from forum.models import Block, City, Hold, Mention, Rules, Watch
from tests.notifying.news import forget, heard_by, hearers, tell_all
from tests.world import World, make_person


@pytest.fixture(autouse=True)
def _quiet_world(world: World) -> None:
    forget()


def _names(post: object) -> list[str]:
    return list(Mention.objects.filter(post=post).order_by("user").values_list("user__username", flat=True))


def test_who_is_mentioned_hears_it_once_and_the_name_leads_to_them(world: World) -> None:
    post = add_reply(world.thread, by=world.dan, body="Ask @Rita, or @rita. 問@rita吧")
    tell_all()
    assert hearers() == {"cai": "reply", "coco": "watched", "rita": "mention"}
    assert post.html.count('<a class="mention" href="/u/rita/"') == 3


def test_a_new_thread_mentions_people_too(world: World) -> None:
    create_thread(world.letters, by=world.dan, title="A letter", body="Dear @rita and @coco,")
    tell_all()
    assert hearers() == {"rita": "mention", "coco": "mention"}


def test_names_in_code_links_and_quotations_and_names_of_nobody_mention_nobody(world: World) -> None:
    body = "`@rita` [@rita](https://example.org) rita@coco.org @nobody\n\n> Dan: @rita\n\n    @rita"
    post = add_reply(world.thread, by=world.dan, body=body)
    tell_all()
    assert _names(post) == []
    assert heard_by(world.rita) == []


def test_a_name_in_chinese_ends_where_the_longest_known_name_ends(world: World) -> None:
    make_person("蔡")
    make_person("蔡渡")
    post = add_reply(world.thread, by=world.dan, body="請@蔡渡你看看，也問＠蔡好嗎")
    assert _names(post) == ["蔡", "蔡渡"]


def test_the_stronger_reason_is_told(world: World) -> None:
    add_reply(world.thread, by=world.dan, body="@coco and @cai, both of you.", to=2)
    tell_all()
    assert hearers() == {"coco": "addressed", "cai": "mention"}


def test_an_edit_tells_only_those_whom_it_names_first(world: World) -> None:
    post = add_reply(world.thread, by=world.dan, body="Ask @rita.")
    tell_all()
    post = edit_post(post, by=world.dan, base=1, body="Ask @rita and @stan.")
    post = edit_post(post, by=world.dan, base=2, body="Ask nobody.")
    edit_post(post, by=world.dan, base=3, body="Ask @rita and @stan after all.")
    tell_all()
    assert (heard_by(world.rita), heard_by(world.stan)) == (["mention"], ["mention"])


def test_nobody_mentions_themselves(world: World) -> None:
    assert _names(add_reply(world.thread, by=world.dan, body="I, @dan, say so.")) == []


def test_only_who_may_read_it_hears(world: World) -> None:
    City.objects.filter(pk=world.stoneferry.pk).update(visibility=City.Visibility.CITIZENS)
    add_reply(world.thread, by=world.mei, body="Let us not tell @rita, @dan.")
    post = add_reply(world.thread, by=world.mei, body="Nor this @dan @cai.")
    hide_post(post, by=world.mei, reason="Rude.")
    tell_all()
    assert heard_by(world.rita) == []
    assert heard_by(world.dan) == ["mention", "mention"]
    assert heard_by(world.cai) == ["reply"]


def test_who_is_blocked_cannot_mention_or_reach_who_blocked_them(world: World) -> None:
    for person in (world.rita, world.coco, world.cai):
        Block.objects.create(user=person, blocked=world.dan)
    watch_place(world.stoneferry, by=world.rita)
    watch_place(world.dan, by=world.rita)
    add_reply(world.thread, by=world.dan, body="@rita @cai!", to=2)
    tell_all()
    assert hearers() == {}
    hide_post(world.opener, by=world.dan, reason="Twice the same.")
    tell_all()
    assert hearers() == {"cai": "post_hidden"}  # what officers decide comes all the same


def test_mentions_only_is_to_hear_who_speaks_to_one(world: World) -> None:
    watch_place(world.stoneferry, by=world.rita)
    for person in (world.rita, world.cai, world.coco):
        watch_place(world.thread, by=person, level=Watch.Level.MENTIONS)
    add_reply(world.thread, by=world.dan, body="Me too.")
    add_reply(world.thread, by=world.dan, body="@rita, you too?", to=2)
    tell_all()
    assert hearers() == {"rita": "mention", "coco": "addressed"}


def test_a_muted_place_silences_mentions(world: World) -> None:
    watch_place(world.general, by=world.rita, level=Watch.Level.MUTED)
    add_reply(world.thread, by=world.dan, body="@rita!")
    tell_all()
    assert heard_by(world.rita) == []


def test_a_held_post_mentions_when_it_appears(world: World) -> None:
    Rules.objects.update_or_create(city=world.stoneferry, defaults={"held_words": "planks"})
    add_reply(world.thread, by=world.coco, body="Buy planks, @rita!")
    tell_all()
    assert heard_by(world.rita) == []
    approve_post(Hold.objects.get(), by=world.mei)
    tell_all()
    assert heard_by(world.rita) == ["mention"]


def test_one_text_mentions_so_many_people_and_no_more(world: World) -> None:
    people: list[User] = [make_person(f"reader{number}") for number in range(30)]
    post = add_reply(world.thread, by=world.dan, body=" ".join(f"@{one.username}" for one in people))
    assert len(_names(post)) == 20
