"""The pages on which the site's moderators erase content for good."""

from forum.actions.moderation import hide_post
from forum.actions.posts import edit_post
from forum.events.verifying import verify_city
from forum.models import Event, Revision
from tests.clients import browser, text_of
from tests.world import World


def test_what_an_act_says_is_erased_and_the_chain_stays_whole(world: World) -> None:
    hide_post(world.reply, by=world.mei, reason="Names a street: 12 Ferry Lane")
    act = Event.objects.get(kind="post.hidden")
    ada, log = browser(world.ada), f"/c/stoneferry/log/{act.pk}/"
    assert "Erase what this act says" in text_of(ada.get(log))
    assert "Erase what this act says" not in text_of(browser(world.mei).get(log))
    page = text_of(ada.post(f"{log}erase/", {"reason": "An address"}, follow=True))
    assert "Ferry Lane" not in page
    assert "Ferry Lane" not in text_of(browser().get("/c/stoneferry/log/"))
    assert not verify_city(world.stoneferry).faults


def test_an_earlier_version_is_erased_and_the_present_one_only_when_hidden(world: World) -> None:
    edit_post(world.reply, by=world.coco, body="I crossed it.", base=1)
    ada, history = browser(world.ada), f"/p/{world.reply.pk}/history/"
    assert ada.post(f"{history}1/erase/", {"reason": ""}).status_code == 422
    page = text_of(ada.post(f"{history}1/erase/", {"reason": "A name"}, follow=True))
    assert "我走過" not in page
    assert "This version was erased for good" in page
    refused = ada.post(f"{history}2/erase/", {"reason": "A name"})
    assert refused.status_code == 422
    assert "Hide the post first." in text_of(refused)
    assert ada.get(f"{history}9/erase/").status_code == 404
    assert browser(world.mei).post(f"{history}1/erase/", {"reason": "A name"}).status_code == 403
    assert Revision.objects.get(post=world.reply, number=1).is_erased
    assert not verify_city(world.stoneferry).faults
