"""The officers' dialogs: how long a pin lasts, what stays private, and leaving it to another officer."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from forum.actions.pinning import pin_thread
from forum.actions.posts import add_reply
from forum.actions.splitting import split_thread
from forum.actions.threads import create_thread
from forum.models import Board, Event, Membership, Rules, Thread
from forum.permissions.parties import is_party
from forum.queries.board_faces import BoardPlace, board_face, board_here
from tests.clients import HTMX, browser, text_of
from tests.world import World


def pinned_until(world: World) -> datetime | None:
    """Return when the thread of the world will be unpinned."""
    return Thread.objects.get(pk=world.thread.pk).pinned_until


@pytest.mark.parametrize(("lasting", "days"), [("week", 7), ("month", 30)])
def test_pin_lasts_as_long_as_was_chosen(world: World, lasting: str, days: int) -> None:
    browser(world.mei).post(f"/t/{world.thread.pk}/pin/", {"lasting": lasting})
    until = pinned_until(world)
    assert until
    assert abs(until - timezone.now() - timedelta(days=days)) < timedelta(minutes=1)


def test_pin_lasts_through_the_day_that_was_named_or_has_no_end(world: World) -> None:
    mei, address = browser(world.mei), f"/t/{world.thread.pk}/pin/"
    day = timezone.localdate() + timedelta(days=3)
    mei.post(address, {"lasting": "day", "until": day.isoformat()})
    until = pinned_until(world)
    assert until
    assert timezone.localtime(until).date() == day + timedelta(days=1)
    mei.post(address, {"lasting": "open"})
    assert pinned_until(world) is None
    assert Thread.objects.get(pk=world.thread.pk).is_on_top


@pytest.mark.parametrize("until", ["", "2020-01-01", "nonsense", "9999-12-31"])
def test_day_that_is_none_is_said_at_its_field(world: World, until: str) -> None:
    answer = browser(world.mei).post(f"/t/{world.thread.pk}/pin/", {"lasting": "day", "until": until})
    assert answer.status_code == 422
    assert 'id="id_until_error"' in text_of(answer)


def test_pin_that_has_run_out_counts_as_none_anywhere(world: World) -> None:
    new = create_thread(world.general, by=world.coco, title="Newer", body="Than the bridge.")
    pin_thread(world.thread, by=world.mei, until=timezone.now() + timedelta(days=1))
    Thread.objects.filter(pk=world.thread.pk).update(pinned_until=timezone.now() - timedelta(minutes=1))
    for address in ("/c/stoneferry/b/general/", "/c/stoneferry/"):
        page = text_of(browser().get(address))
        assert "state--pinned" not in page
        assert page.index(new.title) < page.index("The bridge")
    assert board_face(board_here("stoneferry", "general"), BoardPlace()).pinned == []
    assert f"/t/{world.thread.pk}/pin/" in text_of(browser(world.mei).get(f"/t/{world.thread.pk}/"))
    page = text_of(browser().get(f"/t/{new.pk}/"))
    assert "The bridge" in page  # a neighbour in the list again


def test_board_holds_ten_pinned_threads(world: World) -> None:
    for number in range(10):
        thread = create_thread(world.general, by=world.coco, title=f"Thread {number}", body="Words.")
        pin_thread(thread, by=world.mei)
    answer = browser(world.mei).post(f"/t/{world.thread.pk}/pin/", {"lasting": "open"})
    assert answer.status_code == 422
    assert "Ten threads are pinned" in text_of(answer)


def test_officer_keeps_an_act_private_as_they_do_it(world: World) -> None:
    browser(world.dan).post(f"/p/{world.reply.pk}/hide/", {"reason": "12 Main Street", "is_private": "on"})
    assert Event.objects.get(kind="post.hidden").is_private
    assert "Main Street" not in text_of(browser().get("/c/stoneferry/log/"))


class TestParty:
    """Officers who act where they are involved themselves."""

    def test_they_are_told_before_and_everybody_after(self, world: World) -> None:
        world.thread = create_thread(world.general, by=world.mei, title="Mine", body="My own words.")
        mei, address = browser(world.mei), f"/t/{world.thread.pk}/lock/"
        assert "party to the matter" in text_of(mei.get(address))
        mei.post(address, {"reason": "Enough"})
        assert Event.objects.get(kind="thread.locked").is_party
        for page in ("/c/stoneferry/log/", f"/t/{world.thread.pk}/"):
            assert "Party to the matter" in text_of(browser().get(page))

    def test_who_is_answered_is_party_even_where_they_wrote_nothing(self, world: World) -> None:
        add_reply(world.thread, by=world.dan, body="By day only.")
        add_reply(world.thread, by=world.coco, body="Nonsense.", to=3)
        new = split_thread(world.thread, by=world.mei, numbers=[4], board=world.letters, title="Nonsense")
        answer = new.posts.get(number=1)
        assert (is_party(world.dan, new), is_party(world.dan, new, answer)) == (False, True)
        assert not is_party(world.mei, new, answer)

    @pytest.mark.parametrize("who", ["mei", "ada"])
    def test_where_a_second_officer_is_asked_for_they_leave_it_to_another(self, world: World, who: str) -> None:
        Rules.objects.update_or_create(city=world.stoneferry, defaults={"second_officer": True})
        Board.objects.filter(pk=world.general.pk).update(posting="")
        thread = create_thread(world.general, by=getattr(world, who), title="Mine", body="My own words.")
        officer = browser(getattr(world, who))
        for verb in (officer.get, officer.post):
            answer = verb(f"/t/{thread.pk}/lock/")
            assert answer.status_code == 403
            assert "another officer decides" in text_of(answer)
            assert "/c/stoneferry/report/" in text_of(answer)
        assert browser(world.dan).post(f"/t/{thread.pk}/lock/").status_code == 302

    def test_about_somebody_elses_post_they_ask_another_by_a_report_of_it(self, world: World) -> None:
        Rules.objects.update_or_create(city=world.stoneferry, defaults={"second_officer": True})
        thread = create_thread(world.general, by=world.mei, title="Mine", body="My own words.")
        reply = browser(world.coco).post(f"/t/{thread.pk}/replies/", {"body": "Yours, and wrong."})
        assert reply.status_code == 302
        post = thread.posts.get(number=2)
        answer = browser(world.mei).get(f"/p/{post.pk}/hide/", headers=HTMX)
        assert answer.status_code == 403
        assert answer.headers["HX-Retarget"] == "#overlay"
        assert f"/p/{post.pk}/report/" in text_of(answer)

    def test_the_only_officer_of_a_city_is_told_that_the_site_decides(self, world: World) -> None:
        Rules.objects.update_or_create(city=world.stoneferry, defaults={"second_officer": True})
        Membership.objects.filter(user=world.dan, city=world.stoneferry).update(role="citizen")
        thread = create_thread(world.general, by=world.mei, title="Mine", body="My own words.")
        assert "the site&#x27;s moderators do" in text_of(browser(world.mei).get(f"/t/{thread.pk}/lock/"))
