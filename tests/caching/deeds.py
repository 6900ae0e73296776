"""What people do to Stoneferry, one thing after another, and what each of these deeds changes for those who read."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from forum.actions.abilities import grant_abilities
from forum.actions.appeals import appeal_decision
from forum.actions.applications import apply_to_city, decide_application
from forum.actions.ballots import cast_ballot
from forum.actions.boards import create_board, edit_board, order_boards
from forum.actions.categories import create_category
from forum.actions.cities import change_city
from forum.actions.city_life import answer_roll, recommend_city, write_in_guestbook
from forum.actions.closing.asking import ask_to_close
from forum.actions.digests.keeping import keep_in_new_digest
from forum.actions.drafts import save_draft
from forum.actions.elections import call_election
from forum.actions.erasing import erase_revision
from forum.actions.holds import approve_post
from forum.actions.memberships import dismiss_deputy, join_city, leave_city, name_deputy
from forum.actions.merging import merge_threads, unmerge_thread
from forum.actions.moderation import (
    feature_thread,
    hide_post,
    hide_thread,
    lock_thread,
    move_thread,
    restore_post,
    restore_thread,
    unlock_thread,
)
from forum.actions.notices import end_notice, post_notice
from forum.actions.pinning import pin_thread, unpin_thread
from forum.actions.polls import close_poll, set_poll
from forum.actions.posts import add_reply, edit_post
from forum.actions.profiles import change_profile
from forum.actions.recommendations import recommend_post, withdraw_recommendation
from forum.actions.reports import file_report
from forum.actions.rules import change_rules
from forum.actions.sanctions import impose_sanction, lift_sanction
from forum.actions.searches import remember_search, save_search
from forum.actions.splitting import split_thread, unsplit_thread
from forum.actions.threads import create_thread
from forum.models import Application, Event, Hold, Membership, Notice, Poll, Post, Revision, Sanction, Thread, Watch
from tests.world import World

NOTHING = ""
TALK = "everywhere news thread"  # what is said in the thread
LISTED = f"{TALK} general"  # what its board shows of it, too
NEWS = "everywhere news"
FACE = f"{NEWS} city"
SITE = "everywhere site"
FAR = "everywhere far"
LETTERED = f"{TALK} letters"  # something that a thread of the other board shows, and this thread says of it
MOVED = f"{LISTED} letters"
OTHER = f"{LISTED} letters other"  # between this thread and another one, on another board


@dataclass(frozen=True)
class Deed:
    """Something done, and the scopes whose generation grows by it: exactly these."""

    name: str
    do: Callable[[World, Any], object]
    grown: str


def _post(world: World, number: int) -> Post:
    return Post.objects.select_related("thread").get(thread=world.thread, number=number)


def _last(kind: str) -> Event:
    return Event.objects.filter(kind=kind).latest("pk")


def _poll(world: World, **more: Any) -> Poll:
    thread = Thread.objects.get(pk=world.thread.pk)
    return set_poll(thread, by=world.cai, question="Mend it?", options=["Yes", "No"], method="single", **more)


def _held(world: World) -> Post:
    change_rules(world.stoneferry, by=world.mei, held_words="varnish")
    return add_reply(world.thread, by=world.coco, body="Buy varnish.")


def _renamed(world: World) -> object:
    return edit_post(_post(world, 1), by=world.cai, base=1, title="The new bridge", body="Four planks.")


def _gone(world: World) -> Thread:
    return Thread.objects.filter(board=world.letters).latest("pk")


def _retitle(world: World) -> object:
    post = Post.objects.select_related("thread").get(thread=_gone(world), number=1)
    return edit_post(post, by=world.coco, base=post.revision_number, title="Once more", body="Again, again.")


def _ban(world: World) -> Sanction:
    return impose_sanction(world.stoneferry, by=world.mei, person=world.coco, kind="ban", reason="harassment")


def _admitted(world: World) -> object:
    return decide_application(Application.objects.get(user=world.rita), by=world.stan, accept=True)


WRITING = (
    Deed("a reply", lambda w, _: add_reply(w.thread, by=w.coco, body="Again."), LISTED),
    Deed("an edit of a reply", lambda w, _: edit_post(_post(w, 3), by=w.coco, base=1, body="Again!"), TALK),
    Deed("an edit of the opener", lambda w, _: _renamed(w), LISTED),
    Deed("a recommendation of a reply", lambda w, _: recommend_post(_post(w, 2), by=w.cai), TALK),
    Deed("a recommendation of the opener", lambda w, _: recommend_post(_post(w, 1), by=w.coco), LISTED),
    Deed("one taken back", lambda w, _: withdraw_recommendation(_post(w, 2), by=w.cai), TALK),
    Deed("a new thread", lambda w, _: create_thread(w.general, by=w.cai, title="Mud", body="Mud."), f"{NEWS} general"),
    Deed("a poll", lambda w, here: here.update(poll=_poll(w)), TALK),
    Deed("a ballot", lambda w, here: cast_ballot(here["poll"], by=w.coco, choices=[1]), TALK),
    Deed("the end of the poll", lambda w, here: close_poll(here["poll"], by=w.cai), TALK),
    Deed("a digest", lambda w, _: keep_in_new_digest(w.opener, by=w.cai, title="Bridges", is_public=True), NEWS),
)
OFFICIATING = (
    Deed("a reply", lambda w, _: add_reply(w.thread, by=w.coco, body="Again."), LISTED),
    Deed("a lock", lambda w, _: lock_thread(w.thread, by=w.mei), LISTED),
    Deed("no lock", lambda w, _: unlock_thread(w.thread, by=w.mei), LISTED),
    Deed("a second time no lock", lambda w, _: unlock_thread(w.thread, by=w.mei), NOTHING),
    Deed("a pin", lambda w, _: pin_thread(w.thread, by=w.mei), LISTED),
    Deed("no pin", lambda w, _: unpin_thread(w.thread, by=w.mei), LISTED),
    Deed("the mark of a good thread", lambda w, _: feature_thread(w.thread, by=w.mei), LISTED),
    Deed("a hidden post", lambda w, _: hide_post(_post(w, 3), by=w.mei, reason="Rude"), LISTED),
    Deed("an appeal", lambda w, _: appeal_decision(_last("post.hidden"), by=w.coco, words="It was not."), NEWS),
    Deed("a restored post", lambda w, _: restore_post(_post(w, 3), by=w.mei), LISTED),
    Deed("a hidden thread", lambda w, _: hide_thread(w.thread, by=w.mei, reason="Rude"), LISTED),
    Deed("a restored thread", lambda w, _: restore_thread(w.thread, by=w.mei), LISTED),
    Deed("a thread moved", lambda w, _: move_thread(w.thread, by=w.mei, board=w.letters), MOVED),
    Deed("a thread moved back", lambda w, _: move_thread(w.thread, by=w.mei, board=w.general), MOVED),
    Deed("a merge", lambda w, here: merge_threads(here["other"], by=w.mei, into=w.thread), OTHER),
    Deed("a merge undone", lambda w, _: unmerge_thread(_last("thread.merged"), by=w.mei), OTHER),
    Deed(
        "a split",
        lambda w, _: split_thread(w.thread, by=w.mei, numbers=[3], board=w.letters, title="Again"),
        MOVED,
    ),
    Deed("a new title where the posts went", lambda w, _: _retitle(w), LETTERED),
    Deed("hiding where the posts went", lambda w, _: hide_thread(_gone(w), by=w.mei, reason="Rude"), LETTERED),
    Deed("showing where the posts went", lambda w, _: restore_thread(_gone(w), by=w.mei), LETTERED),
    Deed("a split undone", lambda w, _: unsplit_thread(_last("thread.split"), by=w.mei), MOVED),
    Deed("a held post", lambda w, _: _held(w), f"{LISTED} city"),
    Deed("its approval", lambda w, _: approve_post(Hold.objects.get(), by=w.mei), LISTED),
    Deed("an edit", lambda w, _: _renamed(w), LISTED),
    Deed(
        "an erased version",
        lambda w, _: erase_revision(Revision.objects.get(post=w.opener, number=1), by=w.ada, reason="Address"),
        TALK,
    ),
    Deed("a report", lambda w, _: file_report(by=w.coco, reason="spam", post=w.opener), NEWS),
)
GOVERNING = (
    Deed("a new name", lambda w, _: change_city(w.stoneferry, by=w.mei, name="Stoneferry 石渡"), FACE),
    Deed("the same name", lambda w, _: change_city(w.stoneferry, by=w.mei, name="Stoneferry 石渡"), NOTHING),
    Deed("a rule", lambda w, _: change_rules(w.stoneferry, by=w.mei, posts_per_day=90), FACE),
    Deed("a new board", lambda w, here: here.update(board=create_board(w.stoneferry, by=w.mei, name="Mud")), FACE),
    Deed("a renamed board", lambda w, _: edit_board(w.letters, by=w.mei, name="Notes"), f"{FACE} letters"),
    Deed(
        "boards in a new order",
        lambda w, here: order_boards(w.stoneferry, by=w.mei, order=[w.letters.pk, w.general.pk, here["board"].pk]),
        f"{FACE} general letters",
    ),
    Deed("a deputy fewer", lambda w, _: dismiss_deputy(w.stoneferry, by=w.mei, person=w.dan), FACE),
    Deed("a deputy more", lambda w, _: name_deputy(w.stoneferry, by=w.mei, person=w.dan), FACE),
    Deed(
        "what the deputy may do",
        lambda w, _: grant_abilities(Membership.objects.get(user=w.dan), by=w.mei, abilities=["hide"]),
        FACE,
    ),
    Deed("a citizen more", lambda w, _: join_city(w.stoneferry, by=w.rita), FACE),
    Deed("a citizen fewer", lambda w, _: leave_city(w.stoneferry, by=w.rita), FACE),
    Deed("a notice", lambda w, _: post_notice(w.stoneferry, by=w.mei, title="High water"), FACE),
    Deed("its end", lambda w, _: end_notice(Notice.objects.get(city=w.stoneferry), by=w.mei), FACE),
    Deed("a ban", lambda w, here: here.update(ban=_ban(w)), FACE),
    Deed("a ban lifted", lambda w, here: lift_sanction(here["ban"], by=w.mei, reason="Sorry"), FACE),
    Deed("a guest", lambda w, _: write_in_guestbook(w.stoneferry, by=w.rita, body="Hello."), NEWS),
    Deed("a roll call", lambda w, _: answer_roll(w.stoneferry, by=w.coco), NEWS),
    Deed("a city recommended", lambda w, _: recommend_city(w.stoneferry, by=w.rita), NEWS),
    Deed(
        "a vote called",
        lambda w, _: call_election(w.stoneferry, by=w.mei, office="deputy", seats=1, at=timezone.now()),
        FACE,
    ),
    Deed(
        "an application elsewhere", lambda w, _: apply_to_city(w.hilltop, by=w.rita, statement="Me."), "everywhere far"
    ),
    Deed("its answer", lambda w, _: _admitted(w), f"{FAR} far-face"),
)
OF_THE_SITE = (
    Deed("a notice of the site", lambda w, _: post_notice(None, by=w.ada, title="New rules"), SITE),
    Deed("a category", lambda w, _: create_category(by=w.ada, name_zh="橋", name_en="Bridges"), SITE),
    Deed("a person's name", lambda w, _: change_profile(w.coco, by=w.coco, display_name="Coco C."), SITE),
    Deed("a leaving", lambda w, _: ask_to_close(w.rita, by=w.rita, farewell="former"), SITE),
)
PRIVATE = (
    Deed("a draft", lambda w, _: save_draft(w.thread, by=w.coco, body="Perhaps"), NOTHING),
    Deed("a search", lambda w, _: remember_search("bridge", by=w.coco, scope=""), NOTHING),
    Deed("a search to keep", lambda w, _: save_search("bridge", by=w.coco), NOTHING),
    Deed("a thread to watch", lambda w, _: Watch.objects.get_or_create(user=w.ada, thread=w.thread), NOTHING),
    Deed("how pages look", lambda w, _: type(w.coco).objects.filter(pk=w.coco.pk).update(theme="dark"), NOTHING),
    Deed(
        "a visit",
        lambda w, _: type(w.coco).objects.filter(pk=w.coco.pk).update(last_seen_on=timezone.now() - timedelta(days=9)),
        NOTHING,
    ),
)
DEEDS = {
    "writing": WRITING,
    "officiating": OFFICIATING,
    "governing": GOVERNING,
    "site": OF_THE_SITE,
    "private": PRIVATE,
}
