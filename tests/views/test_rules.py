"""The rules of a city: in words, in city hall, and before one joins or writes."""

from typing import Any

import pytest
from django.db import connection

from forum.actions.rules import change_rules
from forum.actions.threads import create_thread
from forum.models import Application, City, Membership, Post, Rules
from tests.clients import browser, text_of
from tests.world import World

HALL = "/c/stoneferry/hall/rules/"


@pytest.fixture(autouse=True)
def _django_knows_its_database(db: None) -> None:
    """Django asks a SQLite connection once whether it knows JSON; no page should be charged for it."""
    assert connection.features.supports_json_field


def _rules(world: World, **rules: Any) -> None:
    change_rules(world.stoneferry, by=world.mei, **rules)


def test_everybody_reads_the_rules_as_sentences_also_of_a_city_they_may_not_read(world: World) -> None:
    _rules(world, join_days=7, questions="Why here?", held_words="casino")
    City.objects.filter(pk=world.stoneferry.pk).update(visibility=City.Visibility.CITIZENS)
    page = text_of(browser().get("/c/stoneferry/rules/"))
    assert "at least 7 days before one joins" in page
    assert "Why here?" in page
    assert "Posts with certain words wait for approval." in page
    assert "casino" not in page


def test_the_rules_name_the_lengths_of_boards_to_who_may_read_them(world: World) -> None:
    type(world.letters).objects.filter(pk=world.letters.pk).update(min_length=10, max_length=1000)
    words = "On Letters a post has between 10 and 1,000 characters."
    assert words in text_of(browser().get("/c/stoneferry/rules/"))
    City.objects.filter(pk=world.stoneferry.pk).update(visibility=City.Visibility.CITIZENS)
    assert words not in text_of(browser().get("/c/stoneferry/rules/"))


def test_a_city_links_to_its_rules(world: World) -> None:
    for path in ("/c/stoneferry/", "/c/stoneferry/join/", "/c/hilltop/apply/"):
        assert "/rules/" in browser(world.rita).get(path).content.decode()


def test_the_mayor_changes_the_rules(world: World) -> None:
    mei = browser(world.mei)
    answer = mei.post(HALL, {"join_days": "3", "held_words": "casino\r\nlottery", "repost_source": "on"}, follow=True)
    assert "The rules are changed." in text_of(answer)
    rules = Rules.objects.get(city=world.stoneferry)
    assert (rules.join_days, rules.repost_source, rules.decision_hours) == (3, True, 48)
    assert rules.held_words.split() == ["casino", "lottery"]
    log = text_of(browser().get("/c/stoneferry/log/"))
    assert "changed the rules of the city: days since sign-up before joining, a repost names its source" in log


def test_a_pattern_that_could_run_away_is_refused_at_its_field_and_its_line(world: World) -> None:
    answer = browser(world.mei).post(HALL, {"join_days": "3", "held_patterns": "fine\r\n(a)\\1"})
    page = text_of(answer)
    assert answer.status_code == 422
    assert "Line 2:" in page
    assert "run away" in page
    assert not Rules.objects.exists()
    assert 'value="3"' in answer.content.decode()  # nothing typed is lost


def test_the_rules_can_be_read_in_words_before_they_are_saved(world: World) -> None:
    mei, typed = browser(world.mei), {"join_days": "3", "preview": "1"}
    whole = mei.post(HALL, typed)
    assert "at least 3 days before one joins" in text_of(whole)
    assert 'value="3"' in whole.content.decode()
    fragment = mei.post(HALL, typed, headers={"HX-Request": "true"}).content.decode()
    assert "at least 3 days before one joins" in fragment
    assert "<html" not in fragment
    assert not Rules.objects.exists()


def test_who_cannot_join_yet_is_told_so_instead_of_a_button(world: World) -> None:
    _rules(world, join_days=7)
    rita = browser(world.rita)
    assert 'action="/c/stoneferry/join/"' not in rita.get("/c/stoneferry/").content.decode()
    page = rita.get("/c/stoneferry/join/")
    assert "You have been a member of this site for 0 days; this city asks for 7" in text_of(page)
    assert 'action="/c/stoneferry/join/"' not in page.content.decode()
    assert rita.post("/c/stoneferry/join/").status_code == 403
    assert not Membership.objects.filter(user=world.rita).exists()


def test_an_applicant_answers_the_questions_and_officers_read_them(world: World) -> None:
    change_rules(world.hilltop, by=world.stan, questions="Why here?\nWhat do you read?", statement_length=5)
    rita = browser(world.rita)
    form = rita.get("/c/hilltop/apply/").context["form"]
    assert "At least 5 characters." in text_of(rita.get("/c/hilltop/apply/"))
    names = list(form.questions)
    short = rita.post("/c/hilltop/apply/", {"statement": "Hi.", names[0]: "The view.", names[1]: "Maps."})
    assert short.status_code == 422
    assert "Your statement has 3 characters; this city asks for at least 5." in text_of(short)
    assert "The view." in short.content.decode()
    rita.post("/c/hilltop/apply/", {"statement": "Hello.", names[0]: "The view.", names[1]: "Maps."})
    application = Application.objects.get(user=world.rita)
    page = text_of(browser(world.stan).get(f"/c/hilltop/hall/applications/{application.pk}/"))
    for words in ("Why here?", "The view.", "What do you read?", "Maps."):
        assert words in page


