"""The table of docs/sanctions.md holds: what each sanction keeps from, line by line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from forum.actions.recommendations import recommend_post
from forum.actions.sanctions import impose_sanction
from forum.actions.threads import create_thread
from forum.models import City, Digest, Event, Poll, Post
from forum.permissions.appeals import can_appeal
from forum.permissions.boards import can_build_boards
from forum.permissions.cities import can_act_on_site, can_found_city, can_see_city
from forum.permissions.city_life import can_answer_roll, can_recommend_city, can_write_in_guestbook
from forum.permissions.digests import can_create_digest, can_keep_post, can_write_in_digest
from forum.permissions.drafts import can_save_draft
from forum.permissions.memberships import can_admit_citizens, can_join_city, can_leave_city
from forum.permissions.notices import can_post_notice
from forum.permissions.petitions import can_start_petition
from forum.permissions.polls import can_vote
from forum.permissions.posts import can_edit_post, can_moderate_post
from forum.permissions.recommendations import can_recommend_post, can_withdraw_recommendation
from forum.permissions.reports import can_report_post
from forum.permissions.roles import Viewer
from forum.permissions.sanctions import can_sanction_in_city
from forum.permissions.threads import can_create_thread, can_moderate_thread, can_reply_to_thread
from forum.permissions.undoing import can_mark_private
from forum.permissions.verdicts import Verdict
from forum.permissions.watches import can_watch
from tests.world import World

DOCUMENT = Path(__file__).parents[2] / "docs" / "sanctions.md"
KINDS = {"warned": "warning", "muted": "mute", "banned": "ban", "suspended": "suspension"}


class Sanctioned:
    """The deputy Dan, who has a thread of his own, with what he may want to do."""

    def __init__(self, world: World) -> None:
        self.world, self.viewer = world, Viewer.of(world.dan)
        self.city = City.objects.get(pk=world.stoneferry.pk)
        self.closed = City.objects.get(pk=world.stoneferry.pk)
        self.closed.visibility = City.Visibility.CITIZENS
        thread = create_thread(world.general, by=world.dan, title="Ropes", body="New ones.")
        self.own = Post.objects.select_related("thread__city", "thread__board").get(thread=thread)
        self.reply = Post.objects.select_related("thread__city", "thread__board").get(pk=world.reply.pk)
        recommend_post(world.opener, by=world.dan)
        self.recommended = Post.objects.select_related("thread__city").get(pk=world.opener.pk)
        self.private = Digest.objects.create(owner=world.dan, slug="a", title="A")
        self.public = Digest.objects.create(owner=world.dan, slug="b", title="B", is_public=True)

    def election(self) -> Poll:
        """Return a vote on whose roll he stands."""
        return Poll(city=self.city, voters=Poll.Voters.ROLL, question="Who?")

    def poll(self) -> Poll:
        """Return a poll in the thread of the world."""
        return Poll(city=self.city, thread=self.reply.thread, question="Three or four?")


type Asking = Callable[[Sanctioned, Viewer], list[Verdict | bool]]

ACTS: dict[str, Asking] = {
    "read a public city": lambda one, viewer: [can_see_city(viewer, one.city)],
    "read a city that is for its citizens": lambda one, viewer: [can_see_city(viewer, one.closed)],
    "start a thread": lambda one, viewer: [can_create_thread(viewer, one.own.thread.board)],
    "reply": lambda one, viewer: [can_reply_to_thread(viewer, one.own.thread)],
    "edit a post of one's own": lambda one, viewer: [can_edit_post(viewer, one.own)],
    "recommend a post": lambda one, viewer: [can_recommend_post(viewer, one.reply)],
    "take a recommendation back": lambda one, viewer: [can_withdraw_recommendation(viewer, one.recommended)],
    "recommend the city": lambda one, viewer: [can_recommend_city(viewer, one.city)],
    "write in the guestbook": lambda one, viewer: [can_write_in_guestbook(viewer, one.city)],
    "answer the roll call": lambda one, viewer: [can_answer_roll(viewer, one.city)],
    "vote in a poll of a thread": lambda one, viewer: [can_vote(viewer, one.poll(), is_on_roll=False)],
    "vote in an election on whose roll one stands": lambda one, viewer: [
        can_vote(viewer, one.election(), is_on_roll=True)
    ],
    "sign a petition": lambda one, viewer: [can_start_petition(viewer, one.city, is_eligible=True)],
    "report a post": lambda one, viewer: [can_report_post(viewer, one.reply)],
    "join another city": lambda one, viewer: [can_join_city(viewer, City(pk=0, joining=City.Joining.OPEN))],
    "found a city": lambda one, viewer: [can_found_city(viewer)],
    "keep a post in a private digest": lambda one, viewer: [
        can_create_digest(viewer),
        can_keep_post(viewer, one.reply),
        can_write_in_digest(viewer, one.private, is_public=False),
    ],
    "write in a public digest": lambda one, viewer: [
        can_create_digest(viewer, is_public=True),
        can_write_in_digest(viewer, one.public, is_public=True),
        can_write_in_digest(viewer, one.private, is_public=True),
    ],
    "change the name and the words shown on one's page": lambda one, viewer: [can_act_on_site(viewer)],
    "save a draft": lambda one, viewer: [can_save_draft(viewer, one.own.thread)],
    "watch a public city": lambda one, viewer: [can_watch(viewer, one.city)],
    "act as an officer of the city": lambda one, viewer: [
        can_build_boards(viewer, one.city),
        can_admit_citizens(viewer, one.city),
        can_post_notice(viewer, one.city),
        can_moderate_post(viewer, one.reply),
        *(can_moderate_thread(viewer, one.reply.thread, ability) for ability in ("pin", "lock", "hide", "move")),
        can_sanction_in_city(viewer, one.city),
        can_mark_private(viewer, one.city),
    ],
    "leave the city": lambda one, viewer: [can_leave_city(viewer, one.city)],
    "appeal": lambda one, viewer: [
        can_appeal(viewer, event, is_undone=False)
        for event in Event.objects.filter(person=one.world.dan, sanction__isnull=False)
    ],
}


def _rows() -> dict[str, dict[str, str]]:
    lines = [line.strip("| ") for line in DOCUMENT.read_text().splitlines() if line.startswith("| ")]
    head, *rows = [[cell.strip() for cell in line.split("|")] for line in lines]
    return {act: dict(zip(head[1:], answers, strict=True)) for act, *answers in rows}


ROWS = _rows()


def test_the_document_names_every_act_once() -> None:
    assert list(ROWS) == list(ACTS)
    assert all(set(answers) == set(KINDS) for answers in ROWS.values())


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_sanction_keeps_from(world: World, kind: str) -> None:
    one = Sanctioned(world)
    city, by = (None, world.ada) if kind == "suspended" else (world.stoneferry, world.mei)
    impose_sanction(city, by=by, person=world.dan, kind=KINDS[kind], reason="abuse")
    viewer = Viewer.of(world.dan)
    for act, ask in ACTS.items():
        verdicts = ask(one, viewer)
        assert {bool(verdict) for verdict in verdicts} == {ROWS[act][kind] == "yes"}, act


def test_without_a_sanction_all_of_it_may_be_done(world: World) -> None:
    one = Sanctioned(world)
    for act, ask in ACTS.items():
        assert all(ask(one, one.viewer)), act


def test_the_refusal_says_why_and_until_when_and_that_one_may_appeal(world: World) -> None:
    impose_sanction(world.stoneferry, by=world.mei, person=world.cai, kind="mute", reason="off_topic")
    verdict = can_reply_to_thread(Viewer.of(world.cai), world.thread)
    assert verdict.is_sanction
    assert "Repeatedly off the topic" in str(verdict.reason)
    assert "appeal" in str(verdict.reason)
