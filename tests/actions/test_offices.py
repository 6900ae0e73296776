"""Writing in office."""

import pytest

from forum.actions.memberships import dismiss_deputy
from forum.actions.posts import add_reply, edit_post
from forum.actions.threads import create_thread
from forum.models import Post
from forum.permissions.verdicts import Forbidden
from tests.world import World


@pytest.mark.parametrize(("who", "office"), [("mei", "mayor"), ("dan", "deputy")])
def test_an_officer_speaks_in_office_or_as_themselves(world: World, who: str, office: str) -> None:
    person = getattr(world, who)
    assert add_reply(world.thread, by=person, body="In office.", office=office).office == office
    assert add_reply(world.thread, by=person, body="As myself.").office == ""
    thread = create_thread(world.general, by=person, title="A notice", body="In office.", office=office)
    assert thread.posts.get().office == office


@pytest.mark.parametrize(
    ("who", "office"), [("coco", "mayor"), ("dan", "mayor"), ("mei", "moderator"), ("mei", "deputy"), ("mei", "king")]
)
def test_nobody_speaks_in_an_office_they_do_not_hold(world: World, who: str, office: str) -> None:
    with pytest.raises(Forbidden, match="do not hold this office"):
        add_reply(world.thread, by=getattr(world, who), body="Listen!", office=office)


def test_the_office_stays_on_what_was_said_and_ends_with_the_term(world: World) -> None:
    post = add_reply(world.thread, by=world.dan, body="In office.", office="deputy")
    dismiss_deputy(world.stoneferry, by=world.mei, person=world.dan)
    with pytest.raises(Forbidden):
        add_reply(world.thread, by=world.dan, body="Still?", office="deputy")
    edit_post(post, by=world.dan, base=1, body="In office, then.")
    assert Post.objects.get(pk=post.pk).office == "deputy"