def test_an_applicant_who_leaves_a_question_out_is_told_at_its_field(world: World) -> None:
    change_rules(world.hilltop, by=world.stan, questions="Why here?")
    answer = browser(world.rita).post("/c/hilltop/apply/", {"statement": "Hello there."})
    assert answer.status_code == 422
    assert "Hello there." in answer.content.decode()
    assert not Application.objects.filter(user=world.rita).exists()


def test_a_writer_is_told_the_rules_before_writing(world: World) -> None:
    _rules(world, posts_per_day=5, repost_comment=20, probation_posts=9, decision_hours=24)
    for path in (f"/t/{world.thread.pk}/", f"/t/{world.thread.pk}/replies/", "/c/stoneferry/b/general/threads/new/"):
        page = text_of(browser(world.coco).get(path))
        assert "The officers promise to decide within 24 hours." in page
        assert "allows 5 posts within a day; you have written 1." in page
        assert "20 characters of your own" in page


def test_who_may_not_write_yet_reads_why_where_the_form_would_stand(world: World) -> None:
    _rules(world, post_days=7)
    words = "You have been a member of this site for 0 days; this city asks for 7 before one writes."
    coco = browser(world.coco)
    page = coco.get(f"/t/{world.thread.pk}/")
    assert words in text_of(page)
    assert 'name="body"' not in page.content.decode()
    answer = coco.post(f"/t/{world.thread.pk}/replies/", {"body": "A long reply."})
    assert (answer.status_code, words in text_of(answer)) == (403, True)
    assert "A long reply." in answer.content.decode()  # and among the drafts
    assert world.coco.drafts.get().body == "A long reply."


def test_a_repost_without_its_source_comes_back_filled_in(world: World) -> None:
    _rules(world, repost_source=True)
    answer = browser(world.coco).post(f"/t/{world.thread.pk}/replies/", {"body": "> Theirs", "is_repost": "on"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "This city asks a repost to name its source." in text_of(answer)
    assert "&gt; Theirs" in page
    assert "checked" in page[page.index('name="is_repost"') :][:200]


def test_a_repost_is_marked(world: World) -> None:
    coco = browser(world.coco)
    data = {"body": "> Theirs\n\nMine.", "is_repost": "on", "source": "The Ferry News"}
    page = text_of(coco.post(f"/t/{world.thread.pk}/replies/", data, follow=True))
    assert "Repost" in page
    assert "The Ferry News" in page


@pytest.mark.parametrize(("who", "queries"), [("coco", 9), ("mei", 9)])
def test_rules_cost_the_page_of_a_thread_nothing(
    world: World, django_assert_num_queries: Any, who: str, queries: int
) -> None:
    _rules(world, post_posts=1, thread_posts=1, posts_per_day=9, probation_posts=1, held_words="casino")
    client = browser(getattr(world, who))
    Post.objects.filter(pk=world.reply.pk).update(recommendations_count=1)
    with django_assert_num_queries(queries):
        assert client.get(f"/t/{world.thread.pk}/").status_code == 200


@pytest.mark.parametrize("count", [1, 200])
def test_the_form_of_the_rules_takes_few_queries(world: World, django_assert_max_num_queries: Any, count: int) -> None:
    _rules(world, questions="\n".join(f"Question {number}?" for number in range(count)))
    for number in range(3):
        create_thread(world.general, by=world.cai, title=f"Thread {number}", body="Words.")
    client = browser(world.mei)
    with django_assert_max_num_queries(12):
        client.get(HALL)


def test_an_officer_chooses_as_whom_to_write(world: World) -> None:
    mei = browser(world.mei)
    page = mei.get(f"/t/{world.thread.pk}/")
    assert "Write as" in text_of(page)
    assert "Write as" not in text_of(browser(world.coco).get(f"/t/{world.thread.pk}/"))
    answer = mei.post(f"/t/{world.thread.pk}/replies/", {"body": "Hear, hear.", "office": "mayor"}, follow=True)
    assert "stamp--office" in answer.content.decode()
    post = Post.objects.get(office="mayor")
    assert "As mayor" in text_of(browser().get(f"/p/{post.pk}/print/"))
    assert "As mayor" in browser().get(f"/feeds/t/{world.thread.pk}/").content.decode()


def test_who_holds_no_office_any_more_is_told_and_loses_nothing(world: World) -> None:
    answer = browser(world.coco).post(f"/t/{world.thread.pk}/replies/", {"body": "Hear me.", "office": "mayor"})
    assert answer.status_code == 422
    assert "You do not hold this office any more." in text_of(answer)
    assert "Hear me." in answer.content.decode()


def test_a_draft_saved_in_place_keeps_what_was_chosen(world: World) -> None:
    data = {"body": "In office.", "office": "mayor", "is_repost": "on", "draft": "1"}
    page = browser(world.mei).post(f"/t/{world.thread.pk}/replies/", data, headers={"HX-Request": "true"})
    html = page.content.decode()
    assert "checked" in html[html.index('value="mayor"') :][:200]
    assert "checked" in html[html.index('name="is_repost"') :][:200]
