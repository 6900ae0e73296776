"""The offices of those who wrote: who takes over from whom is told on pages that were kept."""

import re

import pytest

from forum.actions.posts import add_reply
from forum.models import Membership
from tests.caching.unkept import both, page_at, reader
from tests.world import World


@pytest.mark.parametrize("who", ["visitor", "member", "citizen"])
def test_a_deputy_who_follows_another_one_is_told_so_at_once(world: World, who: str) -> None:
    add_reply(world.thread, by=world.dan, body="The lamps are lit.")
    add_reply(world.thread, by=world.cai, body="I shall look after them.")
    client, path = reader(world.person(who)), f"/t/{world.thread.pk}/"
    before = page_at(client, path)
    offices = Membership.objects.filter(city=world.stoneferry)
    offices.filter(user=world.dan).update(role="citizen")
    offices.filter(user=world.cai).update(role="deputy")
    kept, anew = both(client, path)
    stamps = [re.findall(r'class="stamp[^>]*>', text) for text in (before[1], kept[1], anew[1])]
    assert stamps[0]
    assert kept == anew
