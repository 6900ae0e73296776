"""What of a topic comes in, and how it stands here."""

import pytest

from forum.events.chain import revision_hash
from forum.models import City, Event, Post, Revision, Thread
from tests.transfer.archive import a_post, a_topic, an_act
from tests.transfer.conftest import Move


def post(number: int) -> Post:
    return Post.objects.get(thread__source_id=5, number=number)


def thread() -> Thread:
    return Thread.objects.get(source_id=5)


def test_thread_comes_in_with_its_dates_views_and_author(move: Move) -> None:
    move(a_topic(5, views=321))
    found = thread()
    assert (found.title, found.views_count, found.author.username) == ("High water 5", 321, "heron")
    assert found.created_at.isoformat() == "2015-03-01T10:01:00+00:00"
    assert found.last_post_at.isoformat() == "2015-03-01T10:02:00+00:00"
    assert (found.last_author.username, found.last_number, found.posts_count, found.replies_count) == ("egret", 2, 2, 1)
    assert found.excerpt == "Post 1 of the river."


def test_html_becomes_markdown_and_source_is_preferred(move: Move) -> None:
    move(a_topic(5, a_post(1), a_post(2, raw="As *typed*.", cooked="<p>As <em>typed</em>.</p>")))
    assert [post(1).body, post(2).body] == ["Post 1 of the *river*.", "As *typed*."]
    assert "<em>typed</em>" in post(2).html


def test_source_that_only_the_old_software_understands_gives_way_to_its_html(move: Move) -> None:
    quote = '<aside class="quote" data-username="egret"><blockquote><p>Wet.</p></blockquote></aside><p>Yes.</p>'
    move(
        a_topic(
            5,
            a_post(1, raw='[quote="egret"]\nWet.\n[/quote]\nYes.', cooked=quote),
            a_post(2, raw="[b]Hm[/b]", cooked=None),
        )
    )
    assert "> Wet." in post(1).body
    assert post(2).body == "[b]Hm[/b]"


def test_code_in_a_source_is_not_taken_for_html(move: Move) -> None:
    source = "```\n#include <u>\n```\nand `<b>`"
    move(a_topic(5, a_post(1, raw=source, cooked="<p>other</p>")))
    assert post(1).body == source


def test_text_longer_than_people_may_type_comes_in_whole(move: Move) -> None:
    move(a_topic(5, a_post(1, cooked="<p>" + "long words " * 9000 + "end</p>")))
    assert post(1).body.endswith("long words end")
    assert "words end" in post(1).html


def test_names_of_emoji_in_a_title_become_emoji(move: Move) -> None:
    move(a_topic(5, title="High :ocean: water at 12:30:45 :nosuchthing:"))
    assert thread().title == "High 🌊 water at 12:30:45 :nosuchthing:"


def test_gaps_in_the_numbers_stay(move: Move) -> None:
    report = move(a_topic(5, a_post(1), a_post(4), a_post(9)))
    assert list(thread().posts.order_by("number").values_list("number", flat=True)) == [1, 4, 9]
    assert (thread().last_number, report.counts["gaps"]) == (9, 1)


def test_addressed_posts_are_linked_and_a_missing_one_keeps_its_number(move: Move) -> None:
    move(a_topic(5, a_post(1), a_post(3, reply_to_post_number=1), a_post(4, reply_to_post_number=2)))
    assert post(3).addressed == post(1)
    assert (post(4).addressed, post(4).addressed_number) == (None, 2)


def test_edits_and_likes_come_in_as_numbers(move: Move) -> None:
    liked = [{"id": 2, "count": 7}, {"id": 3, "count": 99}]
    report = move(a_topic(5, a_post(1, version=4, actions_summary=liked), a_post(2)))
    assert (post(1).edits, post(1).recommendations, post(1).revision_number) == (3, 7, 1)
    assert post(1).edited_at and post(1).edited_at.isoformat() == "2015-03-02T10:01:00+00:00"
    assert (post(2).edits, post(2).edited_at) == (0, None)
    assert thread().recommendations_count == 7
    assert (report.counts["edited"], report.counts["recommendations"]) == (1, 7)


def test_each_post_has_a_first_revision_that_starts_its_chain(move: Move) -> None:
    move(a_topic(5))
    revision = Revision.objects.get(post=post(1))
    assert (revision.number, revision.title, revision.body) == (1, "High water 5", post(1).body)
    assert revision.chain_hash == revision_hash("", revision)


def test_hidden_post_is_hidden_here_with_a_row_in_the_log(move: Move, city: City) -> None:
    move(a_topic(5, a_post(1), a_post(2, hidden=True)))
    assert (post(2).is_hidden, thread().replies_count, thread().posts_count) == (True, 0, 2)
    event = Event.objects.get(kind="post.came_hidden", city=city)
    assert (event.actor, event.in_log) == (None, True)


def test_states_of_the_topic_come_in(move: Move) -> None:
    move(a_topic(5, closed=True, pinned=True), a_topic(6, archived=True), a_topic(7, visible=False))
    found = {one.source_id: one for one in Thread.objects.filter(source_id__isnull=False)}
    assert (found[5].is_pinned, found[5].is_locked, found[6].is_locked, found[7].is_hidden) == (True, True, True, True)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("closed.enabled", "thread.locked"),
        ("closed.disabled", "thread.unlocked"),
        ("pinned_globally.enabled", "thread.pinned"),
        ("pinned.disabled", "thread.unpinned"),
        ("archived.enabled", "thread.archived"),
        ("visible.disabled", "thread.unlisted"),
        ("split_topic", "thread.split"),
        ("something.new", "thread.acted"),
    ],
)
def test_small_act_becomes_an_event_in_the_course_of_the_thread(move: Move, code: str, kind: str) -> None:
    report = move(a_topic(5, a_post(1), an_act(2, code, cooked="<p>Off <b>topic</b>.</p>"), a_post(3)))
    event = Event.objects.get(kind=kind, thread__source_id=5)
    assert (event.actor.username if event.actor else "", event.reason) == ("warden", "Off topic.")
    assert (event.data["number"], event.data["code"], event.in_thread) == (2, code, True)
    assert event.created_at.isoformat() == "2015-03-01T10:02:00+00:00"
    assert (thread().posts_count, report.counts["acts"], report.counts["gaps"]) == (2, 1, 0)


def test_what_came_is_told_once_in_the_log(move: Move, city: City) -> None:
    move(a_topic(5))
    move(a_topic(5))
    event = Event.objects.get(kind="city.imported")
    assert (event.actor and event.actor.username, event.data) == ("mei", {"threads": 1, "posts": 2})


def test_city_is_as_lately_active_as_its_newest_thread(move: Move, city: City) -> None:
    move(a_topic(5))
    board = city.boards.get(slug="category-7")
    assert board.last_activity_at.isoformat() == "2015-03-01T10:02:00+00:00"
    city.refresh_from_db()
    assert city.last_activity_at == max(city.threads.values_list("last_post_at", flat=True))


def test_text_that_no_database_takes_is_mended(move: Move) -> None:
    move(a_topic(5, a_post(1, cooked="<p>half \ud83d of a heron \x00</p>"), title="High\x00 water \ud83d\udc1f"))
    assert thread().title == "High water 🐟"
    assert post(1).body.startswith("half")
