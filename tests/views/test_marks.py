"""What is new stands in lists and threads, is reached by one press, and goes away when it is read."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forum.actions.marks import mark_thread_read
from forum.actions.merging import merge_threads
from forum.actions.posts import add_reply
from forum.actions.threads import create_thread
from forum.models import BoardMark, ReadMark, Thread
from tests.clients import HTMX, browser, text_of
from tests.world import World

BOARD = "/c/stoneferry/b/general/"
WRITING = ('INSERT INTO "forum', 'UPDATE "forum')  # not that of the cache, which counts how often one prints


def _read(world: World, number: int) -> None:
    mark_thread_read(Thread.objects.select_related("city").get(pk=world.thread.pk), by=world.rita, number=number)


def test_lists_say_how_much_is_new_and_lead_there(world: World) -> None:
    rita, link = browser(world.rita), f'href="/t/{world.thread.pk}/unread/"'
    for address in ("/", "/c/stoneferry/", BOARD):
        page = text_of(rita.get(address))
        assert f"{link}>New</a>" in page, address
    _read(world, 1)
    assert f"{link}>1 new</a>" in text_of(rita.get(BOARD))
    _read(world, 2)
    assert link not in text_of(rita.get(BOARD))
    assert link not in text_of(browser().get(BOARD))


def test_the_way_leads_to_the_first_new_post_on_its_page(world: World) -> None:
    for number in range(3, 30):
        add_reply(world.thread, by=world.cai, body=f"Plank {number}.")
    rita, place = browser(world.rita), f"/t/{world.thread.pk}/"
    assert rita.get(f"{place}unread/").headers["Location"] == f"{place}#p1"
    _read(world, 24)
    assert rita.get(f"{place}unread/").headers["Location"] == f"{place}?page=2#p25"
    _read(world, 29)
    assert rita.get(f"{place}unread/").headers["Location"] == f"{place}?page=2#p29"
    assert browser().get(f"{place}unread/").headers["Location"] == place


def test_a_page_shows_where_it_begins_and_the_button_marks_it(world: World) -> None:
    _read(world, 1)
    rita, place = browser(world.rita), f"/t/{world.thread.pk}/"
    page = text_of(rita.get(place))
    assert "1 new post<" in page
    assert page.index('id="p1"') < page.index("New from here on") < page.index('id="p2"')
    assert 'name="number" value="2"' in page
    answer = rita.post(f"{place}read/", {"number": "2", "next": place}, follow=True)
    assert answer.redirect_chain == [(place, 302)]
    page = text_of(answer)
    assert "Marked as read." in page
    assert "New from here on" not in page
    assert 'id="readmark"' not in page


def test_the_script_is_answered_with_nothing(world: World) -> None:
    rita, place = browser(world.rita), f"/t/{world.thread.pk}/read/"
    answer = rita.post(place, {"number": "1"}, headers=HTMX)
    assert (answer.status_code, answer.content) == (204, b"")
    assert ReadMark.objects.get().number == 1
    for number in ("0", "-3", "x", "9" * 30):
        assert rita.post(place, {"number": number}, headers=HTMX).status_code == 204
    assert ReadMark.objects.get().number == 2  # what is no number means the end


def test_opening_pages_marks_nothing(world: World) -> None:
    rita, place = browser(world.rita), f"/t/{world.thread.pk}/"
    rita.get(place)  # counts the view
    for address in (place, f"{place}print/", f"{place}unread/", f"/feeds/t/{world.thread.pk}/", BOARD, "/me/"):
        with CaptureQueriesContext(connection) as asked:
            rita.get(address)
        written = [one["sql"] for one in asked.captured_queries if one["sql"].startswith(WRITING)]
        assert written == [], address
    assert not ReadMark.objects.exists()


def test_a_board_and_everything_are_marked_until_their_page_was_shown(world: World) -> None:
    rita = browser(world.rita)
    page = text_of(rita.get(BOARD))
    until = page.split('name="until" value="')[1].split('"')[0]
    later = create_thread(world.general, by=world.cai, title="Later", body="Written meanwhile.")
    assert rita.post(f"{BOARD}read/", {"until": until, "next": BOARD}).headers["Location"] == BOARD
    page = text_of(rita.get(BOARD))
    assert page.count("/unread/") == page.count(f"/t/{later.pk}/unread/") == 1
    assert rita.post("/me/read/", {"until": "nonsense"}).headers["Location"] == "/me/"
    assert "/unread/" not in text_of(rita.get("/"))
    assert BoardMark.objects.get().read_before <= timezone.now()


def test_my_page_shows_what_is_new_in_my_cities_until_i_have_read_it(world: World) -> None:
    dan = browser(world.dan)
    page = text_of(dan.get("/me/"))
    assert "The bridge" in page
    assert '<span class="unread">1 new</span>' in page
    dan.post("/me/read/")
    page = text_of(dan.get("/me/"))
    assert "You have read everything in your cities." in page
    assert "The bridge" not in page
    assert '<span class="unread">1 new</span>' not in text_of(dan.get("/c/stoneferry/"))


def test_the_way_to_what_is_new_leads_on_after_a_merge(world: World) -> None:
    other = create_thread(world.general, by=world.coco, title="The ferry", body="It rests on Mondays.")
    _read(world, 2)
    merge_threads(other, by=world.mei, into=world.thread)
    answer = browser(world.rita).get(f"/t/{other.pk}/unread/", follow=True)
    assert answer.redirect_chain[-1][0] == f"/t/{world.thread.pk}/#p3"
