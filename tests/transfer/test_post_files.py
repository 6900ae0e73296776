"""The other layout: one file for each post."""

from forum.models import City, Post, Thread
from tests.transfer.archive import a_post_file, a_topic, an_act
from tests.transfer.conftest import Move


def test_posts_spread_over_files_and_folders_make_one_thread(move: Move) -> None:
    files = {
        "a/2.json": a_post_file(8, 2, reply_to_post_number=1, raw="From the *source*."),
        "b/other.json": a_post_file(9, 1),
        "c/deep/1.json": a_post_file(8, 1, version=3),
        "c/4.json": a_post_file(8, 4),
    }
    report = move(files=files)
    thread = Thread.objects.get(source_id=8)
    assert (thread.title, thread.source_slug, thread.board.is_default) == ("Low water 8", "low-water-8", True)
    assert list(thread.posts.order_by("number").values_list("number", "earlier_edits")) == [(1, 2), (2, 0), (4, 0)]
    assert thread.posts.get(number=2).body == "From the *source*."
    assert (report.counts["threads"], report.counts["posts"], report.problems) == (2, 4, [])


def test_several_posts_may_stand_in_one_file(move: Move) -> None:
    move(files={"posts.json": [a_post_file(8, 1), a_post_file(8, 2), a_post_file(8, 2)]})
    assert Thread.objects.get(source_id=8).posts_count == 2


def test_category_of_the_posts_chooses_the_board(move: Move, city: City) -> None:
    move(files={"1.json": a_post_file(8, 1, category_id=3)})
    assert Thread.objects.get(source_id=8).board == city.boards.get(slug="category-3")


def test_acts_among_the_posts_say_whether_the_thread_is_closed(move: Move) -> None:
    act = a_post_file(8, 3, **{key: an_act(3, "closed.enabled")[key] for key in ("post_type", "action_code", "cooked")})
    move(files={"1.json": a_post_file(8, 1), "3.json": act})
    assert Thread.objects.get(source_id=8).is_locked


def test_broken_post_file_costs_only_its_own_post(move: Move) -> None:
    files = {
        "1.json": a_post_file(8, 1),
        "2.json": "{",
        "3.json": a_post_file(8, 3, username=""),
        "4.json": a_post_file(8, 4),
    }
    report = move(files=files)
    assert list(Post.objects.filter(thread__source_id=8).order_by("number").values_list("number", flat=True)) == [1, 4]
    assert [line.partition(":")[0] for line in report.problems] == ["2.json", "3.json"]


def test_post_files_complete_a_topic_file(move: Move) -> None:
    topic = a_topic(8)
    for post in topic["post_stream"]["posts"]:
        post["id"] = 800 + post["post_number"]
    report = move(files={"0-posts.json": [a_post_file(8, 2), a_post_file(8, 3)], "topic.json": topic})
    assert Thread.objects.get(source_id=8).posts_count == 3
    assert report.problems == []
